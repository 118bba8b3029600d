"""An application with hvac and pg8000: reads its credentials and logs in with them again and again, and prints what it
has seen as JSON."""

import json
import os
import time
from urllib.parse import urlsplit

import hvac
import pg8000.dbapi

ALTERNATING = os.environ["ALTERNATING"]
IN_PLACE = os.environ["IN_PLACE"]
LONGEST_GAP = 30
REFUSED = ("28P01", "28000")
database = urlsplit(os.environ["DATABASE"])

client = hvac.Client(url=os.environ["VAULT_ADDR"])
client.auth.approle.login(role_id=os.environ["ROLE_ID"], secret_id=os.environ["SECRET_ID"])
assert client.is_authenticated()


def read(path):
    answer = client.secrets.kv.v2.read_secret_version(path=path, raise_on_deleted_version=True)
    return answer["data"]["metadata"]["version"], answer["data"]["data"]


def logs_in(value):
    """Whether the database accepts the value; anything but a refused login is an error."""
    try:
        pg8000.dbapi.connect(
            user=value["username"],
            password=value["password"],
            host=database.hostname,
            port=database.port,
            database=database.path[1:],
        ).close()
        return True
    except pg8000.dbapi.DatabaseError as refusal:
        if refusal.args[0].get("C") not in REFUSED:
            raise
        return False


def heal(old):
    """A login is refused: reads until there is another version, and logs in with that."""
    since = time.monotonic()
    version, value = read(IN_PLACE)
    while version == old:
        assert time.monotonic() - since < LONGEST_GAP, f"version {old} is refused, and there is no other"
        time.sleep(0.02)
        version, value = read(IN_PLACE)
    gaps.append({"seconds": time.monotonic() - since, "healed": logs_in(value)})
    return version, value


versions = []
gaps = []
logins = failed = 0
kept = read(IN_PLACE)
end = time.monotonic() + float(os.environ["SECONDS"])
while time.monotonic() < end:
    version, value = read(ALTERNATING)
    logins += 1
    failed += not logs_in(value)
    if version not in versions:
        versions.append(version)
    if not logs_in(kept[1]):
        kept = heal(kept[0])
    time.sleep(0.1)

metadata = client.secrets.kv.v2.read_secret_metadata(path=ALTERNATING)
folder = client.secrets.kv.v2.list_secrets(path=ALTERNATING.rsplit("/", 1)[0])
static = client.secrets.database.get_static_credentials(name=ALTERNATING)
renewed = client.auth.token.renew_self()
try:
    client.secrets.kv.v2.create_or_update_secret(path=ALTERNATING, secret={"a": "b"})
    refused = "no"
except hvac.exceptions.VaultError as refusal:
    refused = "405" if "unsupported operation" in str(refusal) else str(refusal)
client.auth.token.revoke_self()
try:
    client.secrets.kv.v2.read_secret_version(path=ALTERNATING, raise_on_deleted_version=True)
    revoked = False
except hvac.exceptions.Forbidden:
    revoked = True

print(
    json.dumps(
        {
            "versions": versions,
            "logins": logins,
            "failed": failed,
            "gaps": gaps,
            "current": metadata["data"]["current_version"],
            "keys": folder["data"]["keys"],
            "ttl": static["data"]["ttl"],
            "renewed": renewed["auth"]["lease_duration"],
            "writing": refused,
            "revoked": revoked,
        }
    )
)

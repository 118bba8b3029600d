#!/usr/bin/env python3
"""Verifies an exported audit trail without Lockstep and without its database; docs/audit.md says how to export.

usage: audit-verify.py [--archive audit-archive/] entries.jsonl [audit-checkpoints.jsonl audit-signing-key.pub]
       audit-verify.py --evidence evidence.jsonl audit-signing-key.pub [audit-checkpoints.jsonl]

With --archive the entries begin behind those of the files audit-*.jsonl in that folder, which are verified before.

Needs Python 3.8 and, for the signatures, the openssl command (3.0 or later).
"""
import base64
import hashlib
import itertools
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

GENESIS = "0" * 64


def text(value):
    data = value.encode("utf-8")
    return struct.pack(">I", len(data)) + data


def chain_hash(previous, entry):
    operation = entry["operation"]
    message = text("lockstep.audit.event.v1") + text(previous)
    message += struct.pack(">qqq", entry["position"], entry["id"], entry["recorded_at_micros"])
    for field in ("actor", "action", "phase", "subject"):
        message += text(entry[field])
    message += b"\0" if operation is None else b"\1" + struct.pack(">q", operation)
    return hashlib.sha256(message + text(entry["details"])).hexdigest()


def signed(lines, signature_text, key_file):
    with tempfile.NamedTemporaryFile() as message, tempfile.NamedTemporaryFile() as signature:
        message.write(("\n".join(lines) + "\n").encode("utf-8"))
        message.flush()
        signature.write(base64.b64decode(signature_text))
        signature.flush()
        command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key_file,
                   "-in", message.name, "-sigfile", signature.name]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def genuine(checkpoint, key_file):
    fields = ("hash", "time", "keyId", "previous")
    lines = ["lockstep.audit.checkpoint.v1", str(checkpoint["position"])] + [checkpoint[field] for field in fields]
    return signed(lines, checkpoint["signature"], key_file)


def read_checkpoints(file, key_file):
    previous, attested = GENESIS, {}
    with open(file, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            checkpoint = json.loads(line)
            if checkpoint["previous"] != previous or not genuine(checkpoint, key_file):
                sys.exit(f"BAD: line {number} of the checkpoint file is not genuine")
            attested[checkpoint["position"]] = checkpoint["hash"]
            previous = hashlib.sha256(line.encode("utf-8")).hexdigest()
    return attested


def lines_of(file, form, key_file):
    """The lines in front of the signature, which has to be genuine. Without a key only the digest is compared."""
    digest, count, signature = hashlib.sha256(), 0, None
    with open(file, "rb") as lines:
        for raw in lines:
            if signature is not None:
                sys.exit(f"BAD: {file}: line {count + 2} stands behind the signature")
            line = json.loads(raw)
            if line["type"] == "signature":
                signature = line
                continue
            digest.update(raw)
            count += 1
            yield count, line
    if signature is None:
        sys.exit(f"BAD: {file}: the signature is missing: the file is cut off")
    if signature["lines"] != count or signature["sha256"] != digest.hexdigest():
        sys.exit(f"BAD: {file} is not the file that was signed")
    if key_file and not signed([form, str(count), digest.hexdigest()], signature["signature"], key_file):
        sys.exit(f"BAD: {file}: the signature is not genuine (key {signature['keyId']})")


def archived(folder, key_file):
    for file in sorted(pathlib.Path(folder).glob("audit-*.jsonl")):
        for _, line in lines_of(file, "lockstep.archive.v1", key_file):
            if line["type"] == "entry":
                yield line


def exported(file):
    with open(file, encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(entries, checkpoints=None, key_file=None, archive=None):
    attested = read_checkpoints(checkpoints, key_file) if checkpoints else {}
    position, previous, kept = 0, GENESIS, 0
    for entry in itertools.chain(archived(archive, key_file) if archive else (), exported(entries)):
        position += 1
        if entry["position"] != position:
            hint = "; were entries archived? Then name the folder with --archive" if position == 1 and not archive else ""
            sys.exit(f"BAD: position {position} is missing{hint}")
        previous = chain_hash(previous, entry)
        if previous != entry["hash"]:
            sys.exit(f"BAD: position {position}, event {entry['id']} does not match its hash")
        if attested.pop(position, previous) != previous:
            sys.exit(f"BAD: a checkpoint attests another history up to position {position}")
        kept += "type" in entry
    if attested:
        sys.exit(f"BAD: the chain ends at {position}, but a checkpoint attests position {max(attested)}")
    print(f"OK: {position} entries, {kept} of them archived, last hash {previous}")


def evidence(file, key_file, checkpoints=None):
    attested = read_checkpoints(checkpoints, key_file) if checkpoints else {}
    count, entries, position = 0, 0, 0
    for count, line in lines_of(file, "lockstep.evidence.v1", key_file):
        if line["type"] == "entry":
            entries += 1
            if line["position"] <= position:
                sys.exit(f"BAD: line {count} is out of order")
            position = line["position"]
            if chain_hash(line["previous"], line) != line["hash"]:
                sys.exit(f"BAD: line {count}, event {line['id']} does not match its hash")
            if attested.get(position, line["hash"]) != line["hash"]:
                sys.exit(f"BAD: a checkpoint attests another history at position {position}")
    print(f"OK: {count} lines, {entries} audit entries")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["--evidence"] and len(given) in (3, 4):
        evidence(*given[1:])
        sys.exit()
    folder = given[1] if given[:1] == ["--archive"] and len(given) > 1 else None
    given = given[2:] if folder else given
    if len(given) not in (1, 3):
        sys.exit(__doc__)
    main(*given, archive=folder)

#!/usr/bin/env python3
"""Verifies an exported audit trail without Lockstep and without its database; docs/audit.md says how to export.

usage: audit-verify.py entries.jsonl [audit-checkpoints.jsonl audit-signing-key.pub]
       audit-verify.py --evidence evidence.jsonl audit-signing-key.pub [audit-checkpoints.jsonl]

Needs Python 3.8 and, for the signatures, the openssl command (3.0 or later).
"""
import base64
import hashlib
import json
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


def main(entries, checkpoints=None, key_file=None):
    attested = read_checkpoints(checkpoints, key_file) if checkpoints else {}
    position, previous = 0, GENESIS
    with open(entries, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            position += 1
            if entry["position"] != position:
                sys.exit(f"BAD: position {position} is missing")
            previous = chain_hash(previous, entry)
            if previous != entry["hash"]:
                sys.exit(f"BAD: position {position}, event {entry['id']} does not match its hash")
            if attested.pop(position, previous) != previous:
                sys.exit(f"BAD: a checkpoint attests another history up to position {position}")
    if attested:
        sys.exit(f"BAD: the chain ends at {position}, but a checkpoint attests position {max(attested)}")
    print(f"OK: {position} entries, last hash {previous}")


def evidence(file, key_file, checkpoints=None):
    attested = read_checkpoints(checkpoints, key_file) if checkpoints else {}
    digest, count, entries, last, position = hashlib.sha256(), 0, 0, None, 0
    with open(file, "rb") as lines:
        for raw in lines:
            if last is not None:
                sys.exit(f"BAD: line {count + 2} stands behind the signature")
            line = json.loads(raw)
            if line["type"] == "signature":
                last = line
                continue
            digest.update(raw)
            count += 1
            if line["type"] == "entry":
                entries += 1
                if line["position"] <= position:
                    sys.exit(f"BAD: line {count} is out of order")
                position = line["position"]
                if chain_hash(line["previous"], line) != line["hash"]:
                    sys.exit(f"BAD: line {count}, event {line['id']} does not match its hash")
                if attested.get(position, line["hash"]) != line["hash"]:
                    sys.exit(f"BAD: a checkpoint attests another history at position {position}")
    if last is None:
        sys.exit("BAD: the signature is missing: the file is cut off")
    if last["lines"] != count or last["sha256"] != digest.hexdigest():
        sys.exit("BAD: the file is not the one that was signed")
    if not signed(["lockstep.evidence.v1", str(count), digest.hexdigest()], last["signature"], key_file):
        sys.exit("BAD: the signature is not genuine")
    print(f"OK: {count} lines, {entries} audit entries, signed by key {last['keyId']}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--evidence"] and len(sys.argv) in (4, 5):
        evidence(*sys.argv[2:])
        sys.exit()
    if len(sys.argv) not in (2, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])

"""Check the record of a draw: `python3 verify_draw.py FILE [--seed HEX] [--head SHA256]`.

Python's standard library alone, and nothing of the program that drew. What a record is: docs/draw-format.md.
"""

import argparse
import hashlib
import hmac
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

KINDS = {
    "open": ["project_id", "commitment", "beacon", "block_sizes"],
    "beacon": ["value", "signature"],
    "batch": ["batch", "last", "list_sha256", "members"],
    "withdraw": ["ref", "reason"],
    "reveal": ["seed"],
    "import": ["list_sha256", "members"],
}
MEMBER = {"batch": ["ref", "stratum", "arm", "block"], "import": ["ref", "stratum", "arm", "date"]}


def need(holds, reason):
    if not holds:
        raise ValueError(reason)


def mac(key, *parts):
    return hmac.digest(key, "|".join(map(str, parts)).encode(), "sha256")


def block_arms(key, stratum, block, size, participants):
    order = sorted(range(1, size + 1), key=lambda place: mac(key, "place", stratum, block, place))
    return ["deltager" if place in order[:participants] else "kontrol" for place in range(1, size + 1)]


def places(key, sizes, stratum, gone, wanted, last, counts):
    given, block, counts = [], 0, Counter(counts)
    while len(given) < wanted:
        block += 1
        size = sizes[int.from_bytes(mac(key, "size", stratum, block), "big") % len(sizes)]
        if gone >= size:
            gone -= size
            continue
        rest = wanted - len(given)
        if last and gone == 0 and rest < size:
            ahead = counts["deltager"] - counts["kontrol"]
            odd = rest % 2 and (ahead < 0 or (ahead == 0 and mac(key, "odd", stratum)[0] % 2 == 0))
            return given + [(arm, "close") for arm in block_arms(key, stratum, "close", rest, rest // 2 + bool(odd))]
        fresh = block_arms(key, stratum, block, size, size // 2)[gone : gone + rest]
        given += [(arm, block) for arm in fresh]
        counts.update(fresh)
        gone = 0
    return given


def check_arms(entries, seed):
    opened, value = entries[0], next((e["value"] for e in entries if e["kind"] == "beacon"), "")
    commitment = hashlib.sha256(f"jobfirst-draw-v1|{opened['project_id']}|".encode() + seed).hexdigest()
    need(commitment == opened["commitment"], "the seed is not the one that was committed to")
    key = mac(seed, "jobfirst-draw-v1", opened["project_id"], value)
    taken, counts = Counter(), Counter()
    for entry in (e for e in entries if e["kind"] == "batch"):
        by_stratum, expected = defaultdict(list), {}
        for one in entry["members"]:
            by_stratum[one["stratum"]].append(one["ref"])
        for stratum, refs in sorted(by_stratum.items()):
            refs.sort(key=lambda ref: mac(key, "order", entry["batch"], ref))
            given = places(key, opened["block_sizes"], stratum, taken[stratum], len(refs), entry["last"], counts)
            expected |= dict(zip(refs, given))
            taken[stratum] += len(refs)
            counts.update(arm for arm, _ in given)
        other = [one["ref"] for one in entry["members"] if (one["arm"], one["block"]) != expected[one["ref"]]]
        need(not other, f"entry {entry['number']}: the seed gives {', '.join(other)} another place")


def read(line, number, previous):
    hashed, mark, own = line.rpartition(b',"sha256":"')
    digest = hashlib.sha256(hashed).hexdigest()
    need(mark + own == b',"sha256":"' + digest.encode() + b'"}\n', f"entry {number}: its contents do not give its hash")
    entry = json.loads(line)
    fields = ["number", "kind", *KINDS.get(entry.get("kind"), ["?"]), "at", "by", "previous_sha256", "sha256"]
    canonical = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    need(list(entry) == fields and line == canonical, f"entry {number}: it is not of the form of its kind")
    need(entry["number"] == number, f"entry {number}: number {entry['number']} stands in its place")
    need(entry["previous_sha256"] == previous, f"entry {number}: it does not follow on the entry before")
    return entry, digest


def check_order(entries):
    drawn, batches, closed = set(), 0, False
    need(entries and entries[0]["kind"] == "open", "it does not begin with an open entry")
    for entry in entries:
        where, kind = f"entry {entry['number']}", entry["kind"]
        need((kind == "open") == (entry is entries[0]), f"{where}: a record is opened once, first")
        need(kind != "beacon" or batches == 0, f"{where}: a beacon is given before the first batch")
        if kind in MEMBER:
            refs = [member["ref"] for member in entry["members"]]
            are_whole = all(
                list(one) == MEMBER[kind] and one["arm"] in ("deltager", "kontrol") for one in entry["members"]
            )
            need(are_whole, f"{where}: a member is malformed")
            need(refs == sorted(set(refs)) and not drawn & set(refs), f"{where}: its refs are unsorted, or drawn twice")
            lines = "".join(sorted(f"{one['ref']}|{one['stratum']}\n" for one in entry["members"]))
            frozen = hashlib.sha256(lines.encode()).hexdigest()
            need(frozen == entry["list_sha256"], f"{where}: its list is not the one that was frozen")
            drawn |= set(refs)
        if kind == "batch":
            batches += 1
            need(entry["batch"] == batches and not closed, f"{where}: it is not the next batch")
            closed = entry["last"]
        need(kind != "withdraw" or entry["ref"] in drawn, f"{where}: nobody was drawn by that ref")


def verify(contents, head=None, newest=None, seed=None):
    entries, last = [], "0" * 64
    try:
        for number, line in enumerate(contents.splitlines(keepends=True), start=1):
            entry, last = read(line, number, last)
            entries.append(entry)
        check_order(entries)
        reach = {"entries": len(entries), "sha256": last, "bytes": len(contents)}
        need(head in (None, reach), "its end is not the one that its head names")
        need(newest is None or any(e["sha256"] == newest for e in entries), "the hash that you were given is not in it")
        seed = seed or next((entry["seed"] for entry in entries if entry["kind"] == "reveal"), None)
        if not (seed and entries[0]["commitment"]):
            why = "once the seed is told" if entries[0]["commitment"] else "nowhere: they were drawn elsewhere"
            return f"{len(entries)} entries hold; the arms can be checked {why}; newest hash {last}"
        check_arms(entries, bytes.fromhex(seed))
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"an entry is not of the form that a record has ({error})") from error
    by = "" if entries[0]["beacon"] else " (without a beacon: who held the seed could have tried several)"
    return f"{len(entries)} entries hold; every arm follows from the seed{by}; newest hash {last}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", help="the revealed seed; else that of a reveal entry")
    parser.add_argument("--head", help="the newest hash that you were given")
    options = parser.parse_args()
    beside = options.file.with_suffix(".head")
    head = json.loads(beside.read_text())["posted"] if beside.exists() else None
    try:
        print(f"{options.file}: {verify(options.file.read_bytes(), head, options.head, options.seed)}")
    except (ValueError, OSError) as wrong:
        sys.exit(f"{options.file}: {wrong}")

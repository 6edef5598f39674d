"""Check the record of a draw (docs/draw-format.md): `python3 verify_draw.py FILE [--seed HEX] [--head SHA256]`."""

import argparse
import hashlib
import hmac
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

ARMS, HASH, TEXT = ["deltager", "kontrol"], '"[0-9a-f]{64}"', r'"([^"\\]|\\.)+"'
REF, ONE, SIZE = '"ref":"[0-9a-f]{32}"', "[1-9][0-9]*", "[1-9][0-9]{0,3}"
PLACE = REF + r',"stratum":"[0-9]{3}:[^"|\\]+","arm":"(deltager|kontrol)"'
MEMBER = {"batch": f'{PLACE},"block":({ONE}|"close")', "import": PLACE + ',"date":"[0-9-]{10}"'}
LIST = {kind: rf'"list_sha256":{HASH},"members":\[({{{one}}}(,{{{one}}})*)?\]' for kind, one in MEMBER.items()}
BEACON = rf'"beacon":"(kommune|drand:[^:\s|"\\]+:{ONE})?","block_sizes":\[{SIZE}(,{SIZE})*\]'
KINDS = {"open": f'"project_id":{TEXT},"commitment":({HASH}|""),{BEACON}', "reveal": f'"seed":{HASH}'}
KINDS |= {"batch": f'"batch":{ONE},"last":(true|false),{LIST["batch"]}', "import": LIST["import"]}
KINDS |= {"withdraw": REF + ',"reason":"(ikke_i_maalgruppe|traadt_ud|flyttet|doed)"'}
KINDS |= {"beacon": f'"value":{TEXT},"signature":"([0-9a-f]{{2}})*"'}
AT = '"at":"[0-9-]{10}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{6}Z"'
END = rf'{AT},"by":{TEXT},"previous_sha256":{HASH},"sha256":{HASH}}}\n'
FORM = "|".join(rf'{{"number":{ONE},"kind":"{kind}",{own},{END}' for kind, own in KINDS.items())


def need(holds, reason):
    if not holds:
        raise ValueError(reason)


def mac(key, *parts):
    return hmac.digest(key, "|".join(map(str, parts)).encode(), "sha256")


def block_arms(key, stratum, block, size, participants):
    order = sorted(range(1, size + 1), key=lambda place: mac(key, "place", stratum, block, place))
    return [ARMS[place not in order[:participants]] for place in range(1, size + 1)]


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
        given, gone = given + [(arm, block) for arm in fresh], 0
        counts.update(fresh)
    return given


def check_arms(entries, seed):
    opened, value = entries[0], next((e["value"] for e in entries if e["kind"] == "beacon"), "")
    committed = hashlib.sha256(f"jobfirst-draw-v1|{opened['project_id']}|".encode() + seed).hexdigest()
    need(committed == opened["commitment"], "the seed is not the one that was committed to")
    key = mac(seed, "jobfirst-draw-v1", opened["project_id"], value)
    taken, counts = Counter(), Counter()
    for entry in (e for e in entries if e["kind"] == "batch"):
        expected = {}
        for stratum in sorted({one["stratum"] for one in entry["members"]}):
            refs = [one["ref"] for one in entry["members"] if one["stratum"] == stratum]
            refs.sort(key=lambda ref: mac(key, "order", entry["batch"], ref))
            given = places(key, opened["block_sizes"], stratum, taken[stratum], len(refs), entry["last"], counts)
            expected |= dict(zip(refs, given))
            taken[stratum] += len(refs)
            counts.update(arm for arm, _ in given)
        other = [one["ref"] for one in entry["members"] if (one["arm"], one["block"]) != expected[one["ref"]]]
        need(not other, f"entry {entry['number']}: the seed gives {', '.join(other)} another place")


def read(line, number, previous):
    digest = hashlib.sha256(line.rpartition(b',"sha256":"')[0]).hexdigest()
    need(line.endswith(b',"sha256":"%b"}\n' % digest.encode()), f"entry {number}: its contents do not give its hash")
    entry = json.loads(line) if re.fullmatch(FORM, line.decode()) else None
    canonical = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    need(line == canonical, f"entry {number}: it is not of the form of its kind")
    need((entry["number"], entry["previous_sha256"]) == (number, previous), f"entry {number}: it follows on another")
    need(all(map(date.fromisoformat, re.findall('"(?:at|date)":"([0-9-]{10})', line.decode()))), "no such day")
    return entry, digest


def check_order(entries):
    need(entries and entries[0]["kind"] == "open", "it does not begin with an open entry")
    beacon, others = entries[0]["beacon"], ["import"] if entries[0]["commitment"] else ["batch", "reveal"]
    drawn, left, lasts, value, seed, times = set(), set(), [], None, None, [entry["at"] for entry in entries]
    need(times == sorted(times), "an entry was written before the one before it")
    for entry in entries:
        where, kind, members = f"entry {entry['number']}", entry["kind"], entry.get("members", [])
        need((kind == "open") == (entry is entries[0]), f"{where}: a record is opened once, first")
        need(kind not in others, f"{where}: arms are drawn where a secret was committed to, and taken in elsewhere")
        need(kind == "withdraw" or seed is None, f"{where}: the seed was revealed before")
        if kind == "beacon":
            need(beacon and value is None and not drawn, f"{where}: a beacon that was named is given once, at first")
            value, signed = entry["value"], hashlib.sha256(bytes.fromhex(entry["signature"])).hexdigest()
            need(value == signed or beacon == "kommune", f"{where}: the value is not the SHA-256 of its signature")
            need(beacon != "kommune" or not entry["signature"], f"{where}: a municipality's text has no signature")
        if kind in MEMBER:
            refs = [one["ref"] for one in members]
            need(refs == sorted(set(refs)) and not drawn & set(refs), f"{where}: its refs are unsorted, or drawn twice")
            lines = "".join(sorted(f"{one['ref']}|{one['stratum']}\n" for one in members)).encode()
            need(hashlib.sha256(lines).hexdigest() == entry["list_sha256"], f"{where}: its list is not the frozen one")
            drawn |= set(refs)
        if kind == "batch":
            need(value is not None or not beacon, f"{where}: the beacon's value is missing")
            need(entry["batch"] == len(lasts) + 1 and True not in lasts, f"{where}: it is not the next batch")
            lasts.append(entry["last"])
        need(kind != "withdraw" or entry["ref"] in drawn - left, f"{where}: nobody can leave so")
        left.add(entry.get("ref"))
        seed = entry.get("seed", seed)
    return seed


def verify(contents, head=None, newest=None, seed=None):
    entries, last = [], "0" * 64
    for number, line in enumerate(contents.splitlines(keepends=True), start=1):
        entry, last = read(line, number, last)
        entries.append(entry)
    seeds = {revealed := check_order(entries), seed or revealed} - {None}
    reach = {"entries": len(entries), "sha256": last, "bytes": len(contents)}
    need(head in (None, reach), "its end is not the one that its head names")
    need(newest is None or any(e["sha256"] == newest for e in entries), "the hash that you were given is not in it")
    if not entries[0]["commitment"]:
        return f"{len(entries)} entries hold; the arms were drawn elsewhere: nothing tells how; newest hash {last}"
    for one in seeds:
        check_arms(entries, bytes.fromhex(one))
    arms = "every arm follows from the seed" if seeds else "the arms can be checked once the seed is revealed"
    alone = "" if entries[0]["beacon"] else " (without a beacon: who held the seed could have tried several)"
    return f"{len(entries)} entries hold; {arms}{alone}; newest hash {last}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", help="the revealed seed; else that of a reveal entry")
    parser.add_argument("--head", help="the newest hash that you were given")
    options = parser.parse_args()
    try:
        head = json.loads(at.read_text())["posted"] if (at := options.file.with_suffix(".head")).exists() else None
        print(f"{options.file}: {verify(options.file.read_bytes(), head, options.head, options.seed)}")
    except (ValueError, OSError, LookupError, TypeError) as wrong:
        raise SystemExit(f"{options.file}: {wrong}") from None

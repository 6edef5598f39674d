"""Verifying a record: chain, head and copies; what may follow what; and, once the seed is revealed, every arm.

Source: docs/draw-format.md, 'Verifying'. docs/verify_draw.py does the same for others, and shares no line with this.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.system import told_by_system
from tasks.base.worded import Phrase, phrase
from tasks.chain import record as chain
from tasks.chain.line import GENESIS_SHA256, written_at
from tasks.draw.form import MUNICIPALITY, form_finding
from tasks.draw.record import (
    BATCH,
    BEACON,
    FOLDER,
    IMPORT,
    OPEN,
    REVEAL,
    WITHDRAW,
    DrawRecord,
    Entry,
    folder_of,
    read_record,
    record_of,
)
from tasks.draw.sequence import (
    commitment_of,
    draw,
    is_signed,
    list_sha256,
    ref_of,
    sequence_key,
)
from tasks.register.inputs import KnownDraw
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment


@dataclass(frozen=True)
class Verified:
    """The result of verifying a record.

    `finding`: the first thing that is wrong, None where all holds; `arms`: whether every arm was drawn again, for which
    the seed must be known; `has_beacon`: whether a value that STAR does not choose is mixed in, given already or still
    to come; `is_elsewhere`: whether the arms were drawn elsewhere, so that nothing shows how.
    """

    entries: int
    head: str
    finding: Phrase | None
    arms: bool
    has_beacon: bool = False
    is_elsewhere: bool = False


def require_sound(record: chain.Record, project_id: str) -> DrawRecord:
    """Finish an interrupted entry, and give the record, once it verifies.

    Raises BusinessRefusal that names the first thing that is wrong.
    """
    said, finding = DrawRecord(), chain.finding_when_healed(record)
    lines = list(chain.lines_of(record.file)) if finding is None else []
    if lines:
        said, finding, _ = _judged(lines, None)
    if finding is not None:
        raise BusinessRefusal(
            phrase(
                "The record of {project}'s draw does not verify, and nothing is drawn. {finding} See "
                'docs/draw-format.md, "When it does not verify".',
                project=project_id,
                finding=finding,
            )
        )
    return said


def verify(connection: duckdb.DuckDBPyConnection, home: Path, project_id: str, seed: bytes | None = None) -> Verified:
    """Verify a project's record in `home`, copies and members too. `seed`: where it is known, or a reveal's."""
    record = record_of(connection, home, project_id)
    try:
        found = chain.verify(record)
        finding = found.finding
        entries, head = found.entries, found.newest_sha256
    except OSError as error:
        finding = phrase("{name} can't be read ({error}).", name=record.file.name, error=told_by_system(error))
        return Verified(0, GENESIS_SHA256, finding, arms=False)
    if finding is not None or not entries:
        return Verified(entries, head, finding, arms=False)
    read, finding, arms = _judged(list(chain.lines_of(record.file)), seed)
    return _verified(entries, head, finding or _member_finding(connection, project_id, read), arms, read)


def verify_file(file: Path, seed: bytes | None = None) -> Verified:
    """Verify a record that was handed out: its file, and its head where that lies beside it."""
    lines = list(chain.lines_of(file))
    record = chain.Record(file, file.with_suffix(".head"))
    found = chain.verify(record)
    has_head = record.head.exists()
    if found.finding is not None and (has_head or found.entries < len(lines)):
        return Verified(found.entries, found.newest_sha256, found.finding, arms=False)
    read, finding, arms = _judged(lines, seed)
    return _verified(found.entries, found.newest_sha256, finding, arms, read)


def _verified(entries: int, head: str, finding: Phrase | None, arms: bool, read: DrawRecord) -> Verified:
    if finding is not None:
        return Verified(entries, head, finding, arms=False)
    has_beacon = bool(read.entries[0]["beacon"])
    return Verified(entries, head, None, arms, has_beacon=has_beacon, is_elsewhere=bool(read.of_kind(IMPORT)))


def _judged(lines: Sequence[bytes], seed: bytes | None) -> tuple[DrawRecord, Phrase | None, bool]:
    """Read lines whose chain holds, say what is wrong (None: nothing), and whether their arms were drawn again."""
    record = DrawRecord()
    try:
        odd = next(
            (
                phrase("Entry {number}: {faults}.", number=number, faults=finding)
                for number, line in enumerate(lines, start=1)
                if (finding := form_finding(line)) is not None
            ),
            None,
        )
        if odd is not None:
            return record, odd, False
        record = read_record(lines)
        return record, *_finding_in(record, seed)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError):
        return record, phrase("An entry is not of the form that a record has."), False


def _finding_in(record: DrawRecord, seed: bytes | None) -> tuple[Phrase | None, bool]:
    finding = _order_finding(record.entries)
    if finding is not None or not record.entries[0]["commitment"]:
        return finding, False
    revealed = bytes.fromhex(record.seed) if record.seed is not None else None
    known = {one for one in (seed, revealed) if one is not None}
    return next(filter(None, (_arms_finding(record, one) for one in sorted(known))), None), bool(known)


def _order_finding(entries: Sequence[Entry]) -> Phrase | None:
    if not entries or entries[0]["kind"] != OPEN:
        return phrase("It does not begin with an open entry.")
    before: list[Entry] = []
    drawn: set[str] = set()
    for entry in entries:
        finding = _finding_after(before, drawn, entry)
        if finding is not None:
            return phrase("Entry {number}: {faults}.", number=entry["number"], faults=finding)
        drawn |= {member["ref"] for member in entry.get("members", ())}
        before.append(entry)
    return None


def _finding_after(before: Sequence[Entry], drawn: set[str], entry: Entry) -> Phrase | None:
    """Say what is wrong with an entry that follows on others. `drawn`: the refs of these."""
    kind = entry["kind"]
    if (kind == OPEN) != (not before):
        return phrase("a record is opened once")
    if before and written_at(entry) < written_at(before[-1]):
        return phrase("it was written before the one before it")
    if kind != WITHDRAW and any(one["kind"] == REVEAL for one in before):
        return phrase("the seed was revealed before")
    if kind in (BATCH, IMPORT):
        return _list_finding(drawn, entry) or _batch_finding(before, entry)
    if kind == BEACON:
        return _beacon_finding(before, drawn, entry)
    if kind == WITHDRAW:
        return _withdrawal_finding(before, drawn, entry)
    if kind == REVEAL and not before[0]["commitment"]:
        return phrase("arms are drawn where a secret was committed to, and else taken in")
    return None


def _withdrawal_finding(before: Sequence[Entry], drawn: set[str], entry: Entry) -> Phrase | None:
    if entry["ref"] not in drawn:
        return phrase("nobody was drawn by that ref")
    if any(one["kind"] == WITHDRAW and one["ref"] == entry["ref"] for one in before):
        return phrase("that citizen had withdrawn already")
    return None


def _list_finding(drawn: set[str], entry: Entry) -> Phrase | None:
    refs = [member["ref"] for member in entry["members"]]
    if refs != sorted(set(refs)) or drawn & set(refs):
        return phrase("its citizens are not in order, or were drawn before")
    if list_sha256((one["ref"], one["stratum"]) for one in entry["members"]) != entry["list_sha256"]:
        return phrase("its list is not the one that was frozen")
    return None


def _batch_finding(before: Sequence[Entry], entry: Entry) -> Phrase | None:
    if (entry["kind"] == BATCH) != bool(before[0]["commitment"]):
        return phrase("arms are drawn where a secret was committed to, and else taken in")
    if entry["kind"] == IMPORT:
        return None
    if before[0]["beacon"] and not any(one["kind"] == BEACON for one in before):
        return phrase("the beacon's value is missing")
    batches = [one for one in before if one["kind"] == BATCH]
    if entry["batch"] != len(batches) + 1 or any(one["last"] for one in batches):
        return phrase("it is not the next batch")
    return None


def _beacon_finding(before: Sequence[Entry], drawn: set[str], entry: Entry) -> Phrase | None:
    named = before[0]["beacon"]
    if not named or drawn or any(one["kind"] == BEACON for one in before):
        return phrase("a beacon that was named is given once, before the first batch")
    if named == MUNICIPALITY:
        return phrase("a municipality's text has no signature") if entry["signature"] else None
    if not is_signed(entry["value"], entry["signature"]):
        return phrase("the value is not the SHA-256 of its signature")
    return None


def _arms_finding(record: DrawRecord, seed: bytes) -> Phrase | None:
    opened = record.entries[0]
    if commitment_of(seed, opened["project_id"]) != opened["commitment"]:
        return phrase(
            "Entry {number}: {faults}.", number=1, faults=phrase("the seed is not the one that was committed to")
        )
    key = sequence_key(seed, opened["project_id"], record.beacon_value or "")
    before = 0
    members = record.members
    for entry in record.of_kind(BATCH):
        size = len(entry["members"])
        citizens = {member["ref"]: member["stratum"] for member in entry["members"]}
        again = draw(key, opened["block_sizes"], members[:before], entry["batch"], citizens, is_last=entry["last"])
        if again != members[before : before + size]:
            faults = phrase("the seed gives other arms")
            return phrase("Entry {number}: {faults}.", number=entry["number"], faults=faults)
        before += size
    return None


def _member_finding(connection: duckdb.DuckDBPyConnection, project_id: str, record: DrawRecord) -> Phrase | None:
    kept = execute(connection, "draw/members", project_id=project_id).fetchall()
    wrong = next((ref for ref, person, *_ in kept if ref_of(project_id, person) != ref), None)
    if wrong is not None:
        return phrase("The warehouse has another person for {ref} than the record.", ref=wrong)
    said = sorted((one.ref, one.stratum, one.arm, one.day, one.number) for one in record.drawn)
    if said != [(ref, stratum, gruppe, day, number) for ref, _, stratum, gruppe, day, number in kept]:
        return phrase("The warehouse's list of who was drawn is not that of the record.")
    return None


def heal_draws(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Finish or take back what an interrupted command began to write; the caller holds the lock of `home`."""
    for project_id in drawn_projects(connection, home):
        # Anything that no interruption explains stays as it is, and does not verify.
        with suppress(chain.UnsoundError):
            chain.heal(record_of(connection, home, project_id))


def heal_rehearsal(home: Path, project_id: str) -> None:
    """Finish or take back what an interrupted rehearsal began to write; the caller holds the lock of `home`."""
    with suppress(chain.UnsoundError):
        folder = folder_of(home, is_rehearsal=True)
        chain.heal(chain.Record(folder / f"{project_id}.jsonl", folder / f"{project_id}.head"))


def known_draws(connection: duckdb.DuckDBPyConnection, home: Path, known_at: Moment) -> tuple[KnownDraw, ...]:
    """Give each project's draw as of a moment, and what is wrong with its record now; by project."""
    known = []
    for project_id in sorted(drawn_projects(connection, home)):
        found = verify(connection, home, project_id)
        head = found.head
        if found.finding is None:
            entries = read_record(chain.lines_of(record_of(connection, home, project_id).file)).until(known_at).entries
            if not entries:
                continue
            head = entries[-1]["sha256"]
        known.append(KnownDraw(project_id, head, found.finding))
    return tuple(known)


def drawn_projects(connection: duckdb.DuckDBPyConnection, home: Path) -> set[str]:
    """Give the projects that any copy or head names: a record that was removed did exist."""
    projects = {project_id for (project_id,) in execute(connection, "draw/projects").fetchall()}
    return projects | recorded_in(home / FOLDER)


def recorded_in(folder: Path) -> set[str]:
    """Give the projects with a record's file or head in a folder."""
    # The head is written first: an interrupted opening may have left only the head.
    return {file.stem for file in folder.glob("*.*") if file.suffix in (".jsonl", ".head")}

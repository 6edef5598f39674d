"""A record: a file of lines, its head, and mostly a copy in the warehouse; how it grows, heals and is verified.

All of it is docs/ledger-format.md, 'Order of writing' and 'What `jobfirst ledger verify` does', for every such record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from tasks.base.durable import append_durably, cut_durably, sync_file
from tasks.base.lines import count_of_entries
from tasks.base.worded import Phrase, joined, phrase, text_of
from tasks.chain.head import Head, Reach, UnreadableHeadError, read_head, write_head
from tasks.chain.line import Chain, own_hash


class Healed(StrEnum):
    """What a run found at its start."""

    NOTHING = "nothing"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class UnsoundError(Exception):
    """No interruption can have left the record like this; the text is the finding, one sentence."""


@dataclass(frozen=True)
class Copy:
    """The copy of a record in the warehouse.

    `newest`: how many entries it has, and the newest one's hash; `lines`: its lines, in order, each with its newline;
    `insert`: add lines to it, in one transaction.
    """

    newest: Callable[[], tuple[int, str]]
    lines: Callable[[], Iterable[bytes]]
    insert: Callable[[Sequence[bytes]], None]


@dataclass(frozen=True)
class Record:
    """A record. `file`, `head`: where its lines and its head stand; `copy`: None where the file is all there is."""

    file: Path
    head: Path
    copy: Copy | None = None


@dataclass(frozen=True)
class Verification:
    """The result of a check: how far the sound part reaches, and the first thing that is wrong (None: nothing)."""

    entries: int
    newest_sha256: str
    finding: Phrase | None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.finding is None


def append(record: Record, lines: Sequence[bytes]) -> None:
    """Write lines that follow on what `record.head` names, all or none; at the end they are on disk in both copies.

    The caller holds the lock of the home, has no transaction open, and has healed and verified. Whatever interrupts the
    call, `heal` brings the record to a whole state. Raises OSError or duckdb.Error when a disk fails.
    """
    if not lines:
        return
    posted = read_head(record.head).posted
    batch = b"".join(lines)
    reach = Reach(posted.entries + len(lines), own_hash(lines[-1]), posted.bytes + len(batch))
    write_head(record.head, Head(posted, reach))
    append_durably(record.file, batch)
    if record.copy is not None:
        record.copy.insert(lines)
    write_head(record.head, Head(reach))


def heal(record: Record) -> Healed:
    """Finish or take back an append that was interrupted; the first thing that a writing run does.

    The caller holds the lock of the home, and has no transaction open. Only what the head announced is touched:
    whatever else is wrong is for `verify` to find.

    Raises UnsoundError when what is there can't come from an interrupted append.
    """
    try:
        head = read_head(record.head)
    except UnreadableHeadError:
        raise UnsoundError(phrase("{name} is not as it was written.", name=record.head.name)) from None
    if head.pending is None:
        return Healed.NOTHING
    held = _sound_part(record.file) if record.copy is None else record.copy.newest()
    lines = _announced_lines(record.file, head.posted, head.pending)
    if lines and record.copy is not None and held == (head.posted.entries, head.posted.sha256):
        sync_file(record.file)
        record.copy.insert(lines)
    elif lines and held == (head.pending.entries, head.pending.sha256):
        pass
    elif not lines and held == (head.posted.entries, head.posted.sha256):
        cut_durably(record.file, head.posted.bytes)
        write_head(record.head, Head(head.posted))
        return Healed.WITHDRAWN
    else:
        raise UnsoundError(
            phrase(
                "An append after entry {posted} was interrupted, and {place} holds {held}, which no "
                "interruption explains.",
                posted=head.posted.entries,
                place=record.file.name if record.copy is None else phrase("the warehouse"),
                held=count_of_entries(held[0]),
            )
        )
    write_head(record.head, Head(head.pending))
    return Healed.COMPLETED


def finding_when_healed(record: Record) -> str | None:
    """Finish or take back an append that was interrupted, and give the first thing that is wrong then; None: nothing.

    The caller holds the lock of the home.
    """
    try:
        heal(record)
        return verify(record).finding
    except UnsoundError as error:
        return text_of(error)


def _announced_lines(file: Path, posted: Reach, pending: Reach) -> list[bytes]:
    """Give the lines of the append that the head announced; none when they are not all there, whole."""
    try:
        with file.open("rb") as lines_file:
            lines_file.seek(posted.bytes)
            tail = lines_file.read()
    except FileNotFoundError:
        return []
    lines = tail.splitlines(keepends=True)
    chain = Chain(posted.entries, posted.sha256)
    for line in lines:
        if chain.fault(line) is not None:
            return []
        chain.extend(line)
    reached = Reach(chain.entries, chain.newest_sha256, posted.bytes + len(tail))
    return lines if reached == pending else []


def _sound_part(file: Path) -> tuple[int, str]:
    """Give how many entries of a file follow on one another from its first, and the newest one's hash."""
    chain = Chain()
    for line in lines_of(file):
        if chain.fault(line) is not None:
            break
        chain.extend(line)
    return chain.entries, chain.newest_sha256


def verify(record: Record) -> Verification:
    """Check that no entry was changed, deleted, inserted, reordered or put back, in any copy, and name the first.

    An append that was interrupted is a finding too: `heal` first. Sees what is committed.
    """
    chain = Chain()
    rows = lines_of(record.file) if record.copy is None else record.copy.lines()
    for row, line in zip_longest(rows, lines_of(record.file)):
        row_fault = chain.fault(row)
        if row != line or row_fault is not None:
            finding = _finding(record, chain.entries + 1, row_fault, chain.fault(line))
            return Verification(chain.entries, chain.newest_sha256, finding)
        chain.extend(row)
    return Verification(chain.entries, chain.newest_sha256, _head_finding(record, chain))


def lines_of(file: Path) -> Iterator[bytes]:
    """Give the lines of a record's file, each with its newline; none where there is no file."""
    try:
        with file.open("rb") as lines:
            yield from lines
    except FileNotFoundError:
        return


def _finding(record: Record, number: int, row_fault: Phrase | None, line_fault: Phrase | None) -> Phrase:
    faults = []
    if row_fault and record.copy is not None:
        faults.append(phrase("in the warehouse {fault}", fault=row_fault))
    if line_fault:
        faults.append(phrase("in {place} {fault}", place=record.file.name, fault=line_fault))
    if not faults:
        faults.append(
            phrase(
                "the warehouse and {place} differ, and each fits the entries before: one of them was rewritten",
                place=record.file.name,
            )
        )
    return phrase("Entry {number}: {faults}.", number=number, faults=joined("; ", faults))


def _head_finding(record: Record, chain: Chain) -> Phrase | None:
    name = record.head.name
    try:
        head = read_head(record.head)
    except UnreadableHeadError:
        return phrase("{name} is not as it was written.", name=name)
    if head.pending is not None:
        return phrase("An append after entry {posted} was interrupted.", posted=head.posted.entries)
    size = record.file.stat().st_size if chain.entries else 0
    if head.posted == Reach(chain.entries, chain.newest_sha256, size):
        return None
    first = min(head.posted.entries + 1, chain.entries + 1, max(head.posted.entries, chain.entries))
    return phrase(
        "Entry {first}: {name} names {named}, the newest with hash {named_sha256}; {holds} {held}, "
        "the newest with hash {held_sha256}: an end was cut off, or a copy put back.",
        first=first,
        holds=phrase("{place} holds", place=record.file.name) if record.copy is None else phrase("both records hold"),
        name=name,
        named=count_of_entries(head.posted.entries),
        named_sha256=head.posted.sha256,
        held=chain.entries,
        held_sha256=chain.newest_sha256,
    )

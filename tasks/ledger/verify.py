"""Checking the ledger: both records, entry by entry, and the head (docs/ledger-format.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import duckdb

from tasks.ledger.entry import GENESIS_SHA256, OWN_HASH_PART_BYTES, own_hash, own_hash_part
from tasks.ledger.head import FILE_NAME, HEAD_NAME, Reach, UnreadableHeadError, read_head
from tasks.warehouse.statements import statement

WAREHOUSE = "the warehouse"
_CHUNK_ROWS = 10_000


@dataclass
class Chain:
    """A walk along the entries: how far it has come, and whether a line may be the next one."""

    entries: int = 0
    newest_sha256: str = GENESIS_SHA256

    def fault(self, line: bytes | None) -> str | None:
        """Say why a line can't be the next entry (None: it can)."""
        if line is None:
            return f"it is missing: {self.entries} entries are there"
        if not line.startswith(b'{"number":%d,' % (self.entries + 1)):
            return "another entry stands in its place"
        hashed, own = line[:-OWN_HASH_PART_BYTES], line[-OWN_HASH_PART_BYTES:]
        if own != own_hash_part(hashlib.sha256(hashed).hexdigest()):
            return "its contents do not give its hash: it was changed after it was posted"
        if not hashed.endswith(b',"previous_sha256":"' + self.newest_sha256.encode() + b'"'):
            return "it does not follow on the entry before it"
        return None

    def extend(self, line: bytes) -> None:
        """Step on to a line without fault."""
        self.entries += 1
        self.newest_sha256 = own_hash(line)


@dataclass(frozen=True)
class Verification:
    """What was found: how far the sound part reaches, and the first thing that is wrong (None: nothing)."""

    entries: int
    newest_sha256: str
    finding: str | None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.finding is None


def verify(connection: duckdb.DuckDBPyConnection, home: Path) -> Verification:
    """Check that no entry was changed, deleted, inserted, reordered or put back, in either record, and name the first.

    An append that was interrupted is a finding too: `heal` first. Sees what is committed.
    """
    chain = Chain()
    for row, line in zip_longest(_warehouse_lines(connection), _file_lines(home)):
        row_fault = chain.fault(row)
        if row != line or row_fault is not None:
            finding = _finding(chain.entries + 1, row_fault, chain.fault(line))
            return Verification(chain.entries, chain.newest_sha256, finding)
        chain.extend(row)
    return Verification(chain.entries, chain.newest_sha256, _head_finding(home, chain))


def _warehouse_lines(connection: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(statement("ledger/lines"))
        while rows := cursor.fetchmany(_CHUNK_ROWS):
            for (line,) in rows:
                yield (line or "").encode() + b"\n"


def _file_lines(home: Path) -> Iterator[bytes]:
    try:
        with (home / FILE_NAME).open("rb") as lines:
            yield from lines
    except FileNotFoundError:
        return


def _finding(number: int, row_fault: str | None, line_fault: str | None) -> str:
    faults = [f"in {place} {fault}" for place, fault in ((WAREHOUSE, row_fault), (FILE_NAME, line_fault)) if fault] or [
        f"{WAREHOUSE} and {FILE_NAME} differ, and each fits the entries before: one of them was rewritten"
    ]
    return f"Entry {number}: {'; '.join(faults)}."


def _head_finding(home: Path, chain: Chain) -> str | None:
    try:
        head = read_head(home)
    except UnreadableHeadError:
        return f"{HEAD_NAME} is not as it was written."
    if head.pending is not None:
        return f"An append after entry {head.posted.entries} was interrupted."
    size = (home / FILE_NAME).stat().st_size if chain.entries else 0
    if head.posted == Reach(chain.entries, chain.newest_sha256, size):
        return None
    first = min(head.posted.entries + 1, chain.entries + 1, max(head.posted.entries, chain.entries))
    return (
        f"Entry {first}: {HEAD_NAME} names {head.posted.entries} entries, the newest with hash {head.posted.sha256}; "
        f"both records hold {chain.entries}, the newest with hash {chain.newest_sha256}: "
        "an end was cut off, or a copy put back."
    )

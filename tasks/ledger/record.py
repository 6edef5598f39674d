"""The ledger as a record: its file, its head, and its copy in the warehouse (docs/ledger-format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from tasks.chain import record
from tasks.chain.record import Copy, Record, Verification
from tasks.ledger.read import read_newest
from tasks.warehouse.statements import execute, fetched, statement

FILE_NAME = "ledger.jsonl"
HEAD_NAME = "ledger.head"


def ledger_of(connection: duckdb.DuckDBPyConnection, home: Path) -> Record:
    """Give the ledger of a home, as a record."""

    def newest() -> tuple[int, str]:
        found = read_newest(connection)
        return found.entries, found.sha256

    return Record(
        home / FILE_NAME,
        home / HEAD_NAME,
        Copy(newest, lambda: _warehouse_lines(connection), lambda lines: insert(connection, lines)),
    )


def verify(connection: duckdb.DuckDBPyConnection, home: Path) -> Verification:
    """Check that no entry was changed, deleted, inserted, reordered or put back, in either record, and name the first.

    An append that was interrupted is a finding too: `heal` first. Sees what is committed.
    """
    return record.verify(ledger_of(connection, home))


def insert(connection: duckdb.DuckDBPyConnection, lines: Sequence[bytes]) -> None:
    """Add lines to the warehouse's record."""
    execute(connection, "ledger/insert_lines", lines=[entry_line.decode() for entry_line in lines])


def _warehouse_lines(connection: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(statement("ledger/lines"))
        for (line,) in fetched(cursor):
            yield (line or "").encode() + b"\n"

"""A release's entries as they will stand in the ledger, known before anything is posted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.ledger.entry import Entry, Posting, chained
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

_PREFIX_DIGITS = 12


def run_name(connection: duckdb.DuckDBPyConnection, year: int, fingerprint: str) -> str:
    """Name the next release run of a draft: the year, the fingerprint's beginning, and how many there are."""
    runs: int = run_statement(connection, "release/runs_of_draft", fingerprint=fingerprint).fetchall()[0][0]
    return f"{year}-{fingerprint[:_PREFIX_DIGITS]}-{runs + 1}"


def planned_entries(
    postings: Sequence[Posting], *, run: str, posted_at: datetime, number: int, previous_sha256: str
) -> tuple[Entry, ...]:
    """Chain postings on to the entry `number`, whose hash is `previous_sha256`.

    Raises InputError when a text can't stand in the ledger, BusinessRefusal when the preparer approves.
    """
    entries: list[Entry] = []
    for posting in postings:
        number += 1
        entry = chained(posting, number=number, run=run, posted_at=posted_at, previous_sha256=previous_sha256)
        previous_sha256 = entry.sha256
        entries.append(entry)
    return tuple(entries)

"""Reading the ledger: its entries, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from tasks.base.moment import Moment
from tasks.chain.line import GENESIS_SHA256
from tasks.ledger.entry import Approved, Component, Entry, Kind, Waiver
from tasks.warehouse.rows import Row, rows_of


@dataclass(frozen=True)
class Newest:
    """How far the warehouse's record reaches; `posted_at` (UTC) is None when it is empty."""

    entries: int
    sha256: str
    posted_at: datetime | None


def read_entries(
    connection: duckdb.DuckDBPyConnection, *, as_known_at: Moment | None = None, run: str | None = None
) -> list[Entry]:
    """Give the ledger's entries as of a moment (None: now), of one run or of all, in order."""
    known_at = as_known_at and as_known_at.timestamp
    return [_entry(row) for row in rows_of(connection, "ledger/entries", as_known_at=known_at, run=run)]


def read_newest(connection: duckdb.DuckDBPyConnection) -> Newest:
    """Give how far the warehouse's record reaches."""
    (newest,) = rows_of(connection, "ledger/newest")
    return Newest(newest["entries"], newest["newest_sha256"] or GENESIS_SHA256, newest["newest_posted_at"])


def _entry(fields: Row) -> Entry:
    fields["component"] = Component(fields["component"])
    fields["kind"] = Kind(fields["kind"])
    fields["waivers"] = tuple(Waiver(**waiver) for waiver in fields["waivers"])
    if approval := fields["approval"]:
        accepted = tuple(Waiver(**one) for one in approval["accepted"])
        fields["approval"] = Approved(**approval | {"accepted": accepted})
    return Entry(**fields)

"""Reading the ledger: its entries, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from tasks.chain.line import GENESIS_SHA256
from tasks.ledger.entry import Approved, Component, Entry, Kind, Waiver
from tasks.warehouse.statements import execute


@dataclass(frozen=True)
class Newest:
    """How far the warehouse's record reaches; `posted_at` (UTC) is None when it is empty."""

    entries: int
    sha256: str
    posted_at: datetime | None


def read_entries(
    connection: duckdb.DuckDBPyConnection, *, as_known_at: datetime | None = None, run: str | None = None
) -> list[Entry]:
    """Give the ledger's entries as of a moment (aware; None: now), of one run or of all, in order."""
    result = execute(connection, "ledger/entries", as_known_at=_naive(as_known_at), run=run)
    return [_entry(row) for row in result.fetchall()]


def read_newest(connection: duckdb.DuckDBPyConnection) -> Newest:
    """Give how far the warehouse's record reaches."""
    entries, sha256, posted_at = execute(connection, "ledger/newest").fetchall()[0]
    return Newest(entries, sha256 or GENESIS_SHA256, posted_at and posted_at.replace(tzinfo=UTC))


def _naive(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def _entry(row: tuple[Any, ...]) -> Entry:
    fields = dict(zip(Entry.__dataclass_fields__, row, strict=True))
    fields["component"] = Component(fields["component"])
    fields["kind"] = Kind(fields["kind"])
    fields["waivers"] = tuple(Waiver(**waiver) for waiver in fields["waivers"])
    if approval := fields["approval"]:
        accepted = tuple(Waiver(**one) for one in approval["accepted"])
        fields["approval"] = Approved(**approval | {"accepted": accepted})
    fields["posted_at"] = fields["posted_at"].replace(tzinfo=UTC)
    return Entry(**fields)

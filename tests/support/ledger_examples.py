"""Made-up postings and a ledger to put them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from tasks.ledger.append import append
from tasks.ledger.entry import Component, Entry, Kind, Posting, Waiver
from tasks.warehouse.statements import execute

POSTED_AT = datetime(2018, 2, 15, 9, 15, 0, 5, tzinfo=UTC)
FINGERPRINT = "ab" * 32


@contextmanager
def ledger_in(home: Path, *, in_memory: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:" if in_memory else str(home / "warehouse.duckdb")) as connection:
        execute(connection, "schema/core_ledger")
        execute(connection, "schema/core_posted")
        yield connection


def posting(
    project_id: str = "JF-187",
    year: int = 2016,
    component: Component = Component.ACTIVITY,
    amount_dkk: str = "880000",
    *,
    kind: Kind = Kind.SETTLEMENT,
    waivers: tuple[Waiver, ...] = (),
    fingerprint: str = FINGERPRINT,
    prepared_by: str = "anna",
    approved_by: str = "bo",
) -> Posting:
    return Posting(
        project_id, year, component, kind, Decimal(amount_dkk), waivers, fingerprint, prepared_by, approved_by
    )


def release(number: int, projects: int = 3) -> list[Posting]:
    """Give the postings of a run: both components of each project; the run's number makes the amounts differ."""
    waiver = Waiver("P01", f'Kommunen har "redegjort" for forløb {number} \\ æøå')
    return [
        posting(
            f"JF-{project}",
            2016 + number % 2,
            component,
            f"{(-1) ** number * (1000 * number + project)}.{number % 100:02d}",
            waivers=(waiver,) if project == 1 else (),
        )
        for project in range(projects)
        for component in Component
    ]


def append_release(
    connection: duckdb.DuckDBPyConnection, home: Path, number: int, projects: int = 3
) -> tuple[Entry, ...]:
    moment = POSTED_AT.replace(hour=number % 24, year=2018 + number // 24)
    return append(connection, home, release(number, projects), run=f"run-{number}", posted_at=moment)

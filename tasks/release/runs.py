"""The release runs that the ledger holds, and those whose folder is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from tasks.errors import BusinessRefusal
from tasks.moment import Moment
from tasks.release.folder import released_folder
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    import duckdb

    from tasks.run import Run


@dataclass(frozen=True)
class ReleaseRun:
    """A release run that the ledger holds."""

    name: str
    year: int
    posted_at: Moment


def release_runs(connection: duckdb.DuckDBPyConnection) -> list[ReleaseRun]:
    """Give every release run, in the order of the ledger."""
    rows = run_statement(connection, "release/runs").fetchall()
    return [ReleaseRun(name, year, Moment(posted_at.replace(tzinfo=UTC))) for name, year, posted_at in rows]


def unfinished(connection: duckdb.DuckDBPyConnection, run: Run) -> list[ReleaseRun]:
    """Give the release runs that have no folder: a crash came between the posting and the folder."""
    return [
        one
        for one in release_runs(connection)
        if not released_folder(replace(run, year=one.year).out, one.name).is_dir()
    ]


def newest_known(connection: duckdb.DuckDBPyConnection, year: int, known_at: Moment) -> ReleaseRun:
    """Give the newest release run of a year as known at a moment.

    Raises BusinessRefusal when there was none yet.
    """
    known = [run for run in release_runs(connection) if run.year == year and run.posted_at.utc <= known_at.utc]
    if not known:
        raise BusinessRefusal(f"Nothing of {year} was released by {known_at.told()}: there is nothing to make again.")
    return known[-1]

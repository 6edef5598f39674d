"""The release runs that the ledger holds: their names, and the one that a crash left without its folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.release.folder import released_folder
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run

_PREFIX_DIGITS = 12


@dataclass(frozen=True)
class ReleaseRun:
    """A release run that the ledger holds."""

    name: str
    year: int
    posted_at: Moment


def release_runs(connection: duckdb.DuckDBPyConnection) -> list[ReleaseRun]:
    """Give every release run, in the order of the ledger."""
    rows = execute(connection, "release/runs").fetchall()
    return [ReleaseRun(name, year, Moment(posted_at.replace(tzinfo=UTC))) for name, year, posted_at in rows]


def run_name(connection: duckdb.DuckDBPyConnection, year: int, fingerprint: str) -> str:
    """Name the next release run of a draft: the year, the fingerprint's beginning, and how many there are."""
    runs: int = execute(connection, "release/runs_of_draft", fingerprint=fingerprint).fetchall()[0][0]
    return f"{year}-{fingerprint[:_PREFIX_DIGITS]}-{runs + 1}"


def unfinished(connection: duckdb.DuckDBPyConnection, run: Run) -> ReleaseRun | None:
    """Give the newest release run where it has no folder: a crash came between the posting and the folder.

    Only the newest can be unfinished, since every release finishes it before it posts anything.
    """
    newest = release_runs(connection)[-1:]
    return next(
        (one for one in newest if not released_folder(replace(run, year=one.year).out, one.name).is_dir()), None
    )


def newest_known(connection: duckdb.DuckDBPyConnection, year: int, known_at: Moment) -> ReleaseRun:
    """Give the newest release run of a year as known at a moment.

    Raises BusinessRefusal when there was none yet.
    """
    known = [run for run in release_runs(connection) if run.year == year and run.posted_at.utc <= known_at.utc]
    if not known:
        raise BusinessRefusal(
            f"Nothing of {year} was released by {known_at.as_text()}: there is nothing to make again."
        )
    return known[-1]

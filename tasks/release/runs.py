"""The release runs that the ledger holds: their names, and those whose folder a crash left where it lay ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal, InternalFailure
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.draft.manifest import is_whole
from tasks.ledger.read import read_entries
from tasks.release.folder import ready_folders
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

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


def unfinished(connection: duckdb.DuckDBPyConnection, home: Path) -> list[Path]:
    """Give the folders that lie ready and whose entries are posted: a crash came before they were put in place.

    A released folder that somebody put elsewhere is none: it does not lie ready any more. Raises InternalFailure when
    one is not as its manifest says.
    """
    posted = {one.name for one in release_runs(connection)}
    found = [folder for folder in ready_folders(home) if folder.name in posted]
    for folder in found:
        if not is_whole(folder, read_entries(connection, run=folder.name)[0].draft_fingerprint):
            raise InternalFailure(
                f"The release {folder.name} was posted, and its files in {folder} are damaged: take that folder from a "
                "backup, or move it away and make the files again with release --as-known-at."
            )
    return found


def newest_known(connection: duckdb.DuckDBPyConnection, year: int, known_at: Moment) -> ReleaseRun:
    """Give the newest release run of a year as known at a moment.

    Raises BusinessRefusal when there was none yet.
    """
    known = [run for run in release_runs(connection) if run.year == year and run.posted_at.utc <= known_at.utc]
    if not known:
        raise BusinessRefusal(
            phrase(
                "Nothing of {year} was released by {moment}: there is nothing to make again.",
                year=year,
                moment=known_at.as_text(),
            )
        )
    return known[-1]

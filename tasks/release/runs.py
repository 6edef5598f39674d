"""The release runs that the ledger holds: their names, and those whose folder a crash left lying ready."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal, InternalFailure
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.draft.manifest import is_whole
from tasks.ledger.append import heal
from tasks.ledger.read import read_entries
from tasks.release.folder import forget_ready, put_in_place, ready_folders, released_folder
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.progress import Teller

_PREFIX_DIGITS = 12


@dataclass(frozen=True)
class ReleaseRun:
    """A release run that the ledger holds. `years`: those that it decided, in order."""

    name: str
    years: tuple[int, ...]
    posted_at: Moment


def release_runs(connection: duckdb.DuckDBPyConnection) -> list[ReleaseRun]:
    """Give every release run, in the order of the ledger."""
    rows = rows_of(connection, "release/runs")
    return [ReleaseRun(row["run"], tuple(row["years"]), Moment(row["posted_at"])) for row in rows]


def run_name(connection: duckdb.DuckDBPyConnection, fingerprints: Mapping[int, str]) -> str:
    """Name the next release run of drafts: the years, how the last fingerprint begins, and how many it has had.

    `fingerprints`: by year that the run posts.
    """
    years = sorted(fingerprints)
    last = fingerprints[years[-1]]
    runs: int = execute(connection, "release/runs_of_draft", fingerprint=last).fetchall()[0][0]
    return f"{'-'.join(map(str, years))}-{last[:_PREFIX_DIGITS]}-{runs + 1}"


def finish_interrupted(connection: duckdb.DuckDBPyConnection, home: Path) -> str | None:
    """Put in place what a crash left lying ready after its entries were posted; give the release run's name.

    A folder that lies ready and was never posted is removed: nothing was decided. A released folder that somebody put
    elsewhere is not looked for: it does not lie ready any more. The caller has healed the ledger, and holds the lock.

    Raises InternalFailure when a folder is not as its manifest says; none is put in place then.
    """
    lying = {(folder.name, int(folder.parent.name)): folder for folder in ready_folders(home)}
    fingerprints = {
        (entry.run, entry.year): entry.draft_fingerprint
        for run in sorted({run for run, _ in lying})
        for entry in read_entries(connection, run=run)
    }
    posted = {part: folder for part, folder in lying.items() if part in fingerprints}
    for part, folder in posted.items():
        if not is_whole(folder, fingerprints[part]):
            raise InternalFailure(
                f"The release {folder.name} was posted, and its files in {folder} are damaged: take that folder from a "
                "backup, or move it away and make the files again with release --as-known-at."
            )
    for (run, year), folder in posted.items():
        put_in_place(folder, released_folder(home / "out" / str(year), run))
    forget_ready(home)
    return next((run for run, _ in posted), None)


def finish_and_tell(connection: duckdb.DuckDBPyConnection, home: Path, teller: Teller) -> str | None:
    """Finish a release that was interrupted, and report it among the steps of a run. Raises as `finish_interrupted`."""
    finished = finish_interrupted(connection, home)
    if finished is not None:
        teller.step(phrase("release {run}, which was interrupted, is finished", run=finished))(1, 1)
    return finished


def finish_if_possible(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Finish a release that was interrupted before something is read; one that can't be finished is left for a release.

    The caller holds the lock of the home.
    """
    with suppress(BusinessRefusal, InternalFailure, OSError):
        heal(connection, home)
        finish_interrupted(connection, home)


def newest_known(connection: duckdb.DuckDBPyConnection, year: int, known_at: Moment) -> ReleaseRun:
    """Give the newest release run that decided a year, as known at a moment.

    Raises BusinessRefusal when there was none yet.
    """
    known = [run for run in release_runs(connection) if year in run.years and run.posted_at.utc <= known_at.utc]
    if not known:
        raise BusinessRefusal(
            phrase(
                "Nothing of {year} was released by {moment}: there is nothing to make again.",
                year=year,
                moment=known_at.as_text(),
            )
        )
    return known[-1]

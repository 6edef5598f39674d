"""A release made again, from the state as known when it was posted: nothing is posted."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.release_writing import Part, write_run
from flows.settle import compute_year
from tasks.artifacts.task import show_release
from tasks.base.errors import InternalFailure
from tasks.base.moment import Moment
from tasks.base.program import program_name
from tasks.base.progress import Teller
from tasks.base.run import Run
from tasks.handover.net import ZERO, decided, net_by_payee, to_pay, to_repay
from tasks.handover.recipient import payees_of
from tasks.hearing.task import sound_hearings
from tasks.ledger.read import read_entries, read_newest
from tasks.release.draft import draft_of, is_same_result
from tasks.release.folder import aside, released_folder, versions_at
from tasks.release.hand_over import recipients
from tasks.release.runs import ReleaseRun, newest_known
from tasks.release.signed_runs import kept_signature
from tasks.release.summary import Released, ReleasedYear, released_again
from tasks.release.task import publish_release

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb

    from tasks.ledger.entry import Entry


def replay(connection: duckdb.DuckDBPyConnection, runs: Sequence[Run], known_at: Moment, teller: Teller) -> Released:
    """Make the newest release of each year again, as known at a moment, beside the replayed settlement.

    A run of several years is made again whole.
    """
    home = runs[0].home
    sound_hearings(connection, home)
    found = [newest_known(connection, run.year, known_at) for run in runs]
    years: list[ReleasedYear] = []
    paid_dkk, repaid_dkk = ZERO, ZERO
    for one in dict.fromkeys(found):
        of_run, nets = make_again(connection, runs[0], one, known_at, teller)
        years += of_run
        paid_dkk, repaid_dkk = paid_dkk + to_pay(nets), repaid_dkk + to_repay(nets)
    newest = read_newest(connection)
    done = Released(tuple(years), None, newest.entries, newest.sha256, to_pay_dkk=paid_dkk, to_repay_dkk=repaid_dkk)
    show_release(connection, home, done)
    return done


def make_again(
    connection: duckdb.DuckDBPyConnection, run: Run, released: ReleaseRun, known_at: Moment, teller: Teller
) -> tuple[list[ReleasedYear], list[Decimal]]:
    """Make the files of a release run again, from the state as known when it was posted; give what it paid, too.

    Raises InternalFailure when the program gives other dates or amounts now.
    """
    entries = read_entries(connection, run=released.name)
    originals = {year: released_folder(run.home / "out" / str(year), released.name) for year in released.years}
    signature = next(filter(None, map(kept_signature, originals.values())), None)
    parts = [
        computed_again(
            connection,
            replace(run, year=year),
            released,
            tuple(entry for entry in entries if entry.year == year),
            teller,
        )
        for year in released.years
    ]
    years = []
    with ExitStack() as folders:
        for one in write_run(connection, parts, signature, folders, teller, released.years[-1]):
            year = one.part.run.year
            target = released_folder(replace(run, year=year, as_known_at=known_at).out, released.name)
            shutil.rmtree(target, ignore_errors=True)
            publish_release(one.folder, target)
            versions = versions_at(originals[year], target)
            years.append(released_again(one.part.entries, one.letters, target, versions))
    nets = net_by_payee(decided(entries), payees_of(part.recipients for part in parts))
    return years, list(nets.values())


def computed_again(
    connection: duckdb.DuckDBPyConnection, run: Run, released: ReleaseRun, entries: tuple[Entry, ...], teller: Teller
) -> Part:
    """Compute a year of a release run from the state as known when it was posted.

    Raises InternalFailure when the program gives other dates or amounts now.
    """
    fingerprint = entries[0].draft_fingerprint
    draft = draft_of(connection, fingerprint, released.posted_at)
    run = replace(
        run,
        projects=draft.projects,
        as_known_at=draft.registrations_known_at or released.posted_at,
        ledger_as_known_at=released.posted_at,
        drafted_at=draft.prepared_at,
    )
    with aside(run) as folder:
        computed = compute_year(connection, run, teller, folder, fingerprint)
    if not is_same_result(draft.parts, computed.parts):
        raise InternalFailure(
            f"The release {released.name} can't be made again: from the same state, this version of the program "
            f"({program_name()}) computes other dates or amounts."
        )
    return Part(run, computed.inputs, fingerprint, entries, recipients(connection, run.year))

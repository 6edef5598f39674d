"""The backfill: years settled again in order from one state, and their differences to the ledger of now drafted.

Source: the settlement, 'Deciding, posting, correcting', 4.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow

from flows.settle import compute_tables, compute_year, finish_draft, release_asks, take_in
from tasks.artifacts.task import show_plan
from tasks.backfill.plan import Plan, plan_as_text, years_from
from tasks.backfill.task import plan_backfill
from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.base.progress import Teller, telling
from tasks.base.run import Run, preparer
from tasks.base.standard_error import tell
from tasks.base.worded import worded
from tasks.draft.publish import fresh_folder
from tasks.draft.summary import Summary, summarise
from tasks.draft.unchanged import draft_stands
from tasks.ledger.task import sound_ledger
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import ProjectId, Text, Timestamp
from tasks.prefect_run.step import about
from tasks.prefect_run.year import Year
from tasks.release.runs import finish_and_tell
from tasks.rules.model import load_rules
from tasks.telemetry.measured import measured
from tasks.warehouse.task import warehouse_taken

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Backfilled:
    """What a backfill did.

    `drafted`: the years' drafts, in order. `stood`: drafts that were there already, from the same state. `unchanged`:
    years with nothing to correct. `findings`: what a release of all drafts by this account would ask to be accepted
    today. `is_all_held`: whether it would post nothing without a waiver.
    """

    plan: Plan
    drafted: list[Summary] = field(default_factory=list)
    stood: list[Summary] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    findings: dict[str, str] = field(default_factory=dict)
    is_all_held: bool = False


@flow(
    name="backfill",
    flow_run_name="backfill {from_year}-{to_year}",
    validate_parameters=False,
    persist_result=False,
)
@ends_by_name
@measured("backfill")
@tells_no_value
def backfill(
    from_year: Year,
    to_year: Year,
    register: Path,
    inbox: Path,
    home: Path = Path("var"),
    projects: list[ProjectId] | None = None,
    reason: Text = "",
    as_known_at: Timestamp | None = None,
) -> Backfilled:
    """Settle years again, and draft what differs from the ledger; after a failure, run it again to continue.

    Args:
        from_year: the first year
        to_year: the last year
        register: STAR's register
        inbox: the deliveries
        home: the warehouse and all output
        projects: draft only these; left out, all of the register
        reason: why; kept with the plan
        as_known_at: registrations, register and rules as known then (ISO; Copenhagen where it has no zone), against
            the ledger of now

    Raises:
        InputError: for a wrong register, year or project, and when who prepares has no name
        BusinessRefusal: when the ledger does not verify or another run writes to `home`

    """
    moment = Moment.earlier(as_known_at)
    years = years_from(from_year, to_year, load_rules())
    home = Path(home)
    about(to_year)
    with warehouse_taken(home, f"backfill {from_year}-{to_year}") as connection, telling() as teller:
        run = Run(
            to_year,
            Path(register),
            Path(inbox),
            home,
            Moment.now(),
            moment,
            against_ledger_of_now=True,
            projects=tuple(sorted(set(projects))) if projects else None,
        )
        sound_ledger(connection, home)
        finish_and_tell(connection, home, teller)
        return backfill_years(connection, run, years, reason, teller)


def backfill_years(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    years: list[int],
    reason: str,
    teller: Teller,
    announce: Callable[[str], None] = tell,
) -> Backfilled:
    """Plan, announce the plan, and draft the years in order; `run`: of the last of them.

    Each year is computed from the state of the plan, whatever arrives in the inbox meanwhile.

    Raises InputError before anything is taken in when who prepares has no name.
    """
    preparer()
    inputs = take_in(connection, run, teller)
    compute_tables(connection, run, inputs, planned=years)
    plan = plan_backfill(connection, run, years, run.projects, reason)
    announce(plan_as_text(plan))
    show_plan(plan, run.home)
    done = Backfilled(plan)
    for year in years:
        if not plan.of(year):
            done.unchanged.append(year)
            continue
        try:
            _draft(connection, replace(run, year=year, as_known_at=run.known_at), teller, done)
        except BaseException:
            drafted = ", ".join(str(one.year) for one in [*done.stood, *done.drafted]) or worded("none")
            announce(
                worded(
                    "The backfill stopped at {year}; drafted before: {drafted}. Run it again to go on from there.",
                    year=year,
                    drafted=drafted,
                )
            )
            raise
    drafts = {one.year: one.fingerprint for one in (*done.stood, *done.drafted)}
    return replace(done, **release_asks(connection, run, inputs, drafts)._asdict())


def _draft(connection: duckdb.DuckDBPyConnection, run: Run, teller: Teller, done: Backfilled) -> None:
    folder = fresh_folder(run)
    computed = compute_year(connection, run, teller, folder)
    if draft_stands(connection, run, computed.parts):
        shutil.rmtree(folder)
        done.stood.append(summarise(connection, run.year, computed.parts.fingerprint, run.out))
    else:
        done.drafted.append(finish_draft(connection, run, computed, teller, folder))

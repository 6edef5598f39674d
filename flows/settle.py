"""The yearly settlement: from what lies in the inbox to a draft with its letters.

`draft` is its order: take in, compute (`compute_tables`), write (`finish_draft`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow
from prefect.runtime import flow_run

from tasks.annex.task import write_annex_files
from tasks.artifacts.inbox import summarise_inbox
from tasks.artifacts.task import show_inbox, show_settlement, show_unchanged
from tasks.base.errors import InputError
from tasks.base.failure import tells_no_value
from tasks.base.lines import some
from tasks.base.moment import Moment
from tasks.base.nearest import nearest
from tasks.base.papers import Papers
from tasks.base.progress import Teller, telling
from tasks.base.run import AS_KNOWN_AT, Run, preparer
from tasks.base.worded import phrase, worded
from tasks.causes.task import explain_differences, settle_by_earlier_rules
from tasks.cluster import task as on_workers
from tasks.cluster.workers import joined
from tasks.draft.publish import fresh_folder
from tasks.draft.summary import Summary
from tasks.draft.task import keep_draft, standing_draft, write_files
from tasks.draft.unchanged import state_of
from tasks.draw.task import verify_draws
from tasks.forecast.report import section
from tasks.forecast.task import forecast_cost
from tasks.hearing.state import known_hearings
from tasks.intake.clock import require_clock
from tasks.intake.inbox import require_outside
from tasks.intake.task import receive_deliveries
from tasks.ledger.task import sound_ledger
from tasks.letters.task import write_draft_letters
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import Text, Timestamp
from tasks.prefect_run.step import about
from tasks.prefect_run.year import Year
from tasks.reconcile.task import reconcile
from tasks.register.task import read_rules_and_register
from tasks.release.asked import Asked, asked
from tasks.release.runs import finish_and_tell
from tasks.report.task import write_report
from tasks.rules.model import load_rules
from tasks.settlement.narrow import check_projects
from tasks.settlement.parts import here
from tasks.settlement.task import compute_events, compute_money, gather, judge_citizens, judge_persons, narrow
from tasks.status.read import released_with
from tasks.telemetry.measured import measured
from tasks.validation.task import judge_projects, keep_verdicts, write_validation_page
from tasks.warehouse.task import warehouse_taken

if TYPE_CHECKING:
    import duckdb

    from tasks.cluster.workers import Workers
    from tasks.draft.fingerprint import Parts
    from tasks.register.inputs import Inputs


@dataclass(frozen=True)
class Computed:
    """A settlement that is computed: what it was computed from, and its fingerprint's parts.

    `state`: the hash of all that it was made from; None where an earlier state was settled.
    """

    inputs: Inputs
    parts: Parts
    state: str | None = None


def _flow_run_name() -> str:
    year = flow_run.parameters["year"] or load_rules().calendar.settled_on(_scheduled_on())
    what = f" {AS_KNOWN_AT}" if flow_run.parameters.get("as_known_at") else ""
    return f"settle {year}{what}" if year else "settle"


@flow(name="settle", flow_run_name=_flow_run_name, validate_parameters=False, persist_result=False)
@ends_by_name
@measured("settle")
@tells_no_value
def settle(
    register: Path,
    inbox: Path,
    home: Path = Path("var"),
    year: Year | None = None,
    as_known_at: Timestamp | None = None,
    cluster: Text | None = None,
) -> Summary:
    """Settle a year: receive, judge, compute, and draft letters.

    Args:
        register: STAR's register
        inbox: the deliveries
        home: the warehouse and all output
        year: the year to settle; left out, the one whose settlement day the run is scheduled on
        as_known_at: an earlier moment whose state is settled again (ISO; Copenhagen where it has no zone)
        cluster: a number of local worker processes, or a Dask scheduler's address; left out, this process does all

    Raises:
        InputError: for a wrong register or year, on a day that settles none, where no cluster answers, and when who
            prepares has no name
        BusinessRefusal: when another run writes to `home`

    """
    moment = Moment.earlier(as_known_at)
    year = year or year_due(_scheduled_on())
    home = Path(home)
    about(year)
    with warehouse_taken(home, f"settle {year}") as connection, telling() as teller:
        run = Run(year, Path(register), Path(inbox), home, Moment.now(), moment)
        sound_ledger(connection, home)
        finish_and_tell(connection, home, teller)
        with joined(cluster, home) if cluster else nullcontext() as workers:
            return draft(connection, run, teller, workers)


def year_due(day: date) -> int:
    """Give the year whose settlement day by the rules' calendar is `day`.

    Raises InputError when there is none.
    """
    calendar = load_rules().calendar
    year = calendar.settled_on(day)
    if year is None:
        days = ", ".join(f"{one.settlement_date} ({year})" for year, one in calendar.years.items())
        raise InputError(
            phrase(
                "No year is settled on {day} by the rules file's calendar, which has {days}: name a year.",
                day=day,
                days=days,
            )
        )
    return year


def _scheduled_on() -> date:
    return Moment(flow_run.scheduled_start_time).today


def draft(connection: duckdb.DuckDBPyConnection, run: Run, teller: Teller, workers: Workers | None = None) -> Summary:
    """Draft a year, with its letters; where nothing has changed, give the draft that stands.

    `workers`: who helps; None: this process does everything.

    Raises InputError before anything is taken in when who prepares it has no name.
    """
    if not run.is_replay:
        preparer()
    inputs = take_in(connection, run, teller, workers)
    state = None if run.takes_earlier_state else state_of(connection, run, inputs)
    if state is not None:
        unchanged = standing_draft(connection, run, state)
        if unchanged is not None:
            show_unchanged(run, unchanged)
            return _on_the_day(connection, unchanged, run, inputs)
    folder = fresh_folder(run)
    compute_tables(connection, run, inputs, workers=workers)
    computed = Computed(inputs, write_files(connection, run, inputs, folder, None), state)
    return _on_the_day(connection, finish_draft(connection, run, computed, teller, folder, workers), run, inputs)


def _on_the_day(connection: duckdb.DuckDBPyConnection, summary: Summary, run: Run, inputs: Inputs) -> Summary:
    """Add what depends on the day of the run, and is therefore in none of the draft's files."""
    days = inputs.rules.calendar.years[run.year]
    is_late = summary.first_letters > 0 and days.is_late(run.known_at.today)
    passed = days.reply_deadline if is_late else None
    if run.is_replay:
        return replace(summary, passed_deadline=passed)
    others = released_with(connection, inputs.rules, run.year, run.now) if summary.earlier else {}
    asks = release_asks(connection, run, inputs, {**others, run.year: summary.fingerprint})
    return replace(summary, passed_deadline=passed, released_with=others, **asks._asdict())


def release_asks(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, drafts: Mapping[int, str]) -> Asked:
    """Give what a release of drafts, fingerprints by year, would ask today."""
    return asked(connection, inputs.rules, drafts, known_hearings(connection, run.home), run.now)


def finish_draft(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    computed: Computed,
    teller: Teller,
    folder: Path,
    workers: Workers | None = None,
) -> Summary:
    """Write the files of a draft other than its CSV files, and record it."""
    papers = Papers.of(run, folder)
    progress = teller.step(phrase("letters"))
    if workers is None:
        letters = write_draft_letters(connection, run, computed.inputs, papers, progress)
    else:
        letters = on_workers.write_draft_letters(connection, run, computed.inputs, papers, workers, progress)
    write_annex_files(connection, letters, folder, teller.step(phrase("annexes")), papers)
    forecast = forecast_cost(connection)
    write_report(connection, computed.inputs, computed.parts, folder, section(forecast))
    write_validation_page(connection, run, folder)
    summary = keep_draft(connection, run, computed.parts, papers, computed.state)
    show_settlement(connection, run, summary, forecast)
    return summary


def compute_year(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    teller: Teller,
    folder: Path,
    own_fingerprint: str | None = None,
) -> Computed:
    """Receive what is new, and compute a year into the run's tables and the CSV files of `folder`."""
    inputs = take_in(connection, run, teller)
    compute_tables(connection, run, inputs, own_fingerprint=own_fingerprint)
    return Computed(inputs, write_files(connection, run, inputs, folder, own_fingerprint))


def take_in(connection: duckdb.DuckDBPyConnection, run: Run, teller: Teller, workers: Workers | None = None) -> Inputs:
    """Read the rules and the register, and receive the deliveries; on `workers`, where there are some."""
    about(run.year)
    inputs = read_rules_and_register(connection, run)
    inputs = replace(inputs, draws=verify_draws(connection, run))
    about(run.year, len(run.projects or inputs.register.projects))
    if run.projects is not None:
        check_projects(run.projects, inputs.register)
    if not run.takes_earlier_state:
        _receive(connection, run, inputs, teller, workers)
    return inputs


def compute_tables(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    inputs: Inputs,
    *,
    planned: Collection[int] = (),
    own_fingerprint: str | None = None,
    workers: Workers | None = None,
) -> None:
    """Compute a year into the run's tables, and explain how it differs from the ledger.

    What a project's own rows decide is done `by_shard`, on this machine or on workers; what takes all projects is done
    here. The parts and their order: `tasks/settlement/parts.py`.

    `planned`: the years of a backfill whose plan alone is wanted; they are explained too, and no verdict is kept.
    `workers`: who judges rows and computes events; None: this process.
    """
    changes = settle_by_earlier_rules(connection, run, inputs, {run.year, *planned}, own_fingerprint)
    gather(connection, run, inputs, own_fingerprint)
    by_shard = on_workers.share(connection, workers) if workers else here
    try:
        judge_citizens(connection, by_shard)
        judge_persons(connection)
        compute_events(connection, by_shard)
        compute_money(connection)
        judge_projects(connection)
        reconcile(connection, run)
    finally:
        if not (run.is_replay or planned):
            keep_verdicts(connection, run)
    if run.projects is not None:
        narrow(connection, run.projects)
    explain_differences(connection, changes)


def _receive(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, teller: Teller, workers: Workers | None
) -> None:
    require_outside(run.home, run.inbox)
    require_clock(connection, run.now)
    progress = teller.step(phrase("deliveries"))
    if workers is None:
        received = receive_deliveries(
            connection, run, inputs.register.project_ids, inputs.rules.vocabulary.words, progress
        )
    else:
        received = on_workers.receive_deliveries(connection, run, inputs, workers, progress)
    if received.refused:
        show_inbox(summarise_inbox(connection, received, run.now), run.home)
    if received.unreadable_folders:
        teller.note(
            worded(
                "in the inbox, and left out, since the folder can't be read (give the run the right to read it): "
                "{names}",
                names=some(received.unreadable_folders),
            )
        )
    if received.strays:
        teller.note(worded("in the inbox, and no delivery: {names}", names=some(received.strays)))
    if received.unknown_folders:
        unknown = [_beside_the_nearest(one, inputs.register.project_ids) for one in received.unknown_folders]
        teller.note(
            worded("in the inbox, and refused, since the register has no such project: {names}", names=some(unknown))
        )


def _beside_the_nearest(folder: str, projects: Collection[str]) -> str:
    near = nearest(folder, projects)
    is_told = near and "*" not in folder
    return worded("{folder} (nearest: {projects})", folder=folder, projects=near) if is_told else folder

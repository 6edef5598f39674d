"""The release: a second person approves a draft, which is posted, notified and handed over.

Everything that leaves is written and checked before anything is posted, and lies ready beside the ledger. Where a crash
comes between the posting and the folder, the next release puts the folder in its place.

`release_years` is its order: choose (`release_choosing`), write (`release_writing`), post and put in place. An earlier
release is made again by `release_again`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from prefect import flow
from prefect.runtime import flow_run
from pydantic import Field

from flows.release_again import replay
from flows.release_choosing import Surveyed, look_ahead
from flows.release_writing import Part, Written, write_run
from tasks.artifacts.task import show_release
from tasks.base.errors import InputError
from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.base.program import program_name
from tasks.base.progress import Teller, telling
from tasks.base.run import AS_KNOWN_AT, Run
from tasks.base.standard_error import tell
from tasks.base.worded import phrase
from tasks.ledger.entry import Approved, chain
from tasks.ledger.read import read_newest
from tasks.ledger.task import sound_ledger
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import DraftBeginning, Name, ProjectId, SignatureText, Timestamp
from tasks.prefect_run.step import about
from tasks.prefect_run.year import Year
from tasks.release.approval import AcceptedFinding, Approval, WaivedHold, approve, require_drafts
from tasks.release.folder import copied_home, forget_ready, keep_ready, released_folder
from tasks.release.runs import finish_and_tell, run_name
from tasks.release.signature import APPROVERS, Signature
from tasks.release.summary import Released, ReleasedYear, released_year
from tasks.release.task import post, publish_release, show_release_plan
from tasks.release.text import plan_as_text
from tasks.rules.model import load_rules
from tasks.telemetry.measured import measured
from tasks.warehouse.connection import FILE_NAME
from tasks.warehouse.missing import refuse_missing
from tasks.warehouse.task import warehouse_taken

if TYPE_CHECKING:
    import duckdb

    from tasks.ledger.entry import Entry, Posting, Waiver


def _flow_run_name() -> str:
    """Name a run by what it does: one that posts nothing is not taken for a release in a list of runs."""
    given = flow_run.parameters
    what = " --plan" if given.get("plan") else f" {AS_KNOWN_AT}" if given.get("as_known_at") else ""
    return f"release {_listed(given['years'])}{what}"


@flow(name="release", flow_run_name=_flow_run_name, validate_parameters=False, persist_result=False)
@ends_by_name
@measured("release")
@tells_no_value
def release(
    years: Annotated[list[Year], Field(min_length=1)],
    drafts: list[DraftBeginning],
    approved_by: Name,
    register: Path,
    inbox: Path,
    home: Path = Path("var"),
    projects: list[ProjectId] | None = None,
    waivers: list[WaivedHold] | None = None,
    as_known_at: Timestamp | None = None,
    accepted: list[AcceptedFinding] | None = None,
    plan: bool = False,
    signature: SignatureText | None = None,
) -> Released:
    """Release the newest draft of each year, in order: post it, and write its letters and its hand-over.

    Args:
        years: the years to release
        drafts: how the fingerprints begin (8 digits or more) of the drafts that are approved, one a year; a year whose
            newest draft is another is refused. None for a plan, or for a release that is made again
        approved_by: who approves; another person than the preparer
        register: STAR's register
        inbox: the deliveries
        home: the warehouse and all output
        projects: release only these; the rest can follow
        waivers: holds to waive, each with its reason
        as_known_at: an earlier moment (ISO; Copenhagen where it has no zone) whose newest release is made again;
            nothing is posted then
        accepted: findings of the release that are accepted, each with its reason
        plan: only show what would be posted and what speaks against it; nothing is written
        signature: the approver's signature over the drafts, the text of the file that ssh-keygen -Y sign wrote; asked
            for where the home has a file named approvers. Without one, two typed names don't prove that two people
            decided

    Raises:
        InputError: for wrong arguments or a wrong register
        BusinessRefusal: when there is no draft, when it is another than the approved, when its preparer approves it,
            when something changed since it was made, when the ledger does not verify or another run writes to `home`
        InternalFailure: when the books do not balance

    """
    known_at = Moment.earlier(as_known_at)
    if not years:
        raise InputError(phrase("No year is named: name the years to release."))
    rules = load_rules()
    for year in years:
        rules.check_year(year)
    home = Path(home)
    if known_at is not None and (projects or waivers or drafts or accepted or plan or signature):
        raise InputError(
            phrase(
                "An earlier release is made again as it was: leave out --project, --waive, --accept, --draft, "
                "--signature and --plan."
            )
        )
    if known_at is None and not plan:
        require_drafts(drafts, years)
    names_nobody = plan or known_at is not None
    approval = approve(
        approved_by, projects, waivers or [], drafts, accepted or [], signature, names_nobody=names_nobody
    )
    about(min(years))
    if not (home / FILE_NAME).exists():
        refuse_missing(home)
    if plan:
        return planned(sorted(set(years)), Path(register), Path(inbox), home, approval)
    with warehouse_taken(home, f"release {_listed(years)}") as connection, telling() as teller:
        now = Moment.now()
        runs = [Run(year, Path(register), Path(inbox), home, now) for year in sorted(set(years))]
        sound_ledger(connection, home)
        if known_at is not None:
            return replay(connection, runs, known_at, teller)
        return release_years(connection, runs, approval, teller)


def planned(
    years: Sequence[int], register: Path, inbox: Path, home: Path, approval: Approval, now: Moment | None = None
) -> Released:
    """Show what a release of years would post, computed in a copy of the home that is gone at the end."""
    now = now or Moment.now()
    purpose = f"release {_listed(years)} --plan"
    with copied_home(home, purpose) as copy, warehouse_taken(copy, purpose) as connection, telling() as teller:
        runs = [Run(year, register, inbox, copy, now) for year in years]
        sound_ledger(connection, copy)
        _, plan = look_ahead(connection, runs, approval, teller, home / APPROVERS)
        newest = read_newest(connection)
    show_release_plan(plan, home)
    return Released((), None, newest.entries, newest.sha256, plan)


def release_years(
    connection: duckdb.DuckDBPyConnection,
    runs: Sequence[Run],
    approval: Approval,
    teller: Teller,
) -> Released:
    """Release the drafts of years, in order: nothing is made before the plan is shown, or posted before all is made."""
    home = runs[0].home
    finished = finish_and_tell(connection, home, teller)
    years, plan = look_ahead(connection, runs, approval, teller, home / APPROVERS)
    tell(plan_as_text(plan))
    show_release_plan(plan, home)
    signature: Signature | None = None
    accepted: tuple[Waiver, ...] = ()
    if plan.signature is not None:
        signature = plan.signature.require(approval.signature)
        accepted = approval.accept(plan.findings)
    postings = [posting for year in years for posting in approved(year, approval, accepted, signature)]
    entries = planned_entries(connection, postings, runs[0].now)
    with ExitStack() as folders:
        written = write_run(connection, parts_of(years, entries), signature, folders, teller, runs[-1].year)
        publish(connection, home, postings, entries, written)
    newest = read_newest(connection)
    of_year = {one.part.run.year: one for one in written}
    done = Released(
        tuple(released_year_of(year, of_year.get(year.run.year), approval.approved_by) for year in years),
        finished,
        newest.entries,
        newest.sha256,
        plan,
        plan.to_pay_dkk,
        plan.to_repay_dkk,
    )
    show_release(connection, home, done)
    return done


def approved(
    year: Surveyed, approval: Approval, accepted: tuple[Waiver, ...], signature: Signature | None
) -> list[Posting]:
    """Give a year's postings with how they were approved, and which program posts them."""
    signed = signature.sha256 if signature else ""
    how = Approved(year.draft.prepared_as or "", approval.approved_as, accepted, signed)
    return [replace(posting, approval=how, program=program_name()) for posting in year.choice.postings]


def planned_entries(
    connection: duckdb.DuckDBPyConnection, postings: Sequence[Posting], now: Moment
) -> tuple[Entry, ...]:
    """Give the entries of a run, of all its years, as they will stand in the ledger."""
    if not postings:
        return ()
    newest = read_newest(connection)
    return chain(
        postings,
        run=run_name(connection, {posting.year: posting.draft_fingerprint for posting in postings}),
        posted_at=now.utc,
        number=newest.entries,
        previous_sha256=newest.sha256,
    )


def parts_of(years: Sequence[Surveyed], entries: Sequence[Entry]) -> list[Part]:
    """Give the parts of a run: the years that have entries."""
    parts = [
        Part(
            year.run,
            year.inputs,
            year.draft.fingerprint,
            tuple(entry for entry in entries if entry.year == year.run.year),
            year.recipients,
        )
        for year in years
    ]
    return [part for part in parts if part.entries]


def publish(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    postings: Sequence[Posting],
    entries: Sequence[Entry],
    written: Sequence[Written],
) -> None:
    """Post all years of a run at once, and put their files, which lay ready, in place."""
    if not entries:
        return
    ready = [keep_ready(one.folder, home, one.part.entries[0]) for one in written]
    post(connection, home, postings, entries)
    for lies_ready, one in zip(ready, written, strict=True):
        publish_release(lies_ready, released_folder(one.part.run.out, entries[0].run))
    forget_ready(home)


def released_year_of(year: Surveyed, written: Written | None, approved_by: str) -> ReleasedYear:
    """Sum up what a release makes of a year; `written`: None where it has nothing to post."""
    letters, entries = (written.letters, written.part.entries) if written else ([], ())
    out = released_folder(year.run.out, entries[0].run) if entries else None
    return released_year(year.draft, approved_by, year.choice, letters, entries, projects=len(year.projects), out=out)


def _listed(years: Sequence[int]) -> str:
    return " ".join(str(year) for year in years)

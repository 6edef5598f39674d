"""The release: a second person approves a draft, which is posted, notified and handed over.

Everything that leaves is written and checked before anything is posted, and lies ready beside the ledger. Where a crash
comes between the posting and the folder, the next release puts the folder in its place.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from prefect import flow
from prefect.runtime import flow_run
from pydantic import Field

from flows.settle import compute_tables, compute_year
from tasks.annex.task import write_annex_files
from tasks.artifacts.task import show_release
from tasks.base.errors import InputError, InternalFailure
from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.base.program import program_name
from tasks.base.progress import Teller, telling
from tasks.base.run import Run
from tasks.base.worded import phrase
from tasks.handover.net import ZERO, decided, net_by_payee, to_pay, to_repay
from tasks.handover.recipient import payees_of
from tasks.hearing.state import hearing_of, intended
from tasks.hearing.task import sound_hearings
from tasks.ledger.entry import Approved, chain
from tasks.ledger.read import read_entries, read_newest
from tasks.ledger.task import sound_ledger
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import DraftBeginning, Name, ProjectId, SignatureText, Timestamp, Year
from tasks.prefect_run.step import about
from tasks.release.approval import AcceptedFinding, Approval, WaivedHold, approve, require_drafts
from tasks.release.choice import Choice, choose, payables, selected
from tasks.release.draft import draft_of, is_same_result, require_approved, require_unchanged
from tasks.release.findings import hearings_awaited, legal_texts, one_account
from tasks.release.folder import aside, copied_home, forget_ready, keep_ready, released_folder, seal, versions_at
from tasks.release.hand_over import recipients
from tasks.release.netting import claimed, netted
from tasks.release.plan import amounts_of, plan_of, planned_year
from tasks.release.runs import ReleaseRun, finish_and_tell, newest_known, run_name
from tasks.release.signature import APPROVERS, Signature, check
from tasks.release.signed_runs import kept_signature
from tasks.release.summary import Released, ReleasedYear, released_again, released_year
from tasks.release.task import (
    find_draft,
    post,
    publish_release,
    reconcile_before_posting,
    reconcile_payments,
    show_release_plan,
    write_final_letters,
    write_hand_over_files,
    write_payment_files,
)
from tasks.release.text import plan_as_text
from tasks.release.together import ByYear, Chosen, caps_dkk, hold_apart, owed_by_year, posted_by_year, require_together
from tasks.rules.model import load_rules
from tasks.telemetry.measured import measured
from tasks.warehouse.task import warehouse_taken

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb

    from tasks.handover.recipient import Recipients
    from tasks.hearing.record import Hearings
    from tasks.hearing.state import Hearing, Intended
    from tasks.ledger.entry import Entry, Posting, Waiver
    from tasks.letters.facts import LetterFacts, Netted
    from tasks.register.inputs import Inputs
    from tasks.release.draft import Draft
    from tasks.release.plan import Plan

WRITTEN = "written"


@dataclass(frozen=True)
class Surveyed:
    """A year that is computed and chosen from.

    `projects`: how many the draft covers; `owed`: what its state gives; `intended`: what is heard of it, by project.
    """

    run: Run
    draft: Draft
    inputs: Inputs
    choice: Choice
    projects: int
    owed: ByYear
    caps_dkk: dict[str, Decimal]
    recipients: Recipients
    intended: dict[str, Intended]

    def heard(self, hearings: Hearings) -> dict[str, Hearing]:
        """Tell how the hearing of each project stands."""
        known, year, today = hearings.until(self.run.now.utc), self.run.year, self.run.now.today
        return {name: hearing_of(known, name, year, one, today) for name, one in self.intended.items()}


@dataclass(frozen=True)
class Part:
    """A year of a release run: what computes it, its entries, and who receives its projects' grants."""

    run: Run
    inputs: Inputs
    fingerprint: str
    entries: tuple[Entry, ...]
    recipients: Recipients


@dataclass(frozen=True)
class Written:
    """A part whose files stand in `folder`, ready to be posted."""

    part: Part
    letters: list[LetterFacts]
    folder: Path


def _flow_run_name() -> str:
    return f"release {_listed(flow_run.parameters['years'])}"


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
        waivers: holds that are set aside, each with its reason
        as_known_at: an earlier moment (ISO; Copenhagen where it has no zone) whose newest release is made again;
            nothing is posted then
        accepted: findings of the release that are accepted, each with its reason
        plan: only show what would be posted and what speaks against it; nothing is written
        signature: the approver's signature over the drafts, the text of the file that ssh-keygen -Y sign wrote; asked
            for where the home has a file named approvers. Without one, two typed names are no proof that two persons
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
    approval = (approved_by, projects, waivers or [], drafts, accepted or [], signature)
    about(min(years))
    if plan:
        return planned(sorted(set(years)), Path(register), Path(inbox), home, approve(*approval, names_nobody=True))
    with warehouse_taken(home, f"release {_listed(years)}") as connection, telling() as teller:
        now = Moment.now()
        runs = [Run(year, Path(register), Path(inbox), home, now) for year in sorted(set(years))]
        sound_ledger(connection, home)
        if known_at is not None:
            return replay(connection, runs, known_at, teller)
        return release_years(connection, runs, approve(*approval), teller)


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
    announce: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True),  # noqa: T201 - its purpose
) -> Released:
    """Release the drafts of years, in order: nothing is made before the plan is shown, or posted before all is made.

    `announce`: is told the plan.
    """
    home = runs[0].home
    finished = finish_and_tell(connection, home, teller)
    years, plan = look_ahead(connection, runs, approval, teller, home / APPROVERS)
    announce(plan_as_text(plan))
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


def look_ahead(
    connection: duckdb.DuckDBPyConnection, runs: Sequence[Run], approval: Approval, teller: Teller, approvers: Path
) -> tuple[list[Surveyed], Plan]:
    """Compute the years of a release and choose from them, and plan it; nothing is made.

    `approvers`: where the home's approvers stand, if it has any.

    Raises what refuses a release before anything is made, but for findings that are not accepted, and for
    a signature that is missing or refused.
    """
    hearings = sound_hearings(connection, runs[0].home)
    drafts = [find_draft(connection, run.year, approval.approved_by) for run in runs]
    require_approved(drafts, approval.drafts)
    years = [survey(connection, as_drafted(*one), one[1], approval, teller) for one in zip(runs, drafts, strict=True)]
    posted = posted_by_year(connection)
    years = held_together(years, posted, approval)
    approval.require_met(
        {one for year in years for one in year.choice.met},
        [run.year for run in runs],
        {name for year in years for name in year.choice.waivable},
    )
    heard = {year.run.year: year.heard(hearings) for year in years}
    planned = [
        planned_year(
            year.draft.year,
            year.draft.fingerprint,
            year.draft.prepared_by,
            year.choice,
            posted,
            year.owed,
            year.caps_dkk,
            heard[year.run.year],
        )
        for year in years
    ]
    kinds = {(one.project_id, one.year): one.kind for year in planned for one in year.projects}
    payees = payees_of(year.recipients for year in years)
    found = [
        *hearings_awaited({(project_id, year): heard[year][project_id] for project_id, year in kinds}),
        *legal_texts(years[0].inputs.rules.letters, kinds, claimed(amounts_of(planned), payees)),
        *(one_account([draft.prepared_as for draft in drafts], approval.approved_as) if kinds else []),
    ]
    signature = (
        check(
            approvers,
            approval.approved_by,
            {draft.prepared_by for draft in drafts},
            {draft.year: draft.fingerprint for draft in drafts},
            approval.signature,
            runs[0].now.utc,
        )
        if kinds
        else None
    )
    return years, plan_of(planned, found, payees, signature)


def approved(
    year: Surveyed, approval: Approval, accepted: tuple[Waiver, ...], signature: Signature | None
) -> list[Posting]:
    """Give a year's postings with how they were approved, and which program posts them."""
    signed = signature.sha256 if signature else ""
    how = Approved(year.draft.prepared_as or "", approval.approved_as, accepted, signed)
    return [replace(posting, approval=how, program=program_name()) for posting in year.choice.postings]


def as_drafted(run: Run, draft: Draft) -> Run:
    """Give the run that computes what a draft computed: its projects, and the state that it was made from."""
    return replace(
        run,
        projects=draft.projects,
        as_known_at=draft.registrations_known_at,
        against_ledger_of_now=draft.registrations_known_at is not None,
        drafted_at=draft.prepared_at,
    )


def survey(
    connection: duckdb.DuckDBPyConnection, run: Run, draft: Draft, approval: Approval, teller: Teller
) -> Surveyed:
    """Compute a year again, hold it against its draft, and choose what to post of it."""
    with aside(run) as folder:
        computed = compute_year(connection, run, teller, folder, draft.fingerprint)
    of_all = payables(connection, draft)
    projects = selected(of_all, approval.projects)
    released_before = [project_id for project_id in projects if of_all[project_id].is_released]
    if len(released_before) < len(projects):
        require_unchanged(draft, computed.parts, released_before)
    choice = choose(connection, draft, of_all, projects, approval)
    return Surveyed(
        run,
        draft,
        computed.inputs,
        choice,
        len(of_all),
        owed_by_year(connection),
        caps_dkk(connection),
        recipients(connection, run.year),
        intended(connection),
    )


def held_together(years: Sequence[Surveyed], posted: ByYear, approval: Approval) -> list[Surveyed]:
    """Leave out the projects whose other years would not fit what is posted; `posted`: what the ledger holds."""
    choices = hold_apart([Chosen(year.run.year, year.choice, year.owed) for year in years], posted)
    require_together(choices, approval)
    return [replace(year, choice=choice) for year, choice in zip(years, choices, strict=True)]


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


def write_run(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    signature: Signature | None,
    folders: ExitStack,
    teller: Teller,
    computed: int,
) -> list[Written]:
    """Write everything of a release run, each year into a folder of its own, and check it.

    `folders`: how long they are kept. What is paid and claimed for all years stands in the last year's. `computed`: the
    year that the run's tables are of; the last one is written first, which spares computing it again.
    """
    written: list[Written] = []
    of_run = [entry for part in parts for entry in part.entries]
    of_projects = {decision: one for part in parts for decision, one in part.recipients.items()}
    together = netted(decided(of_run), payees_of([of_projects]))
    for part in reversed(parts):
        folder = folders.enter_context(aside(part.run)) / WRITTEN
        begin(folder, signature)
        if part.run.year != computed:
            compute_tables(connection, part.run, part.inputs, own_fingerprint=part.fingerprint)
        letters = write(connection, part, together, folder, teller)
        if part is parts[-1]:
            write_payment_files(part.inputs, of_run, of_projects, folder)
            reconcile_payments(connection, part.run, of_run, of_projects, folder)
        seal(part.entries, of_run, folder)
        written.insert(0, Written(part, letters, folder))
    return written


def begin(folder: Path, signature: Signature | None) -> None:
    """Make the folder of a year of a release run, with the signature that it is released by."""
    folder.mkdir()
    if signature is not None:
        signature.write(folder)


def write(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    together: Mapping[tuple[str, int], Netted],
    folder: Path,
    teller: Teller,
) -> list[LetterFacts]:
    """Write what a year of a release run has of its own, and check it; give its letters."""
    inputs, entries = part.inputs, part.entries
    letters = write_final_letters(connection, inputs, entries, together, folder, teller.step(phrase("letters")))
    write_annex_files(connection, letters, folder, teller.step(phrase("annexes")))
    write_hand_over_files(inputs, entries, part.recipients, letters, folder)
    reconcile_before_posting(connection, part.run, entries, folder)
    return letters


def publish(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    postings: Sequence[Posting],
    entries: Sequence[Entry],
    written: Sequence[Written],
) -> None:
    """Post all years of a run at once, and put their files in place, which lay ready before."""
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
    return released_year(year.draft, approved_by, year.choice, letters, entries, projects=year.projects, out=out)


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


def _listed(years: Sequence[int]) -> str:
    return " ".join(str(year) for year in years)

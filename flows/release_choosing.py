"""What a release would post: its years computed again, held against their drafts, and chosen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settle import compute_year
from tasks.base.progress import Teller
from tasks.base.run import Run
from tasks.handover.recipient import payees_of
from tasks.hearing.state import hearing_of, intended, not_decided
from tasks.hearing.task import sound_hearings
from tasks.release.approval import Approval
from tasks.release.choice import Choice, choose, payables, require_known
from tasks.release.draft import left_standing, preparing_accounts, require_approved, require_unchanged
from tasks.release.findings import hearings_awaited, legal_texts, one_account
from tasks.release.folder import aside
from tasks.release.hand_over import recipients
from tasks.release.netting import claimed
from tasks.release.plan import amounts_of, plan_of, planned_year
from tasks.release.signature import check
from tasks.release.task import find_draft
from tasks.release.together import ByYear, Chosen, caps_dkk, hold_apart, owed_by_year, posted_by_year, require_together

if TYPE_CHECKING:
    from decimal import Decimal

    import duckdb

    from tasks.handover.recipient import Recipients
    from tasks.hearing.record import Hearings
    from tasks.hearing.state import Hearing, Intended
    from tasks.register.inputs import Inputs
    from tasks.release.draft import Draft
    from tasks.release.plan import Plan


@dataclass(frozen=True)
class Surveyed:
    """A year that is computed and chosen from.

    `projects`: those that the draft covers; `owed`: the amounts that its state gives; `intended`: the decisions that
    municipalities are heard about, by project.
    """

    run: Run
    draft: Draft
    inputs: Inputs
    choice: Choice
    projects: tuple[str, ...]
    owed: ByYear
    caps_dkk: dict[str, Decimal]
    recipients: Recipients
    intended: dict[str, Intended]

    def heard(self, hearings: Hearings) -> dict[str, Hearing]:
        """Give the state of each project's hearing; `hearings`: about what is not decided yet."""
        year, today = self.run.year, self.run.now.today
        return {name: hearing_of(hearings, name, year, one, today) for name, one in self.intended.items()}


def look_ahead(
    connection: duckdb.DuckDBPyConnection, runs: Sequence[Run], approval: Approval, teller: Teller, approvers: Path
) -> tuple[list[Surveyed], Plan]:
    """Compute the years of a release and choose from them, and plan it; nothing is made.

    `approvers`: where the home's approvers stand, if it has any.

    Raises what refuses a release before anything is made, except findings that are not accepted, and a signature that
    is missing or refused.
    """
    now = runs[0].now
    hearings = not_decided(connection, sound_hearings(connection, runs[0].home).until(now.utc), now)
    drafts = [find_draft(connection, run.year, approval.approved_by) for run in runs]
    require_approved(drafts, approval.drafts)
    years = [survey(connection, as_drafted(*one), one[1], approval, teller) for one in zip(runs, drafts, strict=True)]
    require_known([name for year in years for name in year.projects], approval.projects)
    posted = posted_by_year(connection)
    years = held_together(years, posted, approval)
    approval.require_met(
        {one for year in years for one in year.choice.met},
        [run.year for run in runs],
        {name for year in years for name in year.choice.waivable},
    )
    heard = {year.run.year: year.heard(hearings) for year in years}
    planned = [
        planned_year(year.draft, year.choice, posted, year.owed, year.caps_dkk, heard[year.run.year]) for year in years
    ]
    kinds = {(one.project_id, one.year): one.kind for year in planned for one in year.projects}
    prepared_as = preparing_accounts(connection, [draft.fingerprint for draft in drafts])
    payees = payees_of(year.recipients for year in years)
    found = [
        *hearings_awaited({(project_id, year): heard[year][project_id] for project_id, year in kinds}),
        *legal_texts(years[0].inputs.rules.letters, kinds, claimed(amounts_of(planned), payees)),
        *(one_account(prepared_as, approval.approved_as) if kinds else []),
    ]
    signature = (
        check(
            approvers,
            approval.approved_by,
            {draft.prepared_by for draft in drafts},
            {draft.year: draft.fingerprint for draft in drafts},
            approval.signature,
            now.utc,
        )
        if kinds
        else None
    )
    return years, plan_of(planned, found, payees, signature)


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
    wanted = approval.projects
    projects = [project_id for project_id in sorted(of_all) if wanted is None or project_id in wanted]
    released_before = [project_id for project_id in projects if of_all[project_id].is_released]
    standing = [] if computed.parts == draft.parts else left_standing(connection, draft, run.now)
    if set(projects) <= {*released_before, *standing}:
        # The draft has nothing left to decide; later changes are for the next one.
        choice = choose(connection, draft, of_all, released_before, approval)
        unchanged = [project_id for project_id in projects if project_id not in released_before]
        choice = replace(choice, unchanged=tuple(unchanged))
    else:
        require_unchanged(draft, computed.parts, released_before)
        choice = choose(connection, draft, of_all, projects, approval)
    return Surveyed(
        run,
        draft,
        computed.inputs,
        choice,
        tuple(of_all),
        owed_by_year(connection),
        caps_dkk(connection),
        recipients(connection, run.year),
        intended(connection),
    )


def held_together(years: Sequence[Surveyed], posted: ByYear, approval: Approval) -> list[Surveyed]:
    """Leave out the projects whose other years would not fit what is posted; `posted`: what the ledger holds."""
    choices = hold_apart([Chosen(year.run.year, year.choice, year.owed) for year in years], posted)
    require_together({year.run.year: choice for year, choice in zip(years, choices, strict=True)}, approval)
    return [replace(year, choice=choice) for year, choice in zip(years, choices, strict=True)]

"""What a release would post, and the objections to it, before anything is written.

Source: the settlement, 'Before a release'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.handover.net import ZERO, Decision, net_by_payee, to_pay, to_repay
from tasks.ledger.entry import Component
from tasks.letters.kind import Kind, outcome
from tasks.release.findings import Finding
from tasks.release.signature import Checked

if TYPE_CHECKING:
    from datetime import date

    from tasks.hearing.state import Hearing
    from tasks.ledger.entry import Posting
    from tasks.register.municipalities import Municipality
    from tasks.release.choice import Choice
    from tasks.release.draft import Draft
    from tasks.release.together import ByYear

_LARGEST = 5
_MUCH = Decimal("0.25")


@dataclass(frozen=True)
class PlannedHearing:
    """The state of a project's hearing. `burdens`: why it is heard; days: None where there are none."""

    state: str
    is_awaited: bool
    burdens: tuple[str, ...]
    sent_on: date | None
    reply_by: date | None
    answered_on: date | None


@dataclass(frozen=True)
class PlannedProject:
    """One decision of one project and year; amounts in DKK.

    `before_dkk`, `after_dkk`: what the ledger holds for the year. `cap_left_dkk`: of the activity cap after the
    year. `odd`: why to look at it twice. `waived`: the reason for each waived hold, by code.
    """

    project_id: str
    year: int
    kind: Kind
    amount_dkk: Decimal
    before_dkk: Decimal
    after_dkk: Decimal
    cap_left_dkk: Decimal
    odd: tuple[str, ...]
    waived: dict[str, str]
    hearing: PlannedHearing


@dataclass(frozen=True)
class PlannedPayee:
    """What a municipality is paid, or owes, for all that the run decides, in DKK, as its hand-over nets it."""

    cvr: str
    name: str
    amount_dkk: Decimal


@dataclass(frozen=True)
class UndecidedYear:
    """An earlier year of a project, not decided yet, and what the state of this draft gives for it, in DKK."""

    project_id: str
    year: int
    amount_dkk: Decimal


@dataclass(frozen=True)
class PlannedYear:
    """A year of the plan. `held`: codes that were not waived, by project; `apart`: see the choice.

    `undecided`: the earlier years of its projects that neither the ledger nor the run decides.
    """

    year: int
    fingerprint: str
    prepared_by: str
    projects: tuple[PlannedProject, ...]
    held: dict[str, list[str]]
    apart: dict[str, tuple[int, ...]]
    unchanged: tuple[str, ...]
    released_before: tuple[str, ...]
    undecided: tuple[UndecidedYear, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A release before it is made. `largest`: project and year of the largest amounts; amounts in DKK.

    `signature`: the state of the approver's; None: nothing is to be posted.
    """

    years: tuple[PlannedYear, ...]
    findings: tuple[Finding, ...]
    payees: tuple[PlannedPayee, ...]
    largest: tuple[tuple[str, int], ...]
    signature: Checked | None = None

    @property
    def to_pay_dkk(self) -> Decimal:
        """What payees are paid."""
        return to_pay(one.amount_dkk for one in self.payees)

    @property
    def to_repay_dkk(self) -> Decimal:
        """What payees owe, as a positive amount."""
        return to_repay(one.amount_dkk for one in self.payees)


def planned_year(
    draft: Draft,
    choice: Choice,
    posted: ByYear,
    owed: ByYear,
    caps_dkk: Mapping[str, Decimal],
    heard: Mapping[str, Hearing],
) -> PlannedYear:
    """Plan a year. `posted`: what the ledger holds; `owed`: what the state gives; `caps_dkk`, `heard`: by project."""
    by_project: dict[str, list[Posting]] = defaultdict(list)
    for posting in choice.postings:
        by_project[posting.project_id].append(posting)
    projects = tuple(
        _project(draft.year, project_id, postings, posted, owed, caps_dkk[project_id], heard[project_id])
        for project_id, postings in sorted(by_project.items())
    )
    undecided = tuple(
        UndecidedYear(project_id, earlier, given_dkk)
        for project_id in by_project
        for earlier, amounts in owed[project_id].items()
        if earlier < draft.year
        and earlier not in posted.get(project_id, {})
        and (given_dkk := sum(amounts.values(), ZERO))
    )
    return PlannedYear(
        draft.year,
        draft.fingerprint,
        draft.prepared_by,
        projects,
        choice.held,
        choice.apart,
        choice.unchanged,
        choice.released_before,
        undecided,
    )


def amounts_of(years: Sequence[PlannedYear]) -> dict[Decision, Decimal]:
    """Give what years would decide, in DKK."""
    return {(one.project_id, one.year): one.amount_dkk for year in years for one in year.projects}


def plan_of(
    years: Sequence[PlannedYear],
    findings: Sequence[Finding],
    payees: Mapping[Decision, Municipality],
    signature: Checked | None,
) -> Plan:
    """Sum the years up; `payees`: who is paid for each project and year."""
    decisions = [one for year in years for one in year.projects]
    decided = amounts_of(years)
    nets = net_by_payee(decided, payees)
    largest = sorted((one for one in decisions if one.amount_dkk), key=lambda one: -abs(one.amount_dkk))[:_LARGEST]
    return Plan(
        tuple(
            replace(year, undecided=tuple(one for one in year.undecided if (one.project_id, one.year) not in decided))
            for year in years
        ),
        tuple(findings),
        tuple(
            PlannedPayee(payee.cvr, payee.full_name, nets[payee]) for payee in sorted(nets, key=lambda payee: payee.cvr)
        ),
        tuple((one.project_id, one.year) for one in largest),
        signature,
    )


def _project(
    year: int,
    project_id: str,
    postings: Sequence[Posting],
    posted: ByYear,
    owed: ByYear,
    cap_dkk: Decimal,
    hearing: Hearing,
) -> PlannedProject:
    before = posted.get(project_id, {}).get(year)
    before_dkk = sum(before.values(), ZERO) if before else ZERO
    amount_dkk = sum((one.amount_dkk for one in postings), ZERO)
    return PlannedProject(
        project_id,
        year,
        outcome(amount_dkk, is_settled_before=before is not None),
        amount_dkk,
        before_dkk,
        before_dkk + amount_dkk,
        cap_dkk - _activity(owed[project_id], year),
        _odd(amount_dkk, before_dkk, is_first=before is None),
        {waiver.code: waiver.reason for one in postings for waiver in one.waivers},
        PlannedHearing(
            hearing.state.value,
            hearing.is_awaited,
            hearing.burdens,
            hearing.letter.sent_on if hearing.letter else None,
            hearing.letter.reply_by if hearing.letter else None,
            hearing.answer.answered_on if hearing.answer else None,
        ),
    )


def _activity(of_years: Mapping[int, Mapping[Component, Decimal]], last_year: int) -> Decimal:
    return sum((amounts[Component.ACTIVITY] for year, amounts in of_years.items() if year <= last_year), ZERO)


def _odd(amount_dkk: Decimal, before_dkk: Decimal, *, is_first: bool) -> tuple[str, ...]:
    found = []
    if is_first:
        found.append("first")
    if amount_dkk < 0:
        found.append("negative")
    if amount_dkk == 0:
        found.append("zero")
    if before_dkk and abs(amount_dkk) > abs(before_dkk) * _MUCH:
        found.append("changed by more than a quarter")
    return tuple(found)

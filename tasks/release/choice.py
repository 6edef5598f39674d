"""Which projects a release posts, and which it leaves out and why.

Source: the settlement, 'Deciding, posting, correcting', 2.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.nearest import nearest_are
from tasks.base.worded import phrase
from tasks.ledger.entry import Component, Kind, Posting, Waiver
from tasks.validation.catalogue import PORTFOLIO, TOGETHER, holder_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.release.approval import Approval, WaivedHold
    from tasks.release.draft import Draft


@dataclass(frozen=True)
class Payable:
    """The amount payable to a project for a year, by component, in DKK.

    `is_settled_before`: the ledger has entries of the year from before the draft. `is_released`: the draft has.
    `is_decision`: whether there is anything to decide; a year that stands as it was posted needs no second letter.
    """

    by_component: dict[Component, Decimal]
    is_settled_before: bool
    is_released: bool
    is_decision: bool


@dataclass(frozen=True)
class Choice:
    """What a release makes of a draft's projects.

    `held`: codes that were not waived, by project. `apart`: the held projects whose years must be released together,
    each with those years. `unchanged`: settled before, with nothing to correct. `released_before`: from this same
    draft. `met`: the waivers that met a hold, now or at an earlier release of the draft. `waivable`: every hold that a
    waiver would meet, as PROJECT:CODE.
    """

    postings: tuple[Posting, ...]
    held: dict[str, list[str]]
    unchanged: tuple[str, ...]
    released_before: tuple[str, ...]
    met: frozenset[WaivedHold]
    waivable: frozenset[str] = frozenset()
    apart: dict[str, tuple[int, ...]] = field(default_factory=dict)


def payables(connection: duckdb.DuckDBPyConnection, draft: Draft) -> dict[str, Payable]:
    """Give the payable amounts, by project of the draft, from the run's tables."""
    rows = execute(connection, "release/payables", year=draft.year, fingerprint=draft.fingerprint).fetchall()
    found: dict[str, Payable] = {}
    for project_id, component, payable_dkk, *facts in rows:
        payable = found.setdefault(project_id, Payable({}, *facts))
        payable.by_component[Component(component)] = payable_dkk
    return found


def require_known(of_all: Iterable[str], wanted: Sequence[str] | None) -> None:
    """Raise InputError where a project is wanted that no draft of the run has; one may have begun in its last year."""
    known = sorted(set(of_all))
    for project_id in wanted or ():
        if project_id not in known:
            raise InputError(
                phrase(
                    "--project {project_id}: the draft has no such project{nearest}; if the register has it, settle "
                    "the year again, unless it begins after the year.",
                    project_id=mask(project_id),
                    nearest=nearest_are(project_id, known),
                )
            )


def choose(
    connection: duckdb.DuckDBPyConnection,
    draft: Draft,
    of_all: dict[str, Payable],
    projects: Collection[str],
    approval: Approval,
) -> Choice:
    """Choose which of `projects` to post: those that are not on hold, or whose every hold is waived.

    Whether a project's other years fit is left to `tasks.release.together`.

    Raises BusinessRefusal where some holds of a project are waived, and not all.
    """
    holds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for project_id, code, holder in execute(connection, "release/holds").fetchall():
        if code != TOGETHER:
            holds[project_id].append((holder or PORTFOLIO, code))
    reasons = {(one.project, one.code): one.reason for one in approval.waivers}
    postings: list[Posting] = []
    held: dict[str, list[str]] = {}
    unchanged, released_before = [], []
    for project_id in projects:
        payable = of_all[project_id]
        if payable.is_released:
            released_before.append(project_id)
        elif not payable.is_decision:
            unchanged.append(project_id)
        elif is_held := [code for holder, code in holds[project_id] if (holder, code) not in reasons]:
            _require_all(project_id, is_held, holds[project_id], approval)
            held[project_id] = is_held
        else:
            waived = tuple(Waiver(code, reasons[holder, code]) for holder, code in holds[project_id])
            postings += _postings(project_id, payable, waived, draft, approval.approved_by)
    raised = execute(connection, "draft/holds").fetchall()
    waivable = {(project_id or PORTFOLIO, code) for project_id, code in raised if code != TOGETHER}
    waivable |= _waived_before(connection, draft)
    met = frozenset(one for one in approval.waivers if (one.project, one.code) in waivable)
    names = frozenset(f"{project_id}:{code}" for project_id, code in waivable)
    return Choice(tuple(postings), held, tuple(unchanged), tuple(released_before), met, names)


def _require_all(project_id: str, held: Sequence[str], holds: Sequence[tuple[str, str]], approval: Approval) -> None:
    """Raise BusinessRefusal where only some of a project's own holds are waived; `held`: those that are not."""
    waived = [one.code for one in approval.waivers if one.project == project_id and (project_id, one.code) in holds]
    if waived:
        others = ", ".join(f"{holder_of(code, project_id)}:{code}" for code in held)
        raise BusinessRefusal(
            phrase(
                "{project_id} has other holds than {waived}: waive {others} too, or none of them.",
                project_id=mask(project_id),
                waived=", ".join(waived),
                others=others,
            )
        )


def _waived_before(connection: duckdb.DuckDBPyConnection, draft: Draft) -> set[tuple[str, str]]:
    """Give the holds that were waived when the draft was released before, each with its holder."""
    waived = execute(connection, "release/waived", fingerprint=draft.fingerprint).fetchall()
    return {(holder_of(code, project_id), code) for project_id, code in waived}


def _postings(
    project_id: str, payable: Payable, waived: tuple[Waiver, ...], draft: Draft, approved_by: str
) -> list[Posting]:
    """Give a project's postings: a first decision names both components, a correction those that change."""
    kind = Kind.ADJUSTMENT if payable.is_settled_before else Kind.SETTLEMENT
    return [
        Posting(
            project_id=project_id,
            year=draft.year,
            component=component,
            kind=kind,
            amount_dkk=amount_dkk,
            waivers=waived,
            draft_fingerprint=draft.fingerprint,
            prepared_by=draft.prepared_by,
            approved_by=approved_by,
        )
        for component, amount_dkk in payable.by_component.items()
        if amount_dkk or kind is Kind.SETTLEMENT
    ]

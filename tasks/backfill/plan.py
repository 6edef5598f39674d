"""The plan of a backfill: what it is going to draft, announced and kept before anything else is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.language import is_danish
from tasks.base.lines import amount
from tasks.base.run import preparer
from tasks.base.worded import Phrase, phrase, worded
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.rules.model import Rules

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Difference:
    """The correction planned for one year of one project; amounts in DKK.

    `is_settled_before`: the ledger holds an entry of it; otherwise it was never decided. `rows_changed`: registrations
    behind it. `causes`: text_da, text_en, amount_dkk; they add up to difference_dkk where the year was posted before.
    """

    year: int
    project_id: str
    entitlement_dkk: Decimal
    posted_dkk: Decimal
    difference_dkk: Decimal
    is_settled_before: bool
    rows_changed: int
    causes: list[dict[str, Any]]


@dataclass(frozen=True)
class Plan:
    """What a backfill is going to draft. `projects`: the only ones; None: all of the register."""

    years: list[int]
    projects: list[str] | None
    reason: str
    differences: list[Difference]

    def of(self, year: int) -> list[Difference]:
        """Give the differences of a year."""
        return [one for one in self.differences if one.year == year]


def years_from(from_year: int, to_year: int, rules: Rules) -> list[int]:
    """Give the years of a backfill, in order.

    Raises InputError when they are the wrong way round, or one is outside the programme.
    """
    if from_year > to_year:
        raise InputError(
            phrase(
                "The years are the wrong way round: name the first one first, {to_year} {from_year}.",
                to_year=to_year,
                from_year=from_year,
            )
        )
    for year in (from_year, to_year):
        if year not in rules.years:
            raise InputError(
                phrase(
                    "{year} is outside the programme: name years from {first} to {last}.",
                    year=year,
                    first=rules.years[0],
                    last=rules.years[-1],
                )
            )
    return list(range(from_year, to_year + 1))


def read_plan(
    connection: duckdb.DuckDBPyConnection, years: Sequence[int], projects: Sequence[str] | None, reason: str
) -> Plan:
    """Read the differences from the ledger out of the run's tables, which are computed for the last of the years."""
    found = execute(connection, "backfill/plan", years=list(years))
    return Plan(
        list(years),
        None if projects is None else sorted(projects),
        mask(reason),
        [Difference(*row) for row in found.fetchall()],
    )


def keep_plan(connection: duckdb.DuckDBPyConnection, run: Run, plan: Plan) -> None:
    """Keep the plan of a backfill that begins."""
    execute(
        connection,
        "backfill/add",
        from_year=plan.years[0],
        to_year=plan.years[-1],
        projects=plan.projects,
        reason=plan.reason,
        prepared_by=preparer(),
        started_at=run.now.timestamp,
        registrations_known_at=run.as_known_at and run.as_known_at.timestamp,
        plan=json.dumps(asdict(plan), default=str, ensure_ascii=False, sort_keys=True),
    )


def plan_as_text(plan: Plan) -> str:
    """Write a plan for a terminal: years, projects, rows, kroner up and down, and why."""
    lines = [
        worded("Plan: {plan}", plan=_titled(plan)),
        "",
        f"  {worded('Year'):<6}{worded('Projects'):>9}{worded('Rows'):>7}"
        f"{worded('Up, kr.'):>18}{worded('Down, kr.'):>18}{worded('Net, kr.'):>18}",
    ]
    lines += [_sum_line(str(year), plan.of(year)) for year in plan.years]
    lines.append(_sum_line(worded("Total"), plan.differences))
    for one in plan.differences:
        state = (
            worded("posted {amount}", amount=amount(one.posted_dkk))
            if one.is_settled_before
            else worded("never posted")
        )
        lines += ["", f"  {one.year} {one.project_id}: {amount(one.difference_dkk)} kr. ({state})"]
        lines += [
            f"    {amount(cause['amount_dkk']):>16}  {cause['text_da' if is_danish() else 'text_en']}"
            for cause in one.causes
        ]
    if plan.differences and plan.projects is None:
        lines += [
            "",
            worded("  A year is drafted whole: a project that was never decided and gets 0 kr. is decided, too."),
        ]
    return "\n".join(lines)


def sums_as_text(plan: Plan) -> str:
    """Sum a plan up in one line."""
    up, down = _sums(plan.differences)
    return f"{_titled(plan)}: up {amount(up)} kr., down {amount(down)} kr., net {amount(up + down)} kr."


def _titled(plan: Plan) -> Phrase:
    of = "" if plan.projects is None else phrase(" of {projects}", projects=", ".join(plan.projects))
    because = phrase(", because: {reason}", reason=plan.reason) if plan.reason else ""
    return phrase(
        "backfill {first}-{last}{of}{because}", first=plan.years[0], last=plan.years[-1], of=of, because=because
    )


def _sums(differences: Sequence[Difference]) -> tuple[Decimal, Decimal]:
    up = sum((one.difference_dkk for one in differences if one.difference_dkk > 0), ZERO)
    down = sum((one.difference_dkk for one in differences if one.difference_dkk < 0), ZERO)
    return up, down


def _sum_line(name: str, differences: Sequence[Difference]) -> str:
    up, down = _sums(differences)
    projects = len({one.project_id for one in differences})
    rows = sum(one.rows_changed for one in differences)
    return f"  {name:<6}{projects:>9}{rows:>7}{amount(up):>18}{amount(down):>18}{amount(up + down):>18}"

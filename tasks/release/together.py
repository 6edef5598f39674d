"""A project's years move together: after a release, each year that the ledger holds is what the same state gives.

Source: the settlement, "A project's years move together" (P12).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.lines import some
from tasks.base.worded import Phrase, joined, phrase
from tasks.ledger.entry import Component
from tasks.release.command import years_together
from tasks.validation.catalogue import TOGETHER, holder_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.release.approval import Approval
    from tasks.release.choice import Choice

ByYear = dict[str, dict[int, dict[Component, Decimal]]]
"""Amounts in DKK, by project, year and component."""


@dataclass(frozen=True)
class Chosen:
    """A year of a release, and what it would post. `owed`: what its state gives for every year."""

    year: int
    choice: Choice
    owed: ByYear


def owed_by_year(connection: duckdb.DuckDBPyConnection) -> ByYear:
    """Give what the state that was computed gives each project, for every programme year."""
    owed: ByYear = defaultdict(dict)
    for project_id, year, activity_dkk, fixed_dkk in execute(connection, "release/every_year").fetchall():
        owed[project_id][year] = {Component.ACTIVITY: activity_dkk, Component.FIXED: fixed_dkk}
    return owed


def caps_dkk(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """Give the cap of each project's activity grant over all years, in DKK."""
    return dict(execute(connection, "release/caps").fetchall())


def posted_by_year(connection: duckdb.DuckDBPyConnection, known_at: Moment | None = None) -> ByYear:
    """Give what the ledger holds at a moment (None: now); a year without an entry is left out."""
    posted: ByYear = defaultdict(dict)
    rows = execute(connection, "release/posted", known_at=known_at and known_at.timestamp).fetchall()
    for project_id, year, component, posted_dkk in rows:
        posted[project_id].setdefault(year, _nothing())[Component(component)] = posted_dkk
    return posted


def hold_apart(years: Sequence[Chosen], posted: ByYear) -> list[Choice]:
    """Leave out, in all years of a release, each project whose ledger would then differ from the state in another year.

    `posted`: what the ledger holds before. Gives the years' choices, in order.
    """
    posts: ByYear = defaultdict(dict)
    for one in years:
        for posting in one.choice.postings:
            posts[posting.project_id].setdefault(one.year, _nothing())[posting.component] += posting.amount_dkk
    apart = years_apart(posts, {one.year: one.owed for one in years}, posted)
    return [_without(one.choice, apart) for one in years]


def years_apart(posts: ByYear, owed: Mapping[int, ByYear], posted: ByYear) -> dict[str, set[int]]:
    """Give the projects whose ledger would differ from the state in a year, each with its years: those and the posted.

    `posts`: what a release would post; `owed`: what the state of each of its years gives for every year; `posted`: what
    the ledger holds before.
    """
    apart: dict[str, set[int]] = {}
    for project_id, own_years in posts.items():
        after = {year: dict(amounts) for year, amounts in posted.get(project_id, {}).items()}
        for year, amounts in own_years.items():
            before = after.get(year, _nothing())
            after[year] = {component: before[component] + amounts[component] for component in Component}
        differing = {
            year for own in own_years for year, amounts in after.items() if amounts != owed[own][project_id][year]
        }
        if differing:
            apart[project_id] = differing | own_years.keys()
    return apart


def require_together(choices: Mapping[int, Choice], approval: Approval) -> None:
    """Raise BusinessRefusal where P12 is waived, or where only projects are named that it leaves out.

    `choices`: by year.
    """
    apart = {project_id: years for one in choices.values() for project_id, years in one.apart.items()}
    waived = [one.project for one in approval.waivers if one.code == TOGETHER and one.project in apart]
    posts = any(one.postings for one in choices.values())
    named = sorted(apart) if approval.projects is not None and apart and not posts else []
    if waived or named:
        projects = waived or named
        held = {year: one.held for year, one in choices.items()}
        why = phrase("{rule} can't be waived", rule=TOGETHER) if waived else phrase("nothing is released")
        raise BusinessRefusal(
            phrase(
                "{projects}: {why}, because the ledger would hold another amount than the same registrations give "
                "({together}). {ends}",
                projects=some(projects),
                why=why,
                together=TOGETHER,
                ends=joined(" ", ends_of(held, {project_id: apart[project_id] for project_id in projects})),
            )
        )


def ends_of(held: Mapping[int, Mapping[str, Sequence[str]]], apart: Mapping[str, Collection[int]]) -> list[Phrase]:
    """Say what ends the rule for the projects that it leaves out: their other years' holds, or a draft of those years.

    `held`: the codes by project, for each year of the release. `apart`: the projects, each with its years.
    """
    waiting: dict[tuple[str, int, tuple[str, ...]], list[str]] = defaultdict(list)
    to_draft: set[int] = set()
    for project_id, years in apart.items():
        codes = {year: tuple(held.get(year, {}).get(project_id, ())) for year in years}
        by_others = {year: of_year for year, of_year in codes.items() if of_year and TOGETHER not in of_year}
        waits = ", ".join(str(year) for year, of_year in sorted(codes.items()) if TOGETHER in of_year)
        for year, of_year in by_others.items():
            waiting[waits, year, of_year].append(project_id)
        if not by_others:
            to_draft.update(years)
    told = [
        phrase(
            "{projects}: {years} waits for {year}, which is on hold by {codes}: waive {names}, or mend it and draft "
            "the years again.",
            projects=some(projects),
            years=waits,
            year=year,
            codes=", ".join(codes),
            names=some(list(dict.fromkeys(f"{holder_of(code, one)}:{code}" for one in projects for code in codes))),
        )
        for (waits, year, codes), projects in sorted(waiting.items())
    ]
    return [*told, years_together(sorted(to_draft))] if to_draft else told


def _without(choice: Choice, apart: Mapping[str, set[int]]) -> Choice:
    left_out = {posting.project_id for posting in choice.postings} & apart.keys()
    if not left_out:
        return choice
    held = choice.held | {project_id: [TOGETHER] for project_id in left_out}
    return replace(
        choice,
        postings=tuple(posting for posting in choice.postings if posting.project_id not in left_out),
        held=dict(sorted(held.items())),
        apart={project_id: tuple(sorted(apart[project_id])) for project_id in sorted(left_out)},
    )


def _nothing() -> dict[Component, Decimal]:
    return dict.fromkeys(Component, Decimal("0.00"))

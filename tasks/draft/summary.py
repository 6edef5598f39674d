"""A settlement summed up, for a person and for a program."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.validation.catalogue import PORTFOLIO, TOGETHER, rule_of
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class EarlierYear:
    """An earlier year that a backfill would correct; amounts in DKK.

    `projects`: how many projects differ. `up_dkk`: how much more is owed; `down_dkk`: how much less, below zero.
    """

    year: int
    projects: int
    up_dkk: Decimal
    down_dkk: Decimal


@dataclass(frozen=True)
class Unregistered:
    """A project that the register does not have, and what the ledger holds for it over all years, in DKK."""

    project_id: str
    posted_dkk: Decimal


@dataclass(frozen=True)
class WithoutEffect:
    """A delivery that came and that no settlement is made from, since a newer one of its project is in force.

    `delivery`: its folder. `received_at`: in UTC. `is_later`: received after the one in force, new or edited; otherwise
    it came when that was there already, or with it.
    """

    project_id: str
    delivery: str
    received_at: datetime
    is_refused: bool
    in_force_as_of: date
    is_later: bool


@dataclass(frozen=True)
class Summary:
    """A settlement in figures; amounts in DKK.

    `held_dkk`: the part of the payable amount that is on hold. `to_decide`: projects that a release would decide if
    none were on hold; `to_release`: those that a release of this year alone can decide; `apart`: those that wait for
    other years (P12), to be released together from `apart_from` to `apart_to`. `first_letters`: letters to projects
    without an entry for the year in the ledger. `holds`: codes by project (or PORTFOLIO). `rejected`: rows by rule;
    `titles`: the rules' names in English. `earlier`: years before it for which the ledger holds another amount than the
    same state gives. `unregistered`: projects that left the register after money was posted to them. `without_effect`:
    deliveries that came and change nothing. `out`: the folder of its files. `is_unchanged`: whether nothing has changed
    since the draft before, which stands. `passed_deadline`: the reply deadline that the first letters name, where it
    has passed. `released_with`: drafts, fingerprints by year, of years before that nothing has decided and that this
    one takes from. `findings`: what a release of all of them by this account would ask to be accepted today, by code.
    `is_all_held`: whether it would post nothing without a waiver. `not_started`: projects that start after the year.
    """

    year: int
    fingerprint: str
    projects: int
    missing: int
    participants: int
    controls: int
    starts: int
    completions: int
    entitlement_dkk: Decimal
    payable_dkk: Decimal
    held_dkk: Decimal
    to_decide: int
    to_release: int
    apart: int
    apart_from: int | None
    apart_to: int | None
    first_letters: int
    holds: dict[str, list[str]]
    rejected: dict[str, int]
    titles: dict[str, str]
    earlier: list[EarlierYear]
    unregistered: list[Unregistered]
    without_effect: list[WithoutEffect]
    out: Path
    is_unchanged: bool = False
    passed_deadline: date | None = None
    released_with: dict[int, str] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)
    is_all_held: bool = False
    not_started: int = 0

    @property
    def is_unknown(self) -> bool:
        """Whether no project has a delivery, so that no sum is known: 0 would be a claim."""
        return self.missing == self.projects

    @property
    def backfill(self) -> str | None:
        """The command that would draft the differences of earlier years; None where there are none."""
        return backfill_of([one.year for one in self.earlier])

    @property
    def together(self) -> str | None:
        """The command that drafts the years which projects wait for, to be released together; None: none waits.

        It drafts the earlier years that differ, too: one command does it all.
        """
        if self.apart_from is None:
            return None
        return backfill_of([one.year for one in self.earlier], self.apart_from, self.apart_to)


def backfill_of(differing: Iterable[int], apart_from: int | None = None, apart_to: int | None = None) -> str | None:
    """Give the one backfill of earlier years that differ and the years that projects wait for; None where none is.

    `apart_from`, `apart_to`: the first and the last year that projects wait for (P12); None: none waits.
    """
    years = [*differing, *(year for year in (apart_from, apart_to) if year is not None)]
    return backfill_command(years) if years else None


def backfill_command(years: Collection[int]) -> str:
    """Write the command that settles again the first of some years, the last and those between."""
    return f"jobfirst backfill {min(years)} {max(years)}"


def summarise(connection: duckdb.DuckDBPyConnection, year: int, fingerprint: str, out: Path) -> Summary:
    """Sum a settlement up from the run's tables."""
    (figures,) = rows_of(connection, "draft/summary", year=year, together=TOGETHER)
    holds: dict[str, list[str]] = {}
    for project_id, code in execute(connection, "draft/holds").fetchall():
        holds.setdefault(project_id or PORTFOLIO, []).append(code)
    rejected = dict(execute(connection, "draft/rejected_by_rule").fetchall())
    titles = {code: rule_of(code).title_en for code in rejected}
    earlier = [EarlierYear(*row) for row in execute(connection, "draft/earlier_years").fetchall()]
    unregistered = [Unregistered(*row) for row in execute(connection, "draft/unregistered").fetchall()]
    without_effect = [WithoutEffect(**row) for row in rows_of(connection, "draft/without_effect")]
    return Summary(
        year=year,
        fingerprint=fingerprint,
        holds=holds,
        rejected=rejected,
        titles=titles,
        earlier=earlier,
        unregistered=unregistered,
        without_effect=without_effect,
        out=out,
        **figures,
    )

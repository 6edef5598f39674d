"""What a check found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.base.worded import Both
from tasks.intake.tables import ALL_TABLES, Kind
from tasks.validation.catalogue import load_catalogue

if TYPE_CHECKING:
    from tasks.intake.contents import TableText
    from tasks.validation.catalogue import Rule

_KEYS = frozenset[str]().union(*(table.of_kind(Kind.ID) for table in ALL_TABLES))
_COLUMNS = {table.name: table.columns for table in ALL_TABLES}
ZERO = Decimal("0.00")
"""Kroner with the two decimals that every amount has."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A row that breaks a rule.

    `row_no`: as a spreadsheet numbers it; `cell`: the cell to look at, as a spreadsheet names it. `lost_dkk`: what the
    row would give if it counted; None where that can't be computed. `is_odd`: the row as a whole seems not to belong to
    the table, and the message says what it seems to be.
    """

    row_no: int
    key: str
    message: Both
    lost_dkk: Decimal | None
    cell: str = ""
    is_odd: bool = False


@dataclass(frozen=True)
class BrokenRule:
    """A rule that rows of a table break. `columns`: those that the rule is about; look at the first one first."""

    rule: Rule
    table: str
    file: str
    columns: tuple[str, ...]
    spots: tuple[Spot, ...]

    @property
    def lost_dkk(self) -> Decimal:
        """The most that these rows cost, each taken by itself, in DKK."""
        return sum((spot.lost_dkk or ZERO for spot in self.spots), ZERO)

    @property
    def unreckoned(self) -> int:
        """How many of these rows have an amount that can't be computed."""
        return sum(spot.lost_dkk is None for spot in self.spots)


@dataclass(frozen=True)
class BrokenWhole:
    """A rule that the delivery, or the project, breaks as a whole; `places`: what is wrong, and where."""

    rule: Rule
    places: tuple[Both, ...]


@dataclass(frozen=True)
class TableRows:
    """How many rows of a table were received (wholly blank ones aside) and rejected, and what the rejected cost.

    `costly`: the rejected that would give something; `unreckoned`: the rejected whose amount can't be computed.
    """

    table: str
    file: str
    received: int
    rejected: int
    costly: int
    lost_dkk: Decimal
    unreckoned: int = 0


@dataclass(frozen=True)
class YearMoney:
    """What the delivery gives for a year, in DKK."""

    year: int
    starts: int
    completions: int
    gross_activity_dkk: Decimal
    activity_dkk: Decimal
    wages_dkk: Decimal
    fixed_dkk: Decimal
    entitlement_dkk: Decimal


@dataclass(frozen=True)
class Money:
    """What the delivery gives, to the end of the last year that it reaches. `cap_dkk`: None where it is unknown."""

    years: tuple[YearMoney, ...]
    cap_dkk: Decimal | None
    fixed_max_dkk: Decimal

    @property
    def gross_activity_dkk(self) -> Decimal:
        """The activity grant of all years before the cap."""
        return sum((year.gross_activity_dkk for year in self.years), ZERO)

    @property
    def activity_dkk(self) -> Decimal:
        """The activity grant of all years."""
        return sum((year.activity_dkk for year in self.years), ZERO)

    @property
    def wages_dkk(self) -> Decimal:
        """The documented wages of all years."""
        return sum((year.wages_dkk for year in self.years), ZERO)

    @property
    def fixed_dkk(self) -> Decimal:
        """The fixed grant of all years."""
        return sum((year.fixed_dkk for year in self.years), ZERO)

    @property
    def entitlement_dkk(self) -> Decimal:
        """All that the delivery gives."""
        return self.activity_dkk + self.fixed_dkk


@dataclass(frozen=True)
class Difference:
    """What became of a table's registrations since the delivery before.

    `how`: 'came', 'went', 'changed'. `before_dkk`, `now_dkk`: of udgifter, their amounts. `keys`: the first of them.
    """

    table: str
    how: str
    count: int
    before_dkk: Decimal
    now_dkk: Decimal
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """The delivery before, and what differs. `before_dkk`, `now_dkk`: all that each of the two deliveries gives."""

    name: str
    as_of_date: date | None
    differences: tuple[Difference, ...]
    before_dkk: Decimal
    now_dkk: Decimal


@dataclass(frozen=True)
class NotMade:
    """Checks that were not made, or only in part, and why."""

    codes: tuple[str, ...]
    reason: Both


@dataclass(frozen=True)
class Checked:
    """Everything that a check found.

    `project_id`, `as_of_date`: None where they are not given. `due_year`: the year whose settlement `holds` is about.
    `texts`: the tables as they were read; where the delivery is refused, those that could be. `before`: what differs
    from the delivery before, where that was given.
    """

    name: str
    project_id: str | None
    as_of_date: date | None
    is_accepted: bool
    faults: tuple[BrokenWhole, ...]
    not_made: tuple[NotMade, ...]
    broken: tuple[BrokenRule, ...] = ()
    holds: tuple[BrokenWhole, ...] = ()
    tables: tuple[TableRows, ...] = ()
    due_year: int | None = None
    money: Money | None = None
    before: Before | None = None
    texts: Mapping[str, TableText] = field(default_factory=dict, repr=False)

    @property
    def rejected(self) -> int:
        """How many rows are rejected."""
        return sum(table.rejected for table in self.tables)

    @property
    def received(self) -> int:
        """How many rows there are."""
        return sum(table.received for table in self.tables)

    @property
    def unreckoned(self) -> int:
        """How many of the rejected rows have an amount that can't be computed."""
        return sum(table.unreckoned for table in self.tables)

    @property
    def is_clean(self) -> bool:
        """Whether the delivery is accepted with no row rejected."""
        return self.is_accepted and self.rejected == 0

    @property
    def lost_dkk(self) -> Decimal:
        """The most that the rejected rows cost, each taken by itself, in DKK."""
        return sum((table.lost_dkk for table in self.tables), ZERO)


def columns_of(rule: Rule, table: str) -> tuple[str, ...]:
    """Give the columns of a table that a rule's message names, in its order; a key only where it comes first."""
    named = [word for word in re.findall(r"[\w-]+", rule.message_da) if word in _COLUMNS[table]]
    distinct = list(dict.fromkeys(named))
    return tuple(name for at, name in enumerate(distinct) if at == 0 or name not in _KEYS)


def rules_by_column(table: str) -> dict[str, list[str]]:
    """Give the codes of the rules whose message names a column of a table, by column; kontroltal has none."""
    found: dict[str, list[str]] = {}
    for suite in load_catalogue().values():
        for rule in suite.rules if suite.name == table else ():
            for column in columns_of(rule, table):
                found.setdefault(column, []).append(rule.code)
    return found

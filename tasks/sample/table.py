"""A made-up table, column by column, as a delivery of any day takes it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.intake.tables import TABLES, Kind

# A day is a proleptic ordinal (`date.toordinal`), an amount a whole number of øre, weekly hours a whole number of
# tenths. A string in a column of days, amounts or hours is an error that was planted there; None is blank.
Cell = str | int | None

# The delivered columns that are neither text nor code.
DAY_COLUMNS, AMOUNT_COLUMNS, HOURS_COLUMNS = (
    frozenset().union(*(table.of_kind(kind) for table in TABLES)) for kind in (Kind.DAY, Kind.AMOUNT, Kind.HOURS)
)


@dataclass
class Table:
    """The rows of one project's table in the order in which they were registered.

    `known_from`: the day each row was registered, ascending. `cut_short`, `run_over`: rows that lack their last
    field, or have one more (R01). `withdrawn`: rows that only the first delivery has. `tells_end`: running spells
    whose planned end is written. `first_end`: the ends that the first delivery has, where they were corrected later.
    """

    name: str
    columns: dict[str, list[Cell]]
    known_from: list[int]
    cut_short: set[int] = field(default_factory=set)
    run_over: set[int] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    tells_end: set[int] = field(default_factory=set)
    first_end: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.known_from)

    def as_of(self, day: int, *, is_first: bool) -> Table:
        """Give the table as it is delivered on `day`: the rows that were registered by then."""
        count = bisect_right(self.known_from, day)
        columns = {name: cells[:count] for name, cells in self.columns.items()}
        if "slutdato" in columns:
            columns["slutdato"] = self._ends(columns["slutdato"], day, is_first=is_first)
        if is_first or not self.withdrawn:
            return Table(self.name, columns, self.known_from[:count], self.cut_short, self.run_over)
        kept = [row for row in range(count) if row not in self.withdrawn]
        return Table(
            self.name,
            {name: [cells[row] for row in kept] for name, cells in columns.items()},
            [self.known_from[row] for row in kept],
            {self.position(row) for row in self.cut_short},
            {self.position(row) for row in self.run_over},
        )

    def position(self, row: int) -> int:
        """Give a row's place among the rows that were not withdrawn."""
        return row - sum(gone < row for gone in self.withdrawn)

    def _ends(self, ends: Sequence[Cell], day: int, *, is_first: bool) -> list[Cell]:
        shown = list(ends)
        if is_first:
            for row, end in self.first_end.items():
                if row < len(shown):
                    shown[row] = end
        planned = self.tells_end
        return [
            None if end.__class__ is int and end > day and row not in planned else end for row, end in enumerate(shown)
        ]

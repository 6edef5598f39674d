"""Life tables: how many of those still at risk have an event, in steps of 30 days since the event that it follows.

`sql/forecast/life_tables.sql` makes them. All times are days. Floating point: estimates, never money that is owed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tasks.forecast.world import Days, World
from tasks.warehouse.frames import registered
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    import duckdb

STEP_DAYS = 30
LOW_SHARE = 0.10
"""The percentile of the project whose tables are the low ones."""
_TAIL_STEPS = 3


@dataclass(frozen=True)
class LifeTable:
    """The accumulated hazard at the end of each step, from 0 at day 0.

    `tail`: the hazard a day after the last step observed; 0: nothing more is expected.
    """

    accumulated: Days
    tail: float = 0.0

    def survival(self, days: Days) -> Days:
        """Give the chance of having had no event yet after so many days; 1 before the first."""
        ends = np.arange(len(self.accumulated)) * STEP_DAYS
        beyond = np.maximum(days - ends[-1], 0.0)
        hazard = np.interp(days, ends, self.accumulated) + beyond * self.tail
        return np.asarray(np.exp(-hazard), dtype=np.float64)

    def with_tail(self) -> LifeTable:
        """Let the rate of the last three steps go on after the last one observed."""
        steps = min(_TAIL_STEPS, len(self.accumulated) - 1)
        if not steps:
            return self
        return LifeTable(self.accumulated, (self.accumulated[-1] - self.accumulated[-1 - steps]) / (steps * STEP_DAYS))


@dataclass(frozen=True)
class LifeTables:
    """The tables from enrolment to start, and from start to completion."""

    start: LifeTable
    completion: LifeTable

    def with_tail(self) -> LifeTables:
        """Let both go on after the last step observed."""
        return LifeTables(self.start.with_tail(), self.completion.with_tail())


def life_tables(connection: duckdb.DuckDBPyConnection, world: World, as_of: Mapping[str, int]) -> dict[str, LifeTables]:
    """Make the tables of each band from what had happened by each project's as-of day."""
    import polars as pl

    projects = pl.DataFrame(list(as_of.items()), schema={"project_id": pl.String, "as_of_day": pl.Int32}, orient="row")
    with registered(connection, known_participants=world.participants(), known_projects=projects):
        rows = rows_of(connection, "forecast/life_tables", step_days=STEP_DAYS, low_share=LOW_SHARE)

    def table(band: str, event: str) -> LifeTable:
        hazards = [row["hazard"] for row in rows if (row["band"], row["event"]) == (band, event)]
        return LifeTable(np.array([0.0, *hazards]))

    low, expected = (LifeTables(table(band, "start"), table(band, "completion")) for band in ("low", "expected"))
    return {"low": low, "expected": expected, "high": expected.with_tail()}

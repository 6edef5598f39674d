"""The estimate of each project, by band and by the days to come: life tables times rates, chance, and wages.

In floating point: no settlement reads it. All days are days since the programme's first day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tasks.forecast.life_table import LifeTable, LifeTables, life_tables
from tasks.forecast.world import Days, Grant, People, World

if TYPE_CHECKING:
    import duckdb

CHANCE = 1.65
"""How many standard deviations of chance the band has on either side: measured, so that eight in ten fall within it."""
CELL_DAYS = 15
_MONTH_DAYS = 30
SIGNS = {"low": -1, "expected": 0, "high": 1}
BANDS = tuple(SIGNS)


@dataclass(frozen=True)
class Estimate:
    """A project by band, by each edge of the grid, in DKK. `events`: expected to come.

    `by_tables`: by the life tables alone, which go wrong for all projects together. `by_chance`: how far chance widens
    the band, for each project by itself.
    """

    edges: Days
    by_tables: Mapping[str, Days]
    by_chance: Mapping[str, Days]
    events: float

    def end(self, band: str) -> float:
        """Give the amount on the last day."""
        return float(self.by_tables[band][-1] + SIGNS[band] * self.by_chance[band][-1])


def sum_of(estimates: Sequence[Estimate], band: str) -> float:
    """Give the sum of all projects at the end: tables add up, and the projects' own chances partly cancel out."""
    sums = sum(float(one.by_tables[band][-1]) for one in estimates)
    return sums + SIGNS[band] * float(np.sqrt(sum(float(one.by_chance[band][-1]) ** 2 for one in estimates)))


def estimates_of(
    connection: duckdb.DuckDBPyConnection, world: World, as_of: Mapping[str, int], until: Mapping[str, int]
) -> dict[str, Estimate]:
    """Estimate the cost of each project that has an as-of day, by the days from it to its day `until`."""
    bands = life_tables(connection, world, as_of)
    return {
        grant.project_id: _estimate(
            world,
            grant,
            world.people[grant.project_id].known_on(as_of[grant.project_id]),
            as_of[grant.project_id],
            until[grant.project_id],
            bands,
        )
        for grant in world.grants
        if grant.project_id in as_of
    }


def _estimate(
    world: World, grant: Grant, people: People, as_of: int, until: int, bands: Mapping[str, LifeTables]
) -> Estimate:
    edges = np.unique(np.concatenate([np.arange(as_of, until, CELL_DAYS), [until]])).astype(np.float64)
    edges = edges if len(edges) > 1 else np.array([as_of, as_of], dtype=np.float64)
    granted = people.granted_by(np.array([as_of], dtype=np.float64))[0]
    wages = world.wages[grant.project_id]
    spent = float(wages[wages[:, 0] <= as_of, 1].sum())
    rate = max(spent, 0.0) / max(as_of - grant.first_day + 1, 1)
    fixed = np.clip(spent + rate * (edges - as_of), 0, float(grant.fixed_max_dkk))
    window_start, window_end = max(as_of, grant.first_day), min(grant.window_end_day - 1, until)
    newcomers = max(grant.target - len(people.enrolled), 0) if window_end > window_start else 0
    newly = _Newcomers(newcomers, (window_start + window_end) / 2 - as_of)
    coming = {band: _coming(world, people, as_of, edges, tables, newly) for band, tables in bands.items()}
    sums = {band: one.sums for band, one in coming.items()}
    by_chance = CHANCE * np.sqrt(coming["expected"].variance)
    wages_by_chance = CHANCE * _spread(wages, grant.first_day, as_of) * np.sqrt((edges - as_of) / _MONTH_DAYS)
    cap, fixed_max = float(grant.cap_dkk), float(grant.fixed_max_dkk)
    lowest = np.minimum(sums["low"], sums["expected"])
    highest = np.maximum(sums["high"], sums["expected"])
    by_tables = {
        "low": np.minimum(granted + lowest, cap) + fixed,
        "expected": np.minimum(granted + sums["expected"], cap) + fixed,
        "high": np.minimum(granted + highest, cap) + fixed,
    }
    least = np.minimum(granted + np.maximum(lowest - by_chance, 0), cap) + np.maximum(fixed - wages_by_chance, fixed[0])
    most = np.minimum(granted + highest + by_chance, cap) + np.minimum(fixed + wages_by_chance, fixed_max)
    return Estimate(
        edges,
        by_tables,
        {"low": by_tables["low"] - least, "expected": np.zeros(len(edges)), "high": most - by_tables["high"]},
        coming["expected"].events,
    )


def _spread(wages: npt.NDArray[np.float64], first_day: int, as_of: int) -> float:
    """Give the standard deviation of a month's wages, in DKK."""
    months = max(-(-(as_of - first_day) // _MONTH_DAYS), 1)
    known = wages[(wages[:, 0] >= first_day) & (wages[:, 0] <= as_of)]
    at = np.minimum((known[:, 0] - first_day) // _MONTH_DAYS, months - 1).astype(int)
    return float(np.bincount(at, weights=known[:, 1], minlength=months).std())


@dataclass(frozen=True)
class _Newcomers:
    """Participants yet to be enrolled, and in how many days on average."""

    count: int
    enrolled_in: float


@dataclass(frozen=True)
class _Coming:
    """What is still to come, within each cell between two edges.

    `starts`, `completions`: each one's chance of the event. `*_dkk`: what the event pays.
    """

    starts: npt.NDArray[np.float64]
    completions: npt.NDArray[np.float64]
    start_dkk: Days
    completion_dkk: Days

    @property
    def sums(self) -> Days:
        """The amounts to come by each edge, in DKK before the ceiling."""
        money = self.starts.sum(axis=0) * self.start_dkk + self.completions.sum(axis=0) * self.completion_dkk
        return np.concatenate([[0.0], np.cumsum(money)])

    @property
    def variance(self) -> Days:
        """How far the sums by each edge vary by chance alone."""
        of_starts = _variance(self.starts) * self.start_dkk.max(initial=0) ** 2
        of_completions = _variance(self.completions) * self.completion_dkk.max(initial=0) ** 2
        return np.asarray(of_starts + of_completions)

    @property
    def events(self) -> float:
        """How many events are expected."""
        return float(self.starts.sum() + self.completions.sum())


def _coming(world: World, people: People, as_of: int, edges: Days, tables: LifeTables, newly: _Newcomers) -> _Coming:
    ahead = edges - as_of
    middles = (edges[:-1] + edges[1:]) / 2
    waiting = np.isnan(people.start)
    under_way = ~waiting & np.isnan(people.completion)
    since_start = np.maximum(edges[np.newaxis, :] - middles[:, np.newaxis], 0)
    after_start = -np.diff(tables.completion.survival(since_start), axis=1)
    new = np.full(newly.count, -newly.enrolled_in)
    starts = _chances(tables.start, np.concatenate([as_of - people.enrolled[waiting], new]), ahead)
    completions = np.concatenate(
        [starts @ after_start, _chances(tables.completion, as_of - people.start[under_way], ahead)]
    )
    return _Coming(starts, completions, _rate(world.rates["start"], middles), _rate(world.rates["completion"], middles))


def _variance(chances: npt.NDArray[np.float64]) -> Days:
    """Give the variance of how many have had the event by each edge."""
    by_then = np.minimum(np.cumsum(chances, axis=1), 1.0)
    return np.concatenate([[0.0], (by_then * (1 - by_then)).sum(axis=0)])


def _chances(table: LifeTable, waited: Days, ahead: Days) -> npt.NDArray[np.float64]:
    """Give each one's chance of the event within each cell, given that it has not come in the days waited.

    `ahead`: the days to each edge; the first edge is now.
    """
    surviving = table.survival(np.maximum(waited[:, np.newaxis] + ahead[np.newaxis, :], 0))
    return np.asarray(-np.diff(surviving, axis=1) / np.maximum(surviving[:, :1], 1e-12))


def _rate(periods: Sequence[tuple[int, int, float]], days: Days) -> Days:
    rate = np.zeros(len(days))
    for start, end, amount in periods:
        rate[(days >= start) & (days < end + 1)] = amount
    return rate

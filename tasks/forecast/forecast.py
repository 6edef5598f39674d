"""What the programme comes to at its last day, from a run's tables, and how well that would have been told before.

Source: what-if, 'jobfirst forecast'. It reads the run's tables and makes none. All days are days since the programme's
first day. What is still to come is an estimate in floating point; what is granted and what is promised is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tasks.forecast.life_table import Days, LifeTable, life_table, percentile
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    import duckdb

LOW_SHARE = 0.10
FEWEST_PROJECTS, FEWEST_PARTICIPANTS = 5, 100
YEAR_DAYS = 365
CHANCE = 1.65
"""How many standard deviations of chance the band has on either side: measured, so that eight of ten come within it."""
_CELL_DAYS = 15
_MONTH_DAYS = 30
_THOUSAND = Decimal(1000)
_SIGNS = {"low": -1, "expected": 0, "high": 1}
_BANDS = tuple(_SIGNS)


@dataclass(frozen=True)
class Grant:
    """A project's grant and state.

    as_of_day: of its delivery, the settled year's last day at most; the newest of all, where it has none.
    so_far: in DKK, exact.
    """

    project_id: str
    lead_municipality: str
    as_of_date: date | None
    as_of_day: int
    first_day: int
    window_end_day: int
    target: int
    so_far_dkk: Decimal
    cap_dkk: Decimal
    fixed_max_dkk: Decimal
    posted_dkk: Decimal


@dataclass(frozen=True)
class People:
    """The participants of a project: days, nan where there is none; what each event pays, in DKK."""

    enrolled: Days
    start: Days
    completion: Days
    start_dkk: Days
    completion_dkk: Days

    def known_on(self, day: int) -> People:
        """Give what had happened by a day."""
        seen = self.enrolled <= day
        return People(
            self.enrolled[seen],
            np.where(self.start <= day, self.start, np.nan)[seen],
            np.where(self.completion <= day, self.completion, np.nan)[seen],
            self.start_dkk[seen],
            self.completion_dkk[seen],
        )

    def granted_by(self, days: Days) -> Days:
        """Give what their events come to by each of some days, in DKK, before the ceiling."""
        come = np.concatenate([self.start, self.completion])
        paid = np.concatenate([self.start_dkk, self.completion_dkk])
        there = ~np.isnan(come)
        order = np.argsort(come[there], kind="stable")
        sums = np.concatenate([[0.0], np.cumsum(paid[there][order])])
        return np.asarray(sums[np.searchsorted(come[there][order], days, side="right")])


@dataclass(frozen=True)
class World:
    """All that a forecast is made from. wages: (day, DKK) by project. rates: (from, to, DKK) by event."""

    first_date: date
    last_day: int
    appropriation_dkk: Decimal
    grants: tuple[Grant, ...]
    people: Mapping[str, People]
    wages: Mapping[str, npt.NDArray[np.float64]]
    rates: Mapping[str, Sequence[tuple[int, int, float]]]

    @property
    def newest_day(self) -> int:
        """The newest day that any delivery describes."""
        return max((grant.as_of_day for grant in self.grants), default=0)


@dataclass(frozen=True)
class ProjectForecast:
    """A project's forecast in DKK; low, expected and high are None where too little is known to tell them."""

    project_id: str
    lead_municipality: str
    so_far: Decimal
    low: Decimal | None
    expected: Decimal | None
    high: Decimal | None
    most: Decimal
    posted: Decimal
    enrolled: int
    target: int
    events_so_far: int
    events_expected: int | None
    as_of: date | None


@dataclass(frozen=True)
class Backtest:
    """The forecast from what had happened a year before, against what came; amounts in DKK."""

    as_of: date
    until: date
    projects: int
    within: int
    low: Decimal
    expected: Decimal
    high: Decimal
    came: Decimal

    @property
    def is_within(self) -> bool:
        """Whether what came of all projects lies within the band of all."""
        return self.low <= self.came <= self.high


@dataclass(frozen=True)
class Point:
    """The programme's cost by a day, in DKK; before the newest as-of date all three are what was granted."""

    day: date
    low: float
    expected: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """The whole forecast.

    in_all: each column of amounts over all projects, without those that can't be estimated. The band of all is
    narrower than the sum of the projects' bands: chances partly cancel out.
    why_not: why nothing but so far and most is given. passes_on: the day on which expected passes the appropriation.
    """

    as_of: date
    last_date: date
    appropriation: Decimal
    projects: tuple[ProjectForecast, ...]
    in_all: Mapping[str, Decimal]
    points: tuple[Point, ...]
    passes_on: date | None
    backtest: Backtest | None
    why_no_backtest: str | None
    why_not: str | None


def forecast(connection: duckdb.DuckDBPyConnection) -> Forecast:
    """Forecast from the run's tables: from the deliveries' state, or the settled year's end where that is earlier."""
    return forecast_of(read_world(connection))


def read_world(connection: duckdb.DuckDBPyConnection) -> World:
    """Read what a forecast is made from."""
    (programme,) = rows_of(connection, "forecast/programme")
    rows = rows_of(connection, "forecast/projects")
    first = programme["programme_first_day"]
    last_day = (programme["programme_last_day"] - first).days
    # What is granted is known to the settled year's last day, whatever a delivery made later describes.
    settled_to = min((programme["year_last_day"] - first).days, last_day)
    newest = min(max((row["as_of_day"] for row in rows if row["as_of_day"] is not None), default=0), settled_to)
    grants = tuple(
        Grant(**row | {"as_of_day": newest if row["as_of_day"] is None else min(row["as_of_day"], settled_to)})
        for row in rows
    )
    people = rows_of(connection, "forecast/participants")
    wages = rows_of(connection, "forecast/wages")
    by_project: dict[str, list[dict[str, Any]]] = {grant.project_id: [] for grant in grants}
    paid: dict[str, list[tuple[float, float]]] = {grant.project_id: [] for grant in grants}
    for row in people:
        by_project[row["project_id"]].append(row)
    for row in wages:
        paid[row["project_id"]].append((row["day"], row["amount_dkk"]))
    rates: dict[str, list[tuple[int, int, float]]] = {"start": [], "completion": []}
    for row in rows_of(connection, "forecast/rates"):
        rates.setdefault(row["rate"], []).append((row["valid_from_day"], row["valid_to_day"], row["amount_dkk"]))
    return World(
        first,
        last_day,
        programme["appropriation_dkk"],
        grants,
        {name: _people(of_project) for name, of_project in by_project.items()},
        {name: np.array(of_project, dtype=np.float64).reshape(-1, 2) for name, of_project in paid.items()},
        rates,
    )


def _people(rows: Sequence[Mapping[str, Any]]) -> People:
    def column(name: str) -> Days:
        return np.array([np.nan if row[name] is None else row[name] for row in rows], dtype=np.float64)

    return People(
        *(column(name) for name in ("enrolled_day", "start_day", "completion_day", "start_dkk", "completion_dkk"))
    )


def forecast_of(world: World) -> Forecast:
    """Forecast from a world, with its backtest."""
    as_of = {grant.project_id: grant.as_of_day for grant in world.grants}
    why_not = _too_little(world, as_of)
    ends = {} if why_not else _estimates(world, as_of, dict.fromkeys(as_of, world.last_day))
    projects = tuple(_project(world, grant, ends.get(grant.project_id)) for grant in world.grants)
    points = _points(world, ends) if ends else ()
    newest = world.first_date + timedelta(days=world.newest_day)
    passes = next(
        (one.day for one in points if one.day > newest and one.expected > float(world.appropriation_dkk)), None
    )
    backtest, why_no_backtest = _backtest(world)
    return Forecast(
        newest,
        world.first_date + timedelta(days=world.last_day),
        world.appropriation_dkk,
        projects,
        _amounts_in_all(projects, list(ends.values())),
        points,
        passes,
        backtest,
        why_no_backtest,
        why_not,
    )


def _too_little(world: World, as_of: Mapping[str, int]) -> str | None:
    people = {name: len(world.people[name].known_on(day).enrolled) for name, day in as_of.items()}
    projects, participants = sum(count > 0 for count in people.values()), sum(people.values())
    if projects < FEWEST_PROJECTS:
        return f"{projects} projects have participants, and a life table of fewer than {FEWEST_PROJECTS} says little"
    if participants < FEWEST_PARTICIPANTS:
        return (
            f"there are {participants} participants, and a life table of fewer than {FEWEST_PARTICIPANTS} says little"
        )
    return None


@dataclass(frozen=True)
class _Tables:
    """The life tables from enrolment to start, and from start to completion."""

    start: LifeTable
    completion: LifeTable


@dataclass(frozen=True)
class _Estimate:
    """A project by band, by each edge of the grid, in DKK. events: expected to come.

    by_tables: by the life tables alone, which go wrong for all projects together. by_chance: how far chance widens the
    band, which is each project's own.
    """

    edges: Days
    by_tables: Mapping[str, Days]
    by_chance: Mapping[str, Days]
    events: float

    def end(self, band: str) -> float:
        return float(self.by_tables[band][-1] + _SIGNS[band] * self.by_chance[band][-1])


def _in_all(estimates: Sequence[_Estimate], band: str) -> float:
    """Give the sum of all projects at the end: tables add up, chances of their own partly cancel out."""
    sums = sum(float(one.by_tables[band][-1]) for one in estimates)
    return sums + _SIGNS[band] * float(np.sqrt(sum(float(one.by_chance[band][-1]) ** 2 for one in estimates)))


def _tables(people: Sequence[tuple[People, int]]) -> _Tables:
    """Make the tables of participants as known on a day each."""
    waited: dict[str, list[Days]] = {"start": [], "completion": []}
    happened: dict[str, list[npt.NDArray[np.bool_]]] = {"start": [], "completion": []}
    for one, as_of in people:
        started = ~np.isnan(one.start)
        waited["start"].append(np.maximum(np.where(started, one.start, as_of) - one.enrolled, 0))
        happened["start"].append(started)
        completed = ~np.isnan(one.completion)[started]
        waited["completion"].append(
            np.maximum(np.where(completed, one.completion[started], as_of) - one.start[started], 0)
        )
        happened["completion"].append(completed)
    return _Tables(
        *(life_table(np.concatenate(waited[name]), np.concatenate(happened[name])) for name in ("start", "completion"))
    )


def _estimates(world: World, as_of: Mapping[str, int], until: Mapping[str, int]) -> dict[str, _Estimate]:
    """Estimate each project's cost by the days from its as-of day to its day `until`."""
    known = {name: world.people[name].known_on(day) for name, day in as_of.items()}
    pooled = _tables([(known[name], as_of[name]) for name in known])
    bands = {
        "low": _low(known, as_of, pooled),
        "expected": pooled,
        "high": _Tables(pooled.start.with_tail(), pooled.completion.with_tail()),
    }
    return {
        grant.project_id: _estimate(
            world, grant, known[grant.project_id], as_of[grant.project_id], until[grant.project_id], bands
        )
        for grant in world.grants
    }


def _low(known: Mapping[str, People], as_of: Mapping[str, int], pooled: _Tables) -> _Tables:
    """Give the life tables of the project at the 10th percentile, by its events over those that all would have had."""
    names = [name for name, people in known.items() if len(people.enrolled)]
    ratios = []
    for name in names:
        people = known[name]
        started = ~np.isnan(people.start)
        waited = np.where(started, people.start, as_of[name]) - people.enrolled
        since = np.where(np.isnan(people.completion), as_of[name], people.completion)[started] - people.start[started]
        came = started.sum() + (~np.isnan(people.completion)).sum()
        awaited = -np.log(pooled.start.survival(waited)).sum() - np.log(pooled.completion.survival(since)).sum()
        ratios.append(float(came / awaited) if awaited else 1.0)
    name = names[percentile(ratios, LOW_SHARE)]
    return _tables([(known[name], as_of[name])])


def _estimate(
    world: World, grant: Grant, people: People, as_of: int, until: int, bands: Mapping[str, _Tables]
) -> _Estimate:
    edges = np.unique(np.concatenate([np.arange(as_of, until, _CELL_DAYS), [until]])).astype(np.float64)
    edges = edges if len(edges) > 1 else np.array([as_of, as_of], dtype=np.float64)
    granted = people.granted_by(np.array([as_of], dtype=np.float64))[0]
    wages = world.wages[grant.project_id]
    spent = float(wages[wages[:, 0] <= as_of, 1].sum())
    rate = max(spent, 0.0) / max(as_of - grant.first_day + 1, 1)
    fixed = np.clip(spent + rate * (edges - as_of), 0, float(grant.fixed_max_dkk))
    window_left = min(grant.window_end_day - 1, until) - as_of
    newcomers = max(grant.target - len(people.enrolled), 0) if window_left > 0 else 0
    newly = _Newcomers(newcomers, window_left / 2)
    coming = {band: _coming(world, people, as_of, edges, tables, newly) for band, tables in bands.items()}
    by_chance = CHANCE * np.sqrt(coming["expected"].variance)
    wages_by_chance = CHANCE * _spread(wages, grant.first_day, as_of) * np.sqrt((edges - as_of) / _MONTH_DAYS)
    cap, fixed_max = float(grant.cap_dkk), float(grant.fixed_max_dkk)
    lowest = np.minimum(coming["low"].sums, coming["expected"].sums)
    highest = np.maximum(coming["high"].sums, coming["expected"].sums)
    by_tables = {
        "low": np.minimum(granted + lowest, cap) + fixed,
        "expected": np.minimum(granted + coming["expected"].sums, cap) + fixed,
        "high": np.minimum(granted + highest, cap) + fixed,
    }
    least = np.minimum(granted + np.maximum(lowest - by_chance, 0), cap) + np.maximum(fixed - wages_by_chance, fixed[0])
    most = np.minimum(granted + highest + by_chance, cap) + np.minimum(fixed + wages_by_chance, fixed_max)
    return _Estimate(
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
    """Participants yet to be enrolled, and in how many days they are on the average."""

    count: int
    enrolled_in: float


@dataclass(frozen=True)
class _Coming:
    """What is still to come by each edge, in DKK before the ceiling; variance: by chance alone. events: how many."""

    sums: Days
    variance: Days
    events: float


def _coming(world: World, people: People, as_of: int, edges: Days, tables: _Tables, newly: _Newcomers) -> _Coming:
    ahead = edges - as_of
    middles = (edges[:-1] + edges[1:]) / 2
    rates = {name: _rate(world.rates[name], middles) for name in ("start", "completion")}
    waiting = np.isnan(people.start)
    under_way = ~waiting & np.isnan(people.completion)
    since_start = np.maximum(edges[np.newaxis, :] - middles[:, np.newaxis], 0)
    after_start = -np.diff(tables.completion.survival(since_start), axis=1)
    new = np.full(newly.count, -newly.enrolled_in)
    starts = _chances(tables.start, np.concatenate([as_of - people.enrolled[waiting], new]), ahead)
    completions = np.concatenate(
        [starts @ after_start, _chances(tables.completion, as_of - people.start[under_way], ahead)]
    )
    money = starts.sum(axis=0) * rates["start"] + completions.sum(axis=0) * rates["completion"]
    variance = _variance(starts) * rates["start"].max(initial=0) ** 2
    variance = variance + _variance(completions) * rates["completion"].max(initial=0) ** 2
    return _Coming(np.concatenate([[0.0], np.cumsum(money)]), variance, float(starts.sum() + completions.sum()))


def _variance(chances: npt.NDArray[np.float64]) -> Days:
    """Give the variance of how many have had the event by each edge."""
    by_then = np.minimum(np.cumsum(chances, axis=1), 1.0)
    return np.concatenate([[0.0], (by_then * (1 - by_then)).sum(axis=0)])


def _chances(table: LifeTable, waited: Days, edges: Days) -> npt.NDArray[np.float64]:
    """Give each one's chance of the event within each cell, given that it has not come in the days waited."""
    surviving = table.survival(np.maximum(waited[:, np.newaxis] + edges[np.newaxis, :], 0))
    so_far = np.maximum(table.survival(np.maximum(waited, 0)), 1e-12)
    return np.asarray(-np.diff(surviving, axis=1) / so_far[:, np.newaxis])


def _rate(periods: Sequence[tuple[int, int, float]], days: Days) -> Days:
    rate = np.zeros(len(days))
    for start, end, amount in periods:
        rate[(days >= start) & (days < end + 1)] = amount
    return rate


def _project(world: World, grant: Grant, estimate: _Estimate | None) -> ProjectForecast:
    most = max(grant.cap_dkk + grant.fixed_max_dkk, grant.so_far_dkk)
    people = world.people[grant.project_id].known_on(grant.as_of_day)
    bands: dict[str, Decimal | None] = dict.fromkeys(_BANDS)
    if estimate is not None:
        bands = {band: _rounded(estimate.end(band), grant.so_far_dkk, most) for band in _BANDS}
    return ProjectForecast(
        project_id=grant.project_id,
        lead_municipality=grant.lead_municipality,
        so_far=grant.so_far_dkk,
        most=most,
        posted=grant.posted_dkk,
        enrolled=len(people.enrolled),
        target=grant.target,
        events_so_far=int((~np.isnan(people.start)).sum() + (~np.isnan(people.completion)).sum()),
        events_expected=None if estimate is None else round(estimate.events),
        as_of=grant.as_of_date,
        **bands,
    )


def _amounts_in_all(projects: Sequence[ProjectForecast], estimates: Sequence[_Estimate]) -> dict[str, Decimal]:
    sums = {
        name: sum((getattr(one, name) for one in projects), Decimal("0.00")) for name in ("so_far", "most", "posted")
    }
    if estimates:
        sums |= {band: _rounded(_in_all(estimates, band), sums["so_far"], sums["most"]) for band in _BANDS}
    return sums


def _rounded(estimate: float, so_far: Decimal, most: Decimal) -> Decimal:
    """Round an estimate to 1 000 kr., between what is granted and what is promised."""
    if estimate - float(so_far) < 1:
        return so_far
    rounded = (Decimal(str(estimate)) / _THOUSAND).quantize(Decimal(1), ROUND_HALF_UP) * _THOUSAND
    return min(max(rounded.quantize(Decimal("0.01")), so_far), most)


def _points(world: World, estimates: Mapping[str, _Estimate]) -> tuple[Point, ...]:
    """Give the programme's cost by half months: what was granted, then what is estimated."""
    newest = world.newest_day
    days = np.unique(np.concatenate([np.arange(0, world.last_day, _CELL_DAYS), [newest, world.last_day]])).astype(float)
    sums = {band: np.zeros(len(days)) for band in _BANDS}
    squares = {band: np.zeros(len(days)) for band in _BANDS}
    for grant in world.grants:
        estimate = estimates[grant.project_id]
        past = days <= grant.as_of_day
        granted = _granted_by(world, grant, days)
        for band in _BANDS:
            by_tables, by_chance = (
                np.interp(days, estimate.edges, one[band]) for one in (estimate.by_tables, estimate.by_chance)
            )
            sums[band] += np.where(past, granted, by_tables)
            squares[band] += np.where(past, 0, by_chance) ** 2
    curves = {band: sums[band] + _SIGNS[band] * np.sqrt(squares[band]) for band in _BANDS}
    return tuple(
        Point(world.first_date + timedelta(days=int(day)), *(float(curves[band][at]) for band in _BANDS))
        for at, day in enumerate(days)
    )


def _granted_by(world: World, grant: Grant, days: Days) -> Days:
    """Give what a project was granted by each of some days, in DKK."""
    wages = world.wages[grant.project_id]
    order = np.argsort(wages[:, 0], kind="stable")
    spent = np.concatenate([[0.0], np.cumsum(wages[order, 1])])
    fixed = np.clip(spent[np.searchsorted(wages[order, 0], days, side="right")], 0, float(grant.fixed_max_dkk))
    activity = np.minimum(world.people[grant.project_id].granted_by(days), float(grant.cap_dkk))
    return np.asarray(activity + fixed)


def _backtest(world: World) -> tuple[Backtest | None, str | None]:
    """Forecast from what had happened a year before each as-of day, to that day, and compare with what came by it."""
    as_of = {grant.project_id: grant.as_of_day - YEAR_DAYS for grant in world.grants}
    if max(as_of.values(), default=-1) < 0:
        return None, "the programme had not begun a year before"
    why_not = _too_little(world, as_of)
    if why_not is not None:
        return None, f"a year before, {why_not}"
    estimates = _estimates(world, as_of, {grant.project_id: grant.as_of_day for grant in world.grants})
    rows = []
    for grant in world.grants:
        estimate = estimates[grant.project_id]
        came = float(_granted_by(world, grant, np.array([grant.as_of_day], dtype=np.float64))[0])
        rows.append((*(estimate.end(band) for band in _BANDS), came))
    within = sum(round(low) <= round(came) <= round(high) for low, _, high, came in rows)
    totals = [*(_in_all(list(estimates.values()), band) for band in _BANDS), sum(row[3] for row in rows)]
    sums = [Decimal(round(total / 1000)) * _THOUSAND for total in totals]
    newest = world.first_date + timedelta(days=world.newest_day)
    return Backtest(newest - timedelta(days=YEAR_DAYS), newest, len(rows), within, *sums), None

"""What the programme comes to at its last day, and how well that would have been forecast a year before.

Source: docs/forecast.md, 'How it is made'. It reads the run's tables and makes none. The cost still to come is an
estimate in floating point; granted and promised amounts are exact. A project that has begun, but has no delivery, has
only a known maximum: the estimates leave it out. One that has not begun came to nothing yet, and all its participants
are to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np

from tasks.base.worded import Phrase, phrase
from tasks.forecast.estimate import BANDS, CELL_DAYS, SIGNS, Estimate, estimates_of, sum_of
from tasks.forecast.world import Grant, World, read_world

if TYPE_CHECKING:
    import duckdb

FEWEST_PROJECTS, FEWEST_PARTICIPANTS = 5, 100
YEAR_DAYS = 365
_THOUSAND = Decimal(1000)


@dataclass(frozen=True)
class ProjectForecast:
    """A project's forecast in DKK. None: for a project that is unknown, or a band where too little is known.

    `as_of`: of its delivery, if it has one. `has_begun`: by that day, or by the newest of all.
    """

    project_id: str
    lead_municipality: str
    so_far: Decimal | None
    low: Decimal | None
    expected: Decimal | None
    high: Decimal | None
    most: Decimal
    posted: Decimal
    enrolled: int | None
    target: int
    events_so_far: int | None
    events_expected: int | None
    as_of: date | None
    has_begun: bool = True

    @property
    def is_unknown(self) -> bool:
        """Whether its cost so far is unknown: it has begun, and has no delivery."""
        return self.so_far is None

    @property
    def room(self) -> Decimal:
        """The distance to the most when all that is expected has come; 0 where that is unknown."""
        come = self.so_far if self.expected is None else self.expected
        return Decimal(0) if come is None else self.most - come


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

    `in_all`: each column of amounts over all projects, without what is unknown. The band of all is narrower than the
    sum of the projects' bands: chances partly cancel out. `why_not`: why only so far and most are given. `passes_on`:
    the first day, from `as_of` on, on which expected is beyond the appropriation; None where it never is.
    """

    as_of: date
    last_date: date
    appropriation: Decimal
    projects: tuple[ProjectForecast, ...]
    in_all: Mapping[str, Decimal]
    points: tuple[Point, ...]
    passes_on: date | None
    backtest: Backtest | None
    why_no_backtest: Phrase | None
    why_not: Phrase | None

    @property
    def passes_later_on(self) -> date | None:
        """The day after `as_of` on which expected passes the appropriation; None where it never does or has already."""
        return self.passes_on if self.passes_on != self.as_of else None

    @property
    def unknown(self) -> list[str]:
        """The projects that have begun, but have no delivery."""
        return [one.project_id for one in self.projects if one.is_unknown]

    @property
    def not_begun(self) -> list[str]:
        """The projects that begin later."""
        return [one.project_id for one in self.projects if not one.has_begun]

    @property
    def not_begun_by(self) -> list[tuple[date, list[str]]]:
        """The same by the day up to which each is known, the newest first: after an older day it may have begun."""
        found: dict[date, list[str]] = {}
        for one in self.projects:
            if not one.has_begun:
                found.setdefault(min(one.as_of or self.as_of, self.as_of), []).append(one.project_id)
        return sorted(found.items(), reverse=True)


def forecast(connection: duckdb.DuckDBPyConnection) -> Forecast:
    """Forecast from the run's tables: from the deliveries' state, or the settled year's end where that is earlier."""
    return forecast_of(connection, read_world(connection))


def forecast_of(connection: duckdb.DuckDBPyConnection, world: World) -> Forecast:
    """Forecast from a world, with its backtest; the connection computes and keeps nothing."""
    as_of = {grant.project_id: grant.as_of_day for grant in world.known}
    why_not = _too_little(world, as_of)
    ends = {} if why_not else estimates_of(connection, world, as_of, dict.fromkeys(as_of, world.last_day))
    projects = tuple(_project(world, grant, ends.get(grant.project_id)) for grant in world.grants)
    points = _points(world, ends) if ends else ()
    newest = world.first_date + timedelta(days=world.newest_day)
    passes = next(
        (one.day for one in points if one.day >= newest and one.expected > float(world.appropriation_dkk)), None
    )
    backtest, why_no_backtest = _backtest(connection, world)
    return Forecast(
        newest,
        world.first_date + timedelta(days=world.last_day),
        world.appropriation_dkk,
        projects,
        _amounts(projects, list(ends.values())),
        points,
        passes,
        backtest,
        why_no_backtest,
        why_not,
    )


def _says_little(projects: int) -> Phrase:
    if projects == 1:
        return phrase(
            "{count} project has participants, and a life table of fewer than {fewest} says little",
            count=projects,
            fewest=FEWEST_PROJECTS,
        )
    return phrase(
        "{count} projects have participants, and a life table of fewer than {fewest} says little",
        count=projects,
        fewest=FEWEST_PROJECTS,
    )


def _too_little(world: World, as_of: Mapping[str, int]) -> Phrase | None:
    people = [len(world.people[name].known_on(day).enrolled) for name, day in as_of.items()]
    projects, participants = sum(count > 0 for count in people), sum(people)
    if projects < FEWEST_PROJECTS:
        return _says_little(projects)
    if participants < FEWEST_PARTICIPANTS:
        return phrase(
            "the number of participants is {count}, and a life table of fewer than {fewest} says little",
            count=participants,
            fewest=FEWEST_PARTICIPANTS,
        )
    return None


def _project(world: World, grant: Grant, estimate: Estimate | None) -> ProjectForecast:
    so_far = grant.so_far_dkk if grant.is_known else None
    most = max(grant.cap_dkk + grant.fixed_max_dkk, so_far or Decimal(0))
    people = world.people[grant.project_id].known_on(grant.as_of_day)
    bands: dict[str, Decimal | None] = dict.fromkeys(BANDS)
    if estimate is not None:
        bands = {band: _rounded(estimate.end(band), grant.so_far_dkk, most) for band in BANDS}
    return ProjectForecast(
        project_id=grant.project_id,
        lead_municipality=grant.lead_municipality,
        so_far=so_far,
        most=most,
        posted=grant.posted_dkk,
        enrolled=len(people.enrolled) if grant.is_known else None,
        target=grant.target,
        events_so_far=people.events if grant.is_known else None,
        events_expected=None if estimate is None else round(estimate.events),
        as_of=grant.as_of_date,
        has_begun=grant.has_begun,
        **bands,
    )


def _amounts(projects: Sequence[ProjectForecast], estimates: Sequence[Estimate]) -> dict[str, Decimal]:
    sums = {
        name: sum((getattr(one, name) or Decimal(0) for one in projects), Decimal("0.00"))
        for name in ("so_far", "most", "posted")
    }
    if estimates:
        sums |= {band: _rounded(sum_of(estimates, band), sums["so_far"], sums["most"]) for band in BANDS}
    return sums


def _rounded(estimate: float, so_far: Decimal, most: Decimal) -> Decimal:
    """Round an estimate to 1 000 kr., between the granted and the promised amount."""
    if estimate - float(so_far) < 1:
        return so_far
    rounded = (Decimal(str(estimate)) / _THOUSAND).quantize(Decimal(1), ROUND_HALF_UP) * _THOUSAND
    return min(max(rounded.quantize(Decimal("0.01")), so_far), most)


def _points(world: World, estimates: Mapping[str, Estimate]) -> tuple[Point, ...]:
    """Give the programme's cost by half months: first as granted, then as estimated."""
    newest = world.newest_day
    days = np.unique(np.concatenate([np.arange(0, world.last_day, CELL_DAYS), [newest, world.last_day]])).astype(float)
    sums = {band: np.zeros(len(days)) for band in BANDS}
    squares = {band: np.zeros(len(days)) for band in BANDS}
    for grant in world.known:
        estimate = estimates[grant.project_id]
        past = days <= grant.as_of_day
        granted = world.granted_by(grant, days)
        for band in BANDS:
            by_tables, by_chance = (
                np.interp(days, estimate.edges, one[band]) for one in (estimate.by_tables, estimate.by_chance)
            )
            sums[band] += np.where(past, granted, by_tables)
            squares[band] += np.where(past, 0, by_chance) ** 2
    curves = {band: sums[band] + SIGNS[band] * np.sqrt(squares[band]) for band in BANDS}
    return tuple(
        Point(world.first_date + timedelta(days=int(day)), *(float(curves[band][at]) for band in BANDS))
        for at, day in enumerate(days)
    )


def _backtest(connection: duckdb.DuckDBPyConnection, world: World) -> tuple[Backtest | None, Phrase | None]:
    """Forecast from what had happened a year before each as-of day, to that day, and compare with what came by it."""
    # Of a project that has not begun nothing came, as anybody could foresee: it says nothing for the forecast.
    tested = [grant for grant in world.known if grant.has_begun]
    as_of = {grant.project_id: grant.as_of_day - YEAR_DAYS for grant in tested}
    if max(as_of.values(), default=-1) < 0:
        return None, phrase("the programme had not begun a year before")
    why_not = _too_little(world, as_of)
    if why_not is not None:
        return None, phrase("a year before, {why}", why=why_not)
    estimates = estimates_of(connection, world, as_of, {grant.project_id: grant.as_of_day for grant in tested})
    rows = []
    for grant in tested:
        estimate = estimates[grant.project_id]
        came = float(world.granted_by(grant, np.array([grant.as_of_day], dtype=np.float64))[0])
        rows.append((*(estimate.end(band) for band in BANDS), came))
    within = sum(round(low) <= round(came) <= round(high) for low, _, high, came in rows)
    totals = [*(sum_of(list(estimates.values()), band) for band in BANDS), sum(row[3] for row in rows)]
    sums = [Decimal(round(total / 1000)) * _THOUSAND for total in totals]
    newest = world.first_date + timedelta(days=world.newest_day)
    return Backtest(newest - timedelta(days=YEAR_DAYS), newest, len(rows), within, *sums), None

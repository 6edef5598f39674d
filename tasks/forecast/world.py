"""What a forecast is made from, read from a run's tables.

All days are days since the programme's first day. Participants, wages and rates are in floating point, since only
estimates are made from them; granted and promised amounts are exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb
    import polars as pl

Days = npt.NDArray[np.float64]
_PEOPLE = ("enrolled_day", "start_day", "completion_day", "start_dkk", "completion_dkk")


@dataclass(frozen=True)
class Grant:
    """A project's grant and state.

    `as_of_day`: of its delivery, the settled year's last day at most; the newest of all, where it has none.
    `so_far_dkk`: exact; for a project that has begun, but has no delivery, it says nothing.
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

    @property
    def has_begun(self) -> bool:
        """Whether it has begun by its as-of day: before, it has neither participants nor expenses."""
        return self.first_day <= self.as_of_day

    @property
    def is_known(self) -> bool:
        """Whether its cost so far is known: without a delivery it is not, unless the project has not begun."""
        return self.as_of_date is not None or not self.has_begun


@dataclass(frozen=True)
class People:
    """The participants of a project: days, nan where there is none; what each event pays, in DKK."""

    enrolled: Days
    start: Days
    completion: Days
    start_dkk: Days
    completion_dkk: Days

    @property
    def events(self) -> int:
        """How many starts and completions there are."""
        return int((~np.isnan(self.start)).sum() + (~np.isnan(self.completion)).sum())

    def known_on(self, day: int) -> People:
        """Give the events that had happened by a day."""
        seen = self.enrolled <= day
        return People(
            self.enrolled[seen],
            np.where(self.start <= day, self.start, np.nan)[seen],
            np.where(self.completion <= day, self.completion, np.nan)[seen],
            self.start_dkk[seen],
            self.completion_dkk[seen],
        )

    def granted_by(self, days: Days) -> Days:
        """Give the sum of their events by each of some days, in DKK, before the ceiling."""
        come = np.concatenate([self.start, self.completion])
        paid = np.concatenate([self.start_dkk, self.completion_dkk])
        there = ~np.isnan(come)
        order = np.argsort(come[there], kind="stable")
        sums = np.concatenate([[0.0], np.cumsum(paid[there][order])])
        return np.asarray(sums[np.searchsorted(come[there][order], days, side="right")])


@dataclass(frozen=True)
class World:
    """All that a forecast is made from. `wages`: (day, DKK) by project. `rates`: (from, to, DKK) by event."""

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

    @property
    def known(self) -> tuple[Grant, ...]:
        """The projects whose cost so far is known."""
        return tuple(grant for grant in self.grants if grant.is_known)

    def participants(self) -> pl.DataFrame:
        """Give every participant's project and days; null where there is none."""
        import polars as pl

        def days(column: str) -> pl.Series:
            of_projects = [getattr(one, column) for one in self.people.values()]
            return pl.Series(np.concatenate([*of_projects, np.zeros(0)]), nan_to_null=True).cast(pl.Int32)

        return pl.DataFrame(
            {
                "project_id": pl.Series(
                    [name for name, one in self.people.items() for _ in one.enrolled], dtype=pl.String
                ),
                "enrolled_day": days("enrolled"),
                "start_day": days("start"),
                "completion_day": days("completion"),
            }
        )

    def granted_by(self, grant: Grant, days: Days) -> Days:
        """Give a project's grant by each of some days, in DKK."""
        wages = self.wages[grant.project_id]
        order = np.argsort(wages[:, 0], kind="stable")
        spent = np.concatenate([[0.0], np.cumsum(wages[order, 1])])
        fixed = np.clip(spent[np.searchsorted(wages[order, 0], days, side="right")], 0, float(grant.fixed_max_dkk))
        activity = np.minimum(self.people[grant.project_id].granted_by(days), float(grant.cap_dkk))
        return np.asarray(activity + fixed)


def read_world(connection: duckdb.DuckDBPyConnection) -> World:
    """Read what a forecast is made from."""
    (programme,) = rows_of(connection, "forecast/programme")
    rows = rows_of(connection, "forecast/projects")
    first = programme["programme_first_day"]
    last_day = (programme["programme_last_day"] - first).days
    # The grant is known to the settled year's last day, whatever a later delivery describes.
    settled_to = min((programme["year_last_day"] - first).days, last_day)
    newest = min(max((row["as_of_day"] for row in rows if row["as_of_day"] is not None), default=0), settled_to)
    grants = tuple(
        Grant(**row | {"as_of_day": newest if row["as_of_day"] is None else min(row["as_of_day"], settled_to)})
        for row in rows
    )
    people = _people(connection)
    nobody = People(*[np.zeros(0)] * len(_PEOPLE))
    paid: dict[str, list[tuple[float, float]]] = {grant.project_id: [] for grant in grants}
    for row in rows_of(connection, "forecast/wages"):
        paid[row["project_id"]].append((row["day"], row["amount_dkk"]))
    rates: dict[str, list[tuple[int, int, float]]] = {"start": [], "completion": []}
    for row in rows_of(connection, "forecast/rates"):
        rates.setdefault(row["rate"], []).append((row["valid_from_day"], row["valid_to_day"], row["amount_dkk"]))
    return World(
        first,
        last_day,
        programme["appropriation_dkk"],
        grants,
        {grant.project_id: people.get(grant.project_id, nobody) for grant in grants},
        {name: np.array(of_project, dtype=np.float64).reshape(-1, 2) for name, of_project in paid.items()},
        rates,
    )


def _people(connection: duckdb.DuckDBPyConnection) -> dict[str, People]:
    """Give the participants of each project that has some, column by column: there may be a hundred thousand."""
    columns = execute(connection, "forecast/participants").fetchnumpy()
    counts = Counter(columns["project_id"])
    ends = np.cumsum(list(counts.values()))
    parts = (np.split(columns[name], ends) for name in _PEOPLE)
    # The part behind the last end is empty.
    return dict(zip(counts, map(People, *parts), strict=False))

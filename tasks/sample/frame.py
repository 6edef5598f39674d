"""What a project's registrations are made up from: the project itself, and the frame that all projects share."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tasks.rules.model import Rules
from tasks.settlement.working_days import working_days


@dataclass(frozen=True)
class Project:
    """A project of the made-up register. `population`: citizens by municipality code and target group."""

    project_id: str
    name: str
    case_number: str
    municipalities: tuple[str, ...]
    start: date
    target_participants: int
    commitment_dkk: int
    contact: str
    email: str
    population: dict[tuple[str, str], int]

    @property
    def lead(self) -> str:
        """The lead municipality's code."""
        return self.municipalities[0]


@dataclass(frozen=True)
class Frame:
    """What all projects share: the rules, the days that deliveries describe, and how much is corrected later."""

    rules: Rules
    as_of_dates: tuple[date, ...]
    corrections: float

    @cached_property
    def last_day(self) -> int:
        """The programme's last day."""
        return self.rules.last_day.toordinal()

    @cached_property
    def _first_day(self) -> int:
        return self.rules.first_day.toordinal()

    @cached_property
    def working_day_from(self) -> list[int]:
        """The first working day on or after each day, by days since the programme's first."""
        days = [day.toordinal() for day in working_days(self.rules.first_day, self.rules.last_day + timedelta(days=31))]
        return [days[bisect_left(days, day)] for day in range(self._first_day, days[-1] + 1)]

    def working_day(self, day: int) -> int:
        """Give the first Danish working day on or after `day`."""
        table = self.working_day_from
        return table[min(day - self._first_day, len(table) - 1)]

"""Made-up hours of ordinary work with a known effect, as the income register has them: `timer.csv`.

What a citizen would have worked without JobFirst does not depend on the arm. A participant's own effect is drawn with
the wanted mean, grows over the first months, and is scaled so that the mean weekly hours of the whole follow-up rise by
exactly this effect.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tasks.sample.registrations import Registrations

HOURS_FILE = "timer.csv"
SHARE_IN_WORK = 0.3
MEAN_HOURS_IN_WORK = 8.0
SHARE_HELPED = 0.4
MONTHS_TO_FULL_EFFECT = 6
MOST_EFFECT = 10.0


def weekly_hours(is_participant: bool, effect: float, rng: Random) -> tuple[float, float]:
    """Make up a citizen: weekly hours without JobFirst, and what JobFirst adds, with mean `effect` among participants.

    A control has no effect. As many numbers are drawn for either arm.
    """
    base = rng.expovariate(1 / MEAN_HOURS_IN_WORK) if rng.random() < SHARE_IN_WORK else 0.0
    helped, much = rng.random() < SHARE_HELPED, rng.expovariate(1.0)
    return base, effect / SHARE_HELPED * much if is_participant and helped else 0.0


def months_from(first: date, last: date) -> Iterator[date]:
    """Give the first day of each month from that of `first` to that of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def by_month(drawn: date, last: date, follow_up_days: int, base: float, added: float) -> Iterator[tuple[date, float]]:
    """Spread a citizen's weekly hours over the months from the day drawn to `last`: month and hours in it."""
    months = list(months_from(drawn, last))
    end = min(last, drawn + timedelta(days=follow_up_days - 1))
    growth = [min(1.0, (at + 0.5) / MONTHS_TO_FULL_EFFECT) for at in range(len(months))]
    days = [_days_within(month, drawn, end) for month in months]
    mean = sum(one * count for one, count in zip(growth, days, strict=True)) / sum(days)
    for month, one in zip(months, growth, strict=True):
        yield month, (base + added * one / mean) * monthrange(month.year, month.month)[1] / 7


def _days_within(month: date, first: date, last: date) -> int:
    end = month.replace(day=monthrange(month.year, month.month)[1])
    return max(0, (min(end, last) - max(month, first)).days + 1)


class HoursFile:
    """The hours file of a portfolio, written one project at a time."""

    def __init__(self, directory: Path, last: date, follow_up_days: int, effect: float, seed: int) -> None:
        self.path, self.last, self.effect, self.days = directory / HOURS_FILE, last, effect, follow_up_days
        self._rng = Random(f"hours of {seed}")  # noqa: S311 - made-up data must repeat, not be secret
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerow(("cpr", "maaned", "timer"))

    def add(self, registrations: Registrations, participant: str) -> None:
        """Add the hours of a project's citizens; months without hours have no row, except the first citizen's."""
        columns = registrations.citizens.columns
        rows: list[Sequence[str]] = []
        for place, (cpr, arm, day) in enumerate(
            zip(columns["cpr"], columns["gruppe"], registrations.citizens.known_from, strict=True)
        ):
            base, added = weekly_hours(arm == participant, self.effect, self._rng)
            for month, hours in by_month(date.fromordinal(day), self.last, self.days, base, added):
                if hours or not place:
                    rows.append((str(cpr), f"{month:%Y-%m}", f"{hours:.2f}".replace(".", ",")))
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)

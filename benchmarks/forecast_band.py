"""How often what came lies within the forecast's band, on made-up portfolios of different kinds.

    python -m benchmarks.forecast_band [PORTFOLIOS]

Each portfolio is lived to its last day by chance, and forecast from what had happened a year before. The kinds differ
in size, in how fast citizens start, in how many complete, in how far apart projects are, in whether it goes better or
worse with time, in how often the ceiling binds, and in whether wages come evenly. Prints a line for each kind, and for
all; the same seed gives the same lines.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
import numpy as np

from tasks.forecast.forecast import forecast_of
from tasks.forecast.world import Grant, People, World

PORTFOLIOS = 200
SEED = 20171231
LAST_DAY = 730
COMPLETION_DAYS = 90


@dataclass(frozen=True)
class Kind:
    """What differs: shares, days, and standard deviations of a project's log odds."""

    name: str
    projects: tuple[int, int] = (8, 30)
    targets: tuple[int, int] = (60, 140)
    days_to_start: float = 60.0
    start_share: float = 0.9
    complete_share: float = 0.6
    spread: float = 0.4
    drift: float = 0.0
    window_days: int = 365
    enrolled_share: tuple[float, float] = (0.85, 1.1)
    even_wages: bool = True


KINDS = (
    Kind("as the sample"),
    Kind("small", projects=(5, 8), targets=(25, 60)),
    Kind("large", projects=(40, 90), targets=(80, 200)),
    Kind("slow starts", days_to_start=150),
    Kind("few complete", complete_share=0.3),
    Kind("most complete, caps bind", complete_share=0.85, enrolled_share=(1.0, 1.3)),
    Kind("projects far apart", spread=1.2),
    Kind("better with time", drift=0.6),
    Kind("worse with time", drift=-0.6),
    Kind("uneven wages", even_wages=False),
)


def main() -> None:
    """Live and forecast the portfolios, and print how often the band held what came."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PORTFOLIOS
    rng = np.random.default_rng(SEED)
    found: dict[str, list[tuple[bool, int, int, float, float]]] = defaultdict(list)
    connection = duckdb.connect()
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        test = forecast_of(connection, portfolio(rng, kind)).backtest
        if test is not None:
            came = float(test.came)
            found[kind.name].append(
                (
                    test.low <= test.came <= test.high,
                    test.within,
                    test.projects,
                    float(test.high - test.low) / came,
                    abs(float(test.expected) - came) / came,
                )
            )
    for line in _lines(found):
        print(line)  # noqa: T201 - its purpose


def _lines(found: dict[str, list[tuple[bool, int, int, float, float]]]) -> Iterator[str]:
    yield f"{'kind':<26}{'portfolios':>11}{'all within':>11}{'projects within':>16}{'band':>7}{'error':>7}"
    every = [one for ones in found.values() for one in ones]
    for name, ones in [*found.items(), ("all", every)]:
        within = sum(one[0] for one in ones) / len(ones)
        projects = sum(one[1] for one in ones) / sum(one[2] for one in ones)
        band, error = (float(np.median([one[at] for one in ones])) for at in (3, 4))
        yield f"{name:<26}{len(ones):>11}{within:>11.0%}{projects:>16.0%}{band:>7.1%}{error:>7.1%}"


def portfolio(rng: np.random.Generator, kind: Kind) -> World:
    """Live a portfolio to its last day."""
    grants, people, wages = [], {}, {}
    for number in range(int(rng.integers(*kind.projects))):
        name = f"P{number:03}"
        first_day = int(rng.choice([0, 31, 60, 91]))
        target = int(rng.integers(*kind.targets))
        odds = rng.normal(0, kind.spread)
        people[name] = _lived(rng, kind, first_day, round(target * rng.uniform(*kind.enrolled_share)), odds)
        commitment = 850_000 * float(rng.choice([1.0, 1.0, 0.8]))
        wages[name] = _paid(rng, kind, first_day, commitment * rng.uniform(0.8, 1.1))
        grants.append(
            Grant(
                name,
                "101",
                date(2017, 12, 31),
                LAST_DAY,
                first_day,
                first_day + 366,
                target,
                Decimal(0),
                Decimal(14_400 * target),
                Decimal(round(commitment)),
                Decimal(0),
            )
        )
    rates = {"start": [(0, LAST_DAY + 1, 6000.0)], "completion": [(0, LAST_DAY + 1, 10_000.0)]}
    return World(date(2016, 1, 1), LAST_DAY, Decimal(47_500_000), tuple(grants), people, wages, rates)


def _lived(rng: np.random.Generator, kind: Kind, first_day: int, count: int, odds: float) -> People:
    enrolled = np.sort(first_day + rng.uniform(0, kind.window_days, count) ** 1.0).round()
    late = kind.drift * (enrolled - enrolled.mean()) / 180
    starts = rng.random(count) < _share(kind.start_share, odds / 2 + late)
    start = np.where(starts, enrolled + rng.gamma(1.5, kind.days_to_start / 1.5, count).round(), np.nan)
    completes = rng.random(count) < _share(kind.complete_share, odds + late)
    again = np.where(rng.random(count) < 0.3, rng.gamma(1.5, 60, count).round(), 0)
    completion = np.where(starts & completes, start + COMPLETION_DAYS + again, np.nan)
    start[start > LAST_DAY] = np.nan
    completion[completion > LAST_DAY] = np.nan
    return People(enrolled, start, completion, np.full(count, 6000.0), np.full(count, 10_000.0))


def _share(share: float, odds: np.ndarray | float) -> np.ndarray | float:
    return 1 / (1 + np.exp(-(np.log(share / (1 - share)) + odds)))


def _paid(rng: np.random.Generator, kind: Kind, first_day: int, amount: float) -> np.ndarray:
    days = np.arange(first_day + 30, LAST_DAY + 1, 30, dtype=np.float64)
    shares = np.full(len(days), 1.0) if kind.even_wages else rng.gamma(0.7, 1.0, len(days)) + 0.02
    return np.column_stack([days, amount * shares / shares.sum()])


if __name__ == "__main__":
    main()

"""Deliveries received once or several times, in any order, in one run or in many: the same state at the end.

Deliveries of one project for different days replace each other by day, so their order of arrival decides nothing. (Two
of the same day are another matter: the one received last stands.)
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from flows.settle import compute_year
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.intake.task import receive_deliveries
from tasks.register.inputs import read_inputs
from tasks.warehouse.connection import open_warehouse
from tests.support.effort import IS_LONG, seeded, times
from tests.support.portfolio import Portfolio
from tests.support.settling import call_tasks_plainly

DAYS = [f"2016-{month:02}-{day}" for month in range(7, 13) for day in (15, 28)]
FILES = ("settlement.csv", "citizens.csv", "violations.csv")
TIMES = ["2018-02-15T12:00", *(f"2018-02-15T12:{minute:02}" for minute in range(1, 20))]


@pytest.fixture(autouse=True)
def _without_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    call_tasks_plainly(monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Give a portfolio whose twelve deliveries differ, one of which is refused and one has rejected rows."""
    portfolio = Portfolio(tmp_path_factory.mktemp("made"))
    projects = [portfolio.project("JF-1", municipalities=("101",)), portfolio.project("JF-2", municipalities=("187",))]
    for number, day in enumerate(DAYS):
        delivery = projects[number % 2].delivery(day)
        delivery.completed(number + 1, "2016-03-01", "2016-06-30", prefix=f"C{number}-")
        delivery.wages("2016-05-01", f"{1000 + number}")
        if number % 5 == 0:
            delivery.citizen("C0-0")
        folder = delivery.write(portfolio.folder / "made")
        if number == 3:
            (folder / "udgifter.csv").write_text("")
    return portfolio


def state(portfolio: Portfolio, runs: Sequence[Iterable[str]], name: str) -> str:
    """Receive days run by run, and settle after the last; give a hash of what it wrote."""
    home = portfolio.folder / name
    out = home / "out"
    out.mkdir(parents=True)
    shutil.rmtree(portfolio.inbox, ignore_errors=True)
    portfolio.write_register()
    with open_warehouse(home) as connection:
        for days, now in zip(runs, TIMES, strict=False):
            for day in days:
                delivered = f"JF-{1 + DAYS.index(day) % 2}/{day}"
                shutil.copytree(portfolio.folder / "made" / delivered, portfolio.inbox / delivered, dirs_exist_ok=True)
            run = Run(2016, portfolio.register, portfolio.inbox, home, Moment.parse(now))
            inputs = read_inputs(connection, run)
            receive_deliveries(
                connection, run, inputs.register.project_ids, inputs.rules.vocabulary.words, Silence().step("")
            )
        run = replace(run, now=Moment.parse(TIMES[-1]))
        compute_year(connection, run, Silence(), out)
    digest = hashlib.sha256(b"".join((out / file).read_bytes() for file in FILES)).hexdigest()
    shutil.rmtree(home)
    return digest


@pytest.fixture
def expected(made: Portfolio, once: dict[str, str]) -> str:
    """Give the state after all twelve, received at once."""
    if not once:
        once["expected"] = state(made, [DAYS], "at once")
    return once["expected"]


@pytest.fixture(scope="module")
def once() -> dict[str, str]:
    """Keep what is expensive to make."""
    return {}


def test_five_deliveries_in_every_order(made: Portfolio) -> None:
    rng = seeded("orders of five")
    days = DAYS[:5]
    expected = state(made, [days], "at once")
    orders = list(itertools.permutations(days))
    tried = orders if IS_LONG else rng.sample(orders, 1)
    assert [order for order in tried if state(made, [[day] for day in order], "run") != expected] == []


def test_twelve_deliveries_in_random_orders(made: Portfolio, expected: str) -> None:
    rng = seeded("orders of twelve")
    differing = []
    for _ in range(times(1, 200)):
        order = rng.sample(DAYS, len(DAYS))
        cuts = sorted(rng.sample(range(1, len(DAYS)), rng.randrange(4)))
        runs = [order[start:end] for start, end in itertools.pairwise([0, *cuts, len(DAYS)])]
        if state(made, runs, "run") != expected:
            differing.append(runs)
    assert differing == []


def test_the_same_delivery_one_to_five_times(made: Portfolio, expected: str) -> None:
    counts = range(2, 6) if IS_LONG else [5]
    assert {state(made, [DAYS] * count, f"{count} times") for count in counts} == {expected}


def test_another_delivery_would_be_noticed(made: Portfolio, expected: str) -> None:
    assert state(made, [DAYS[:-1]], "all but the last") != expected

"""Time zone, locale, hash seed, threads and the moment of the run: the same bytes whatever they are."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tasks.base.paths import PROJECT
from tests.support.files import hashes
from tests.support.portfolio import Portfolio
from tests.torture.settle_plainly import main

ZONES = ("UTC", "Europe/Copenhagen", "Pacific/Kiritimati", "America/Anchorage")
LOCALES = ("C", "C.UTF-8", "da_DK.UTF-8")
SEEDS = ("0", "1", "4294967295")
THREADS = (1, 2)
# In Copenhagen: an ordinary day, year end, both changes of the clock (the hour that is missing, the one that is twice).
MOMENTS = ("2018-02-15T12:00", "2017-12-31T23:59:59", "2018-03-25T02:30", "2017-10-29T02:30+01:00", "2020-02-29T00:30")


class Surroundings(NamedTuple):
    """What a process finds around it."""

    zone: str
    locale: str
    seed: str
    threads: int


def surroundings() -> list[Surroundings]:
    """Give so many that each zone, locale, seed and number of threads is among them; the first two differ in all."""
    cycles = (itertools.cycle(values) for values in (ZONES, LOCALES, SEEDS, THREADS))
    return list(itertools.islice(map(Surroundings, *cycles), len(ZONES)))


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Give two projects with citizens, spells across both changes of the clock, expenses and rejected rows."""
    made = Portfolio(tmp_path_factory.mktemp("portfolio"))
    for name, code in (("JF-Ø", "101"), ("JF-a", "187")):
        delivery = made.project(name, municipalities=(code,)).delivery("2017-10-15")
        delivery.completed(12, "2016-03-26", "2016-10-31")
        delivery.started(12, "2017-03-25")
        delivery.citizen("Å", visitationsdato="31-02-2016")
        delivery.wages("2016-12-31", "1.234,56")
        delivery.wages("2017-01-01", "100")
        delivery.write(made.inbox)
    made.write_register()
    return made


def settle(portfolio: Portfolio, home: Path, around: Surroundings, now: str) -> dict[str, str]:
    """Settle in a process of its own; give the hashes of what it wrote."""
    environment = {
        **os.environ,
        "TZ": around.zone,
        "LC_ALL": around.locale,
        "LANG": around.locale,
        "PYTHONHASHSEED": around.seed,
        "POLARS_MAX_THREADS": str(around.threads),
    }
    command = [sys.executable, "-m", "tests.torture.settle_plainly"]
    subprocess.run(
        [*command, str(portfolio.folder), str(home), "2017", now, str(around.threads)],
        cwd=PROJECT,
        env=environment,
        check=True,
        timeout=900,
    )
    return hashes(home / "out")


@pytest.mark.torture
@pytest.mark.parametrize("now", MOMENTS)
def test_the_same_bytes_whatever_is_around(now: str, portfolio: Portfolio, tmp_path: Path) -> None:
    first, *others = (settle(portfolio, tmp_path / str(number), one, now) for number, one in enumerate(surroundings()))
    assert len(first) > 5
    for other, one in zip(others, surroundings()[1:], strict=True):
        assert other == first, one


def test_the_same_bytes_in_another_zone_and_with_other_threads(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    try:
        for zone, threads in (("Pacific/Kiritimati", 1), ("America/Anchorage", 2)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            main(portfolio.folder, tmp_path / str(threads), 2017, "2017-12-31T23:59:59", threads)
            written.append(hashes(tmp_path / str(threads) / "out"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(written[0]) > 5
    assert written[0] == written[1]


@pytest.mark.torture
def test_the_moment_of_the_run_changes_no_amount(portfolio: Portfolio, tmp_path: Path) -> None:
    around = surroundings()[0]
    computed = ("settlement.csv", "citizens.csv", "violations.csv")
    written = [settle(portfolio, tmp_path / str(number), around, now) for number, now in enumerate(MOMENTS)]
    assert len({tuple(one[f"2017/{name}"] for name in computed) for one in written}) == 1


def test_each_of_the_surroundings_is_tried() -> None:
    assert [set(values) for values in zip(*surroundings(), strict=True)] == [
        set(ZONES),
        set(LOCALES),
        set(SEEDS),
        set(THREADS),
    ]
    assert all(one != other for one, other in zip(*surroundings()[:2], strict=True))

"""The intervals hold what they promise, on made-up trials whose effect is known."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tasks.base.errors import InputError
from tasks.evaluation.stratified import Estimate, difference
from tasks.rules.model import load_rules
from tasks.sample.hours import HOURS_FILE, by_month, weekly_hours
from tasks.sample.portfolio import write_sample
from tests.support.effort import times
from tests.support.files import read_rows

EFFECT = 1.5
CITIZENS, STRATA = 400, 4


def made_up(seed: int) -> Estimate:
    """Make up a trial's mean weekly hours as the sample does, and estimate."""
    rng = Random(f"trial {seed}")
    z = np.array([rng.random() < 0.5 for _ in range(CITIZENS)])
    y = np.array([sum(weekly_hours(bool(one), EFFECT, rng)) for one in z])
    return difference(y, z, np.arange(CITIZENS) % STRATA)


def test_the_intervals_of_many_trials_hold_the_truth() -> None:
    """The trials are the same each time: nothing here is left to luck."""
    trials = times(40, 200)
    ends = [made_up(seed).interval() for seed in range(trials)]
    share = sum(low <= EFFECT <= high for low, high in ends) / trials
    least, most = (0.93, 0.97) if trials == 200 else (0.85, 1.0)
    assert least <= share <= most
    assert any(low > 0 for low, _ in ends)


@pytest.mark.parametrize("drawn", [date(2016, 2, 1), date(2016, 8, 31), date(2017, 3, 15)])
def test_a_citizens_months_come_to_the_mean_that_was_drawn(drawn: date) -> None:
    last = date(2017, 12, 31)
    weekly: dict[date, float] = {}
    for month, hours in by_month(drawn, last, 364, 3.0, 2.0):
        days = ((month + timedelta(days=31)).replace(day=1) - month).days
        weekly |= {month + timedelta(days=at): hours * 7 / days for at in range(days)}
    end = min(last, drawn + timedelta(days=363))
    own = [weekly[drawn + timedelta(days=at)] for at in range((end - drawn).days + 1)]
    assert sum(own) / len(own) == pytest.approx(5.0)


def test_a_sample_with_an_effect_has_an_hours_file_and_is_else_the_same(tmp_path: Path) -> None:
    for name, effect in (("with", EFFECT), ("without", None)):
        write_sample(tmp_path / name, projects=2, citizens=60, seed=4, form="csv", effect=effect)
    hours = read_rows(tmp_path / "with" / HOURS_FILE, ";")
    assert max(row["maaned"] for row in hours) == f"{load_rules().last_day:%Y-%m}"
    seen = defaultdict(int)
    for row in hours:
        seen[row["cpr"], row["maaned"]] += 1
    assert set(seen.values()) == {1}
    for path in (tmp_path / "without").rglob("*"):
        if path.is_file():
            other = tmp_path / "with" / path.relative_to(tmp_path / "without")
            assert path.read_bytes() == other.read_bytes()
    assert not (tmp_path / "without" / HOURS_FILE).exists()
    with pytest.raises(InputError, match="is no effect"):
        write_sample(tmp_path / "other", projects=1, citizens=1, seed=1, effect=-1)

"""What a rejected row is said to cost is what its correction brings, where no limit cuts it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.findings import Checked
from tests.support.effort import seeded, times
from tests.support.portfolio import COMPANIES, Delivery, Portfolio

NOW = Moment.parse("2018-02-15T12:00")
NO_MUNICIPALITY_OF_THE_PROJECT, HOURS_OF_NO_WEEK, BEFORE_THE_PROJECT = "999", "500", "2015-12-01"
CITIZENS = 40


def made_up(portfolio: Portfolio, nth: int) -> Delivery:
    """Make up citizens who are enrolled and have spells on any day of the year, in any order of the two."""
    rng = seeded(f"lost amounts {nth}")
    first = date(2016, 1, 1)

    def day(least: date = first, days: int = 330) -> str:
        return (least + timedelta(rng.randrange(days))).isoformat()

    delivery = portfolio.project(start="2016-01-01").delivery("2016-12-31")
    for number in range(CITIZENS):
        name = delivery.citizen(f"B{number}", visitationsdato=day())
        for _ in range(rng.randrange(3)):
            start = day()
            end = day(date.fromisoformat(start), 150)
            delivery.spell(name, start, min(end, "2016-12-31"), virksomhed_cvr=rng.choice(COMPANIES[:2]))
    for _ in range(5):
        delivery.wages(day(), str(rng.randrange(1, 9000)))
    return delivery


def each_citizen(delivery: Delivery) -> None:
    for row in delivery.borgere:
        row["kommunekode"] = NO_MUNICIPALITY_OF_THE_PROJECT


def the_only_spell_of_each_citizen(delivery: Delivery) -> None:
    names = [row["borger_id"] for row in delivery.forloeb]
    for row in delivery.forloeb:
        if names.count(row["borger_id"]) == 1 and row["startdato"] >= enrolled(delivery, row["borger_id"]):
            row["ordinaere_timer_pr_uge"] = HOURS_OF_NO_WEEK


def each_expense(delivery: Delivery) -> None:
    for row in delivery.udgifter:
        row["dato"] = BEFORE_THE_PROJECT


def enrolled(delivery: Delivery, name: str) -> str:
    return next(row["visitationsdato"] for row in delivery.borgere if row["borger_id"] == name)


def checked(portfolio: Portfolio, delivery: Delivery) -> Checked:
    folder = delivery.write(portfolio.inbox)
    return check(folder, project_id=None, as_of=None, register=portfolio.register, now=NOW)


def entitlement(found: Checked) -> Decimal:
    assert found.money is not None
    return found.money.entitlement_dkk


@pytest.mark.parametrize(
    ("breaks", "code"), [(each_citizen, "C04"), (the_only_spell_of_each_citizen, "S12"), (each_expense, "E04")]
)
def test_what_rows_cost_is_what_their_correction_brings(
    tmp_path: Path, breaks: Callable[[Delivery], None], code: str
) -> None:
    for nth in range(times(1, 10)):
        portfolio = Portfolio(tmp_path / str(nth))
        delivery = made_up(portfolio, nth)
        portfolio.write_register()
        mended = entitlement(checked(portfolio, delivery))
        breaks(delivery)
        broken = checked(portfolio, delivery)
        (lost_dkk,) = (one.lost_dkk for one in broken.broken if one.rule.code == code)
        assert lost_dkk == mended - entitlement(broken) > 0

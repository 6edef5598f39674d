"""Releasing a draft, as the two persons who do it would tell it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.errors import BusinessRefusal, InputError
from tasks.letters.facts import Kind
from tests.support.portfolio import Delivery, Portfolio, Project
from tests.support.releasing import ANNA, BO, Office, hashes, rows

JF = "JF-187"


@pytest.fixture
def office(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(portfolio, monkeypatch)


def worked_example(project: Project, as_of: str = "2017-12-31", *, starts_2016: int = 80) -> Delivery:
    """Give the delivery of the worked example: 80 starts and 40 completions in 2016, 20 and 58 in 2017."""
    delivery = project.delivery(as_of)
    delivery.completed(40, "2016-03-01", "2016-09-30", "both in 2016 ")
    delivery.completed(38, "2016-12-01", "2017-03-31", "start 2016, complete 2017 ")
    delivery.started(starts_2016 - 78, "2016-12-01", "start 2016 ")
    delivery.completed(20, "2017-01-16", "2017-06-30", "both in 2017 ")
    for number in range(100):
        delivery.citizen(f"control {number}", gruppe="kontrol")
    delivery.wages("2016-05-31", "400.000,00")
    delivery.wages("2017-05-31", "500.000,00")
    return delivery


def small(portfolio: Portfolio, *projects: str) -> None:
    """Deliver projects of one start in 2016 each: 6 000 kr."""
    for number, project_id in enumerate(projects):
        delivery = portfolio.project(project_id, municipalities=(("187", "253", "101")[number],)).delivery("2016-12-31")
        delivery.started(1, "2016-03-01")
        delivery.write(portfolio.inbox)


def test_the_worked_example_and_its_late_correction(office: Office) -> None:
    project = office.portfolio.project(JF, target=100)
    worked_example(project).write(office.portfolio.inbox)
    for year in (2016, 2017):
        office.settle(year, now=f"2018-02-1{year - 2011}T08:00")
        office.release(year, now=f"2018-03-1{year - 2011}T08:00")
    assert office.posted() == [
        (JF, 2016, "activity", "settlement", Decimal(80 * 6_000 + 40 * 10_000)),
        (JF, 2016, "fixed", "settlement", Decimal(400_000)),
        (JF, 2017, "activity", "settlement", Decimal(1_440_000 - 880_000)),
        (JF, 2017, "fixed", "settlement", Decimal(850_000 - 400_000)),
    ]

    worked_example(project, "2018-04-30", starts_2016=79).write(office.portfolio.inbox)
    for year in (2016, 2017):
        office.settle(year, now=f"2018-05-0{year - 2015}T08:00")
    released = office.release(2016, 2017, now="2018-06-01T08:00")
    assert office.posted()[4:] == [
        (JF, 2016, "activity", "adjustment", Decimal(-6_000)),
        (JF, 2017, "activity", "adjustment", Decimal(6_000)),
    ]
    assert [year.decided[0].kind for year in released.years] == [Kind.TILBAGEBETALING, Kind.EFTERREGULERING]
    repaid, paid = (year.out for year in released.years)
    assert repaid is not None
    assert paid is not None
    assert not (repaid / "payments.xml").exists()
    assert [row["amount"] for row in rows(repaid / "repayments.csv")] == ["-6000.00"]
    assert "6000.00" in (paid / "payments.xml").read_text(encoding="utf-8")
    assert "skal betale <strong>6.000 kr.</strong> tilbage" in letter(repaid)
    assert "<strong>6.000 kr.</strong> mere" in letter(paid)


def letter(released: Path, project_id: str = JF) -> str:
    return (released / "letters" / f"{project_id}.html").read_text(encoding="utf-8")

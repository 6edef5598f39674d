"""The worked examples of the settlement, as a caseworker would check them.

Each expected amount is written as the sum that a person would write.
"""

from __future__ import annotations

from decimal import Decimal

from tests.support.portfolio import COMPANIES, Portfolio
from tests.support.settling import settled


def test_vallensbaek_lower_bound(portfolio: Portfolio) -> None:
    """Target 100, all start, none completes, wages for the whole fixed grant."""
    delivery = portfolio.project(target=100).delivery("2016-12-31")
    delivery.started(100, "2016-03-01")
    delivery.wages("2016-06-30", "850.000,00")
    delivery.write(portfolio.inbox)
    row = settled(portfolio, 2016)["settlement"]["JF-187"]
    assert row["starts"] == "100"
    assert row["completions"] == "0"
    assert Decimal(row["entitlement"]) == 850_000 + 100 * 6_000 == 1_450_000


def test_vallensbaek_upper_bound(portfolio: Portfolio) -> None:
    """Target 100, all start and complete: the cap of 90 per cent of 16 000 a citizen binds."""
    delivery = portfolio.project(target=100).delivery("2016-12-31")
    delivery.completed(100, "2016-03-01", "2016-09-30")
    delivery.wages("2016-06-30", "900.000,00")
    delivery.write(portfolio.inbox)
    row = settled(portfolio, 2016)["settlement"]["JF-187"]
    assert row["starts"] == row["completions"] == "100"
    assert Decimal(row["gross_activity"]) == 100 * (6_000 + 10_000)
    assert Decimal(row["cap"]) == 1_440_000
    assert Decimal(row["entitlement"]) == 850_000 + 1_440_000 == 2_290_000


def test_jf_187_meets_its_cap_in_2017(portfolio: Portfolio) -> None:
    delivery = portfolio.project(target=100).delivery("2017-12-31")
    delivery.completed(40, "2016-03-01", "2016-09-30", "both in 2016 ")
    delivery.completed(40, "2016-12-01", "2017-03-31", "start 2016, complete 2017 ")
    delivery.completed(18, "2017-01-16", "2017-06-30", "both in 2017 ")
    delivery.started(2, "2017-01-16", "start 2017 ")
    for day, amount in (("2016-05-31", "400.000,00"), ("2017-05-31", "500.000,00")):
        delivery.wages(day, amount)
    delivery.write(portfolio.inbox)

    row = settled(portfolio, 2016)["settlement"]["JF-187"]
    assert (row["starts"], row["completions"]) == ("80", "40")
    assert Decimal(row["gross_activity"]) == 80 * 6_000 + 40 * 10_000 == 880_000
    assert Decimal(row["activity"]) == 880_000
    assert Decimal(row["fixed"]) == 400_000
    assert Decimal(row["entitlement"]) == 880_000 + 400_000 == 1_280_000

    row = settled(portfolio, 2017)["settlement"]["JF-187"]
    assert (row["starts"], row["completions"]) == ("20", "58")
    assert Decimal(row["gross_activity"]) == 20 * 6_000 + 58 * 10_000 == 700_000
    assert Decimal(row["activity"]) == 1_440_000 - 880_000 == 560_000
    assert Decimal(row["fixed"]) == 850_000 - 400_000 == 450_000
    assert Decimal(row["entitlement"]) == 560_000 + 450_000 == 1_010_000


def test_easter_bridges_a_chain_and_a_working_day_breaks_it(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    for citizen, second_starts in (
        ("Anna", "2016-03-29"),  # Maundy Thursday to Easter Monday lie between: no working day
        ("Bent", "2016-03-30"),  # Tuesday 29 March is a working day: a new chain begins
    ):
        delivery.spell(delivery.citizen(citizen), "2016-03-01", "2016-03-23")
        delivery.spell(citizen, second_starts)
    delivery.write(portfolio.inbox)
    anna, bent = settled(portfolio, 2016)["citizens"]
    assert (anna["start_date"], anna["completion_date"]) == ("2016-03-01", "2016-05-30")
    assert (bent["start_date"], bent["completion_date"]) == ("2016-03-01", "2016-06-28")


def test_a_spell_completes_on_its_91st_day(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    for citizen, end in (
        ("Anna", "2016-05-29"),  # 90 days
        ("Bent", "2016-05-30"),  # 91 days, the first and the last counted
        ("Carl", "2016-05-31"),  # longer: still on the 91st day
    ):
        delivery.spell(delivery.citizen(citizen), "2016-03-01", end)
    delivery.write(portfolio.inbox)
    citizens = settled(portfolio, 2016)["citizens"]
    assert {one["citizen_id"]: one["completion_date"] for one in citizens} == {
        "Anna": "",
        "Bent": "2016-05-30",
        "Carl": "2016-05-30",
    }


def test_two_companies_never_join(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    citizen = delivery.citizen("Anna")
    delivery.spell(citizen, "2016-03-01", "2016-04-30")
    delivery.spell(citizen, "2016-05-01", "2016-06-30", virksomhed_cvr=COMPANIES[1])
    delivery.write(portfolio.inbox)
    (row,) = settled(portfolio, 2016)["citizens"]
    assert (row["start_date"], row["completion_date"]) == ("2016-03-01", "")


def test_types_mix_within_a_chain_but_a_taster_does_not_count(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    citizen = delivery.citizen("Anna")
    delivery.spell(citizen, "2016-02-01", "2016-02-29", type="Snusepraktik")
    delivery.spell(citizen, "2016-03-01", "2016-04-15", type="Virksomhedspraktik")
    delivery.spell(citizen, "2016-04-16", "2016-08-31", type="Ordinær ansættelse")
    delivery.write(portfolio.inbox)
    (row,) = settled(portfolio, 2016)["citizens"]
    assert (row["start_date"], row["completion_date"]) == ("2016-03-01", "2016-05-30")


def test_a_control_starts_nothing(portfolio: Portfolio) -> None:
    delivery = portfolio.project().delivery("2016-12-31")
    delivery.spell(delivery.citizen("Anna", gruppe="kontrol"), "2016-03-01", "2016-12-01")
    delivery.write(portfolio.inbox)
    result = settled(portfolio, 2016)
    assert result["settlement"]["JF-187"]["starts"] == "0"
    assert result["citizens"][0]["arm"] == "control"


def test_a_project_without_a_delivery_is_missing(portfolio: Portfolio) -> None:
    portfolio.project(target=100)
    row = settled(portfolio, 2016)["settlement"]["JF-187"]
    assert (row["status"], row["holds"], row["delivery_as_of"]) == ("missing", "P04", "")
    assert Decimal(row["cap"]) == 1_440_000
    assert Decimal(row["entitlement"]) == 0


def test_a_project_that_starts_on_the_years_last_day_has_started(portfolio: Portfolio) -> None:
    portfolio.project("JF-187", start="2016-12-31")
    portfolio.project("JF-253", start="2017-01-01", municipalities=("253",))
    rows = settled(portfolio, 2016)["settlement"]
    assert (rows["JF-187"]["status"], rows["JF-253"]["status"]) == ("missing", "not_started")

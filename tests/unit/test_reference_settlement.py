"""The plain reference reproduces the settlement's worked examples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import holidays
import pytest

from tests.reference.settlement import HOLIDAYS, Spell, completion_date, is_working_day, money_by_year

DAY = dt.timedelta(days=1)


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_hand_written_holidays_are_those_of_the_library() -> None:
    library = holidays.country_holidays("DK", years=(2016, 2017))
    assert set(HOLIDAYS) == set(library)


def test_1_may_is_a_working_day_and_whit_monday_is_not() -> None:
    assert is_working_day(date("2017-05-01"))
    assert not is_working_day(date("2017-06-05"))


@pytest.mark.parametrize(("completions", "owed"), [(0, 1_450_000), (100, 2_290_000)])
def test_vallensbaek_bounds(completions: int, owed: int) -> None:
    money = money_by_year({2016: 100}, {2016: completions}, {2016: Decimal(900_000)}, 100, Decimal(850_000), 2016)
    assert money[2016].entitlement == owed


def jf_187(starts_2016: int) -> list[Decimal]:
    money = money_by_year(
        {2016: starts_2016, 2017: 20},
        {2016: 40, 2017: 58},
        {2016: Decimal(400_000), 2017: Decimal(500_000)},
        100,
        Decimal(850_000),
        2017,
    )
    return [money[2016].entitlement, money[2017].entitlement]


def test_jf_187() -> None:
    assert jf_187(80) == [1_280_000, 1_010_000]


def test_jf_187_with_one_start_removed_afterwards() -> None:
    before, after = jf_187(80), jf_187(79)
    assert [new - old for new, old in zip(after, before, strict=True)] == [-6_000, 6_000]


def test_negative_wages_never_make_the_fixed_grant_negative() -> None:
    money = money_by_year({}, {}, {2016: Decimal(-500), 2017: Decimal(700)}, 1, Decimal(850_000), 2017)
    assert [money[year].fixed for year in (2016, 2017)] == [0, 200]


@pytest.mark.parametrize(("second_start", "completes"), [("2016-03-29", "2016-05-30"), ("2016-03-30", "2016-06-28")])
def test_easter_chain(second_start: str, completes: str) -> None:
    spells = [
        Spell("1", date("2016-03-01"), date("2016-03-23")),
        Spell("1", date(second_start), date("2016-12-31")),
    ]
    assert completion_date(spells, 91) == date(completes)


def test_companies_never_join() -> None:
    spells = [
        Spell("1", date("2016-03-01"), date("2016-04-30")),
        Spell("2", date("2016-05-01"), date("2016-07-29")),
    ]
    assert completion_date(spells, 91) is None


@pytest.mark.parametrize(("ends_on", "completes"), [("2016-05-29", None), ("2016-05-30", "2016-05-30")])
def test_ninety_one_days_count_first_and_last(ends_on: str, completes: str | None) -> None:
    spells = [Spell("1", date("2016-03-01"), date(ends_on))]
    assert completion_date(spells, 91) == (date(completes) if completes else None)


def test_a_short_spell_inside_a_long_one_does_not_shorten_the_chain() -> None:
    spells = [
        Spell("1", date("2016-03-01"), date("2016-05-01")),
        Spell("1", date("2016-03-05"), date("2016-03-06")),
        Spell("1", date("2016-05-02"), date("2016-05-30")),
    ]
    assert completion_date(spells, 91) == date("2016-05-30")

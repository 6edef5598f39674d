"""The days on which Danish banks pay. Source: Finans Danmark, 'Banklukkedage'."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.handover.bank_day import bank_day_from


@pytest.mark.parametrize(
    ("day", "paid"),
    [
        ("2018-02-15", "2018-02-15"),  # a Thursday
        ("2018-02-17", "2018-02-19"),  # a Saturday
        ("2018-03-29", "2018-04-03"),  # Maundy Thursday to the Tuesday after Easter
        ("2018-04-27", "2018-04-30"),  # Great Prayer Day
        ("2024-04-26", "2024-04-26"),  # which is none any more
        ("2018-05-01", "2018-05-01"),  # banks are open
        ("2018-05-10", "2018-05-14"),  # Ascension Day and the Friday after it
        ("2018-06-05", "2018-06-06"),  # Constitution Day
        ("2018-12-24", "2018-12-27"),
        ("2018-12-31", "2019-01-02"),
    ],
)
def test_the_first_day_on_which_banks_pay(day: str, paid: str) -> None:
    assert bank_day_from(date.fromisoformat(day)) == date.fromisoformat(paid)

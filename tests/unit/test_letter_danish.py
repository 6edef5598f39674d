"""Amounts, dates, counts and lists are written as Danes write them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tasks.letters import danish


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0 kr."),
        ("0.05", "0,05 kr."),
        ("999", "999 kr."),
        ("1000", "1.000 kr."),
        ("1440000.00", "1.440.000 kr."),
        ("6000.50", "6.000,50 kr."),
        ("-6000", "−6.000 kr."),
        ("-0.00", "0 kr."),
        ("123456789.10", "123.456.789,10 kr."),
    ],
)
def test_amount(amount: str, written: str) -> None:
    assert danish.kroner(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2018, 2, 15), "15. februar 2018"),
        (date(2017, 1, 1), "1. januar 2017"),
        (date(2016, 12, 31), "31. december 2016"),
    ],
)
def test_date(day: date, written: str) -> None:
    assert danish.dato(day) == written


@pytest.mark.parametrize(("day", "written"), [(7, "1 uge"), (21, "3 uger"), (1, "1 dag"), (10, "10 dage")])
def test_time_to_a_deadline(day: int, written: str) -> None:
    sent = date(2017, 2, 15)
    assert danish.frist(sent + timedelta(day), sent) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [("0.90", "90 pct."), ("1", "100 pct."), ("0.9", "90 pct."), ("0.125", "12,5 pct."), ("0.1", "10 pct.")],
)
def test_share(share: str, written: str) -> None:
    assert danish.procent(Decimal(share)) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 borgere"), (1, "1 borger"), (2, "2 borgere"), (1234, "1.234 borgere")],
)
def test_count(count: int, written: str) -> None:
    assert danish.antal(count, "borger", "borgere") == written


@pytest.mark.parametrize(
    ("items", "written"),
    [((), ""), (("A",), "A"), (("A", "B"), "A og B"), (("A", "B", "C"), "A, B og C")],
)
def test_list(items: tuple[str, ...], written: str) -> None:
    assert danish.liste(items) == written

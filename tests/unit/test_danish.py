"""Numbers, amounts, shares, dates, counts and lists are written as Danes write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tasks.base import danish, lines


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
    "write", [danish.number, danish.kroner, danish.kroner_oere, danish.amount, danish.signed_amount, lines.amount]
)
@pytest.mark.parametrize("amount", ["0.005", "-6000.001", "1440000.999"])
def test_an_amount_that_is_not_exact_to_the_oere_is_never_written_as_another(
    write: Callable[[Decimal], str], amount: str
) -> None:
    with pytest.raises(ValueError, match="not exact to the øre"):
        write(Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "written"), [("0", "0,00"), ("-0.00", "0,00"), ("-6000.5", "-6.000,50"), ("1440000", "1.440.000,00")]
)
def test_an_amount_of_a_line(amount: str, written: str) -> None:
    assert lines.amount(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2018, 2, 15), "15. februar 2018"),
        (date(2017, 1, 1), "1. januar 2017"),
        (date(2016, 12, 31), "31. december 2016"),
        (date(16, 12, 31), "31. december 0016"),
    ],
)
def test_date(day: date, written: str) -> None:
    assert danish.dato(day) == written
    assert danish.in_prose(danish.short_day(day)) == written


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


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0,00"),
        ("0.5", "0,50"),
        ("-6000", "−6.000,00"),
        ("1440000", "1.440.000,00"),
        ("47500000.07", "47.500.000,07"),
    ],
)
def test_amounts_are_written_to_the_oere(value: str, written: str) -> None:
    assert danish.amount(Decimal(value)) == written


def test_an_amount_is_never_rounded() -> None:
    with pytest.raises(ValueError, match="not exact"):
        danish.amount(Decimal("0.005"))


def test_a_difference_shows_its_sign() -> None:
    assert danish.signed_amount(Decimal(6000)) == "+6.000,00"
    assert danish.signed_amount(Decimal(-6000)) == "−6.000,00"
    assert danish.signed_amount(Decimal(0)) == "0,00"


def test_rounding_is_half_up_and_nothing_is_minus_nought() -> None:
    assert danish.decimal(Decimal("0.25")) == "0,3"
    assert danish.decimal(-0.04) == "0,0"
    assert danish.percent(0.1234) == "12,3"
    assert danish.millions(Decimal(47_500_000)) == "47,5 mio. kr."


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "0,0 mio. kr."),
        ("15634.50", "15.634,50 kr."),
        ("-1234", "−1.234 kr."),
        ("49999.99", "49.999,99 kr."),
        ("50000", "0,1 mio. kr."),
    ],
)
def test_an_amount_is_never_rounded_to_nothing(amount: str, written: str) -> None:
    assert danish.millions(Decimal(amount)) == written


def test_deviations_have_a_sign_where_they_are_seen() -> None:
    assert danish.signed_percent(0.05) == "+5,0"
    assert danish.signed_percent(-0.05) == "−5,0"
    assert danish.signed_percent(0.0001) == "0,0"


def test_p_values_say_when_they_are_smaller_than_can_be_shown() -> None:
    assert danish.p_value(0.042) == "0,042"
    assert danish.p_value(0.00001) == "< 0,001"
    assert danish.p_statement(0.042) == "p = 0,042"
    assert danish.p_statement(0.00001) == "p < 0,001"


def test_days_and_months_of_tables() -> None:
    assert danish.short_day(date(2017, 2, 1)) == "01-02-2017"
    assert danish.month(date(2016, 3, 1)) == "marts 2016"


def test_a_date_in_digits_is_written_out_in_a_sentence() -> None:
    assert danish.in_prose("til og med 31-12-2016 (01-02-2017, 99-99-2017)") == (
        "til og med 31. december 2016 (1. februar 2017, 99-99-2017)"
    )

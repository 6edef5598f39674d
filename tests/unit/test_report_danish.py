"""Numbers as Danes write them, in text and in the cells of tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tasks.report import danish
from tasks.report.cells import cell, changes, totals


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


def test_deviations_have_a_sign_where_they_are_seen() -> None:
    assert danish.signed_percent(0.05) == "+5,0"
    assert danish.signed_percent(-0.05) == "−5,0"
    assert danish.signed_percent(0.0001) == "0,0"


def test_p_values_say_when_they_are_smaller_than_can_be_shown() -> None:
    assert danish.p_value(0.042) == "0,042"
    assert danish.p_value(0.00001) == "< 0,001"
    assert danish.p_statement(0.042) == "p = 0,042"
    assert danish.p_statement(0.00001) == "p < 0,001"


def test_days_months_and_counts() -> None:
    assert danish.day(date(2017, 2, 1)) == "01.02.2017"
    assert danish.month(date(2016, 3, 1)) == "marts 2016"
    assert danish.counted(1, "borger", "borgere") == "1 borger"
    assert danish.counted(1200, "borger", "borgere") == "1.200 borgere"


def test_a_cell_is_written_as_its_column_says_and_sorts_by_its_number() -> None:
    assert cell("entitlement_dkk", Decimal("1280000.50")) == '<td class="n" data-value="1280000.5">1.280.000,50</td>'
    assert cell("chi_square_p", 0.0) == '<td class="n" data-value="0">&lt; 0,001</td>'
    assert cell("starts", 1200) == '<td class="n" data-value="1200">1.200</td>'
    assert cell("chi_square_p", None) == '<td class="n" data-value="-1">–</td>'


def test_totals_and_changes() -> None:
    rows = [{"a_dkk": Decimal("0.10"), "n": 1}, {"a_dkk": Decimal("0.20"), "n": 2}]
    assert "0,30" in totals(rows, "a_dkk")
    assert ">3<" in totals(rows, "n")
    assert "−0,10" in changes(rows[0], rows[1], "a_dkk")

"""Dates, amounts and numbers as municipalities write them: 'As real files are' of the intake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest


def read(warehouse: duckdb.DuckDBPyConnection, macro: str, text: str) -> Any:
    return warehouse.execute(f"SELECT {macro}($text::VARCHAR)", {"text": text}).fetchall()[0][0]


@pytest.mark.parametrize(
    "text", ["01-03-2016", "1-3-2016", "01.03.2016", "1/3/2016", "2016-03-01", "2016-3-1", "1.03.2016"]
)
def test_dates_that_are_read(warehouse: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(warehouse, "as_date", text) == date(2016, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01-03-16",
        "03/13/2016",
        "31-04-2016",
        "29-02-2017",
        "1-3.2016",
        "2016/03/01",
        "01-03-2016 12:00",
        "01 03 2016",
        "1. marts 2016",
        "0000-01-01",
        "01-01-0000",
        "00-01-2016",
        "42430",
        "",
        "-",
        "٠١-٠٣-٢٠١٦",
    ],
)
def test_dates_that_are_not(warehouse: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(warehouse, "as_date", text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.234", "1234"),
        ("1234", "1234"),
        ("1234.56", "1234.56"),
        ("1234.5", "1234.5"),
        ("-500", "-500"),
        ("-1.234.567,8", "-1234567.8"),
        ("0,10", "0.10"),
        ("007", "7"),
        ("999999999999999,99", "999999999999999.99"),
    ],
)
def test_amounts_that_are_read(warehouse: duckdb.DuckDBPyConnection, text: str, amount: str) -> None:
    assert read(warehouse, "as_amount", text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "1.23,4",
        "1,234.56",
        "12.34.56",
        "1 000",
        "+5",
        "1234.567",
        "1,234",
        "1.2345",
        ".5",
        "5,",
        "1..234",
        "1e3",
        "",
        "1\u00a0000",
        "1\u202f000",
        "1000000000000000",
        "-1.000.000.000.000.000",
        "12345678901234567890",
        "--5",
        "5-",
        "1.234.56",
        "6101700004,00",
        "6.101.700.004",
        "6.101.700.004,00",
        "-6.101.700.004,5",
        "0006101700004",
        "0.125",
        "00.125",
        "-000.125",
    ],
)
def test_amounts_that_are_not(warehouse: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(warehouse, "as_amount", text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("500 kr.", "500"),
        ("500kr.", "500"),
        ("500\u00a0kr.", "500"),
        ("500 \u202fkr.", "500"),
        ("kr. 5", "kr. 5"),
        ("5 kr", "5 kr"),
        ("1\u00a0000\u00a0kr.", "1\u00a0000"),
    ],
)
def test_the_unit_may_follow(warehouse: duckdb.DuckDBPyConnection, text: str, left: str) -> None:
    assert read(warehouse, "without_unit", text) == left


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("0101700000", date(1970, 1, 1)),
        ("010170-0000", date(1970, 1, 1)),
        ("010170 0000", date(1970, 1, 1)),
        ("101700000", date(1970, 1, 1)),  # nine digits have lost the leading zero
        ("6101700000", date(1970, 1, 1)),  # an administrative number
        ("9101700000", date(1970, 1, 31)),
        ("0101573000", date(1957, 1, 1)),  # the last digit of the 1900s, which has no other century
        ("0101364000", date(2036, 1, 1)),
        ("0101374000", date(1937, 1, 1)),
        ("0101575000", date(2057, 1, 1)),
        ("0101585000", date(1858, 1, 1)),
        ("0101369000", date(2036, 1, 1)),
        ("0101379000", date(1937, 1, 1)),
        ("2902004000", date(2000, 2, 29)),
        ("2902000000", None),
        ("9201700000", None),
        ("6001700000", None),
        ("0001700000", None),
        ("0100700000", None),
        ("01017000", None),
        ("010170--0000", None),
        ("01017-00000", None),
        ("", None),
    ],
)
def test_birth_dates(warehouse: duckdb.DuckDBPyConnection, text: str, born: date | None) -> None:
    rows = warehouse.execute("SELECT cpr_birth_date(cpr_number($text::VARCHAR))", {"text": text}).fetchall()
    assert rows == [(born,)]


@pytest.mark.parametrize(("text", "holds"), [("0707614285", True), ("0707614286", False), ("0101700000", False)])
def test_modulus_11(warehouse: duckdb.DuckDBPyConnection, text: str, holds: bool) -> None:
    rows = warehouse.execute("SELECT cpr_check_holds(cpr_number($text::VARCHAR))", {"text": text}).fetchall()
    assert rows == [(holds,)]


@pytest.mark.parametrize(
    ("text", "number"), [("10000009", 10000009), ("01000009", None), ("1000000", None), ("1000000x", None), ("", None)]
)
def test_company_numbers(warehouse: duckdb.DuckDBPyConnection, text: str, number: int | None) -> None:
    assert read(warehouse, "as_cvr", text) == number


def test_a_company_number_has_a_check(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute("SELECT cvr_check_holds(10000009), cvr_check_holds(10000010)").fetchall()
    assert rows == [(True, False)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Ordinær ansættelse", "ordinaer_ansaettelse"), ("LØNTILSKUD", "loentilskud"), ("å-b c", "aa_b_c")],
)
def test_codes_are_folded(warehouse: duckdb.DuckDBPyConnection, text: str, code: str) -> None:
    from tasks.intake.words import fold

    assert read(warehouse, "folded", text) == fold(text) == code


def test_usual_spellings_are_looked_up_as_they_would_be_read(warehouse: duckdb.DuckDBPyConnection) -> None:
    from tasks.intake.keep import prepare_look_ups
    from tasks.rules.model import load_rules

    prepare_look_ups(warehouse, load_rules().vocabulary.words)
    for table, column, macro in (
        ("known_days", "day", "as_date"),
        ("known_words", "code", "folded"),
        ("known_numbers", "number", "as_amount"),
    ):
        differing = f"SELECT count(*), count(*) FILTER (WHERE {macro}(text) IS DISTINCT FROM {column}) FROM {table}"  # noqa: S608
        rows, wrong = warehouse.execute(differing).fetchall()[0]
        assert rows > 0
        assert wrong == 0

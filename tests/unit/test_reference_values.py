"""The plain reference reads cells as the intake contract says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.reference.tables import UnreadableError, find_delimiter, read_csv, split_csv
from tests.reference.values import (
    Value,
    add_years,
    birth_date,
    fold,
    from_cell,
    from_text,
    is_cpr_as_a_whole,
    mask,
    read_amount,
    read_cpr,
    read_cvr,
    read_date,
    read_municipality,
    read_number,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1.234", "1234"),
        ("1234", "1234"),
        ("1234.56", "1234.56"),
        ("-500", "-500"),
        ("1,5", "1.5"),
        ("12.5", "12.5"),
        ("1.234.567,8 kr.", "1234567.8"),
        ("5kr.", "5"),
        ("1.23,4", None),
        ("1,234.56", None),
        ("12.34.56", None),
        ("1 000", None),
        ("kr. 5", None),
        ("+5", None),
        ("1234.567", None),
        ("1,234", None),
        (",5", None),
        ("1,", None),
        ("٣", None),
    ],
)
def test_amounts(text: str, amount: str | None) -> None:
    assert read_amount(from_text(text)) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("cell", "amount"), [(1.005, "1.01"), (-1.005, "-1.01"), (1234.0, "1234"), (0.004, "0"), (1.234, "1.23")]
)
def test_numeric_cells_are_rounded_half_up(cell: float, amount: str) -> None:
    assert read_amount(from_cell(cell)) == Decimal(amount)


def test_hours_have_no_currency() -> None:
    assert read_number(from_text("37,5")) == Decimal("37.5")
    assert read_number(from_text("37 kr.")) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01-02-2016", "2016-02-01"),
        ("1.2.2016", "2016-02-01"),
        ("1/02/2016", "2016-02-01"),
        ("2016-2-1", "2016-02-01"),
        ("01-02-16", None),
        ("13/31/2016", None),
        ("30-02-2016", None),
        ("1-2.2016", None),
        ("2016/02/01", None),
        ("2016-02-01 00:00", None),
        ("", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert read_date(from_text(text)) == (dt.date.fromisoformat(day) if day else None)


def test_a_date_cell_has_no_time() -> None:
    assert read_date(from_cell(dt.datetime(2016, 2, 1))) == dt.date(2016, 2, 1)  # noqa: DTZ001 - a cell has no zone
    assert read_date(from_cell(dt.datetime(2016, 2, 1, 8))) is None  # noqa: DTZ001 - a cell has no zone


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("6101611234", "1961-01-01"),
        ("0101360000", "1936-01-01"),
        ("0101364000", "2036-01-01"),
        ("0101374000", "1937-01-01"),
        ("0101575000", "2057-01-01"),
        ("0101585000", "1858-01-01"),
        ("9112809000", "1980-12-31"),
        ("6002800000", None),
        ("8902800000", "1980-02-29"),
        ("8902810000", None),
    ],
)
def test_centuries_and_administrative_numbers(digits: str, born: str | None) -> None:
    assert birth_date(digits) == (dt.date.fromisoformat(born) if born else None)


def test_cpr_forms() -> None:
    assert read_cpr(from_text("610161-1234")) == read_cpr(from_text("610161 1234")) == "6101611234"
    assert read_cpr(from_text("101611234")) == "0101611234"
    assert read_cpr(from_text("610161-12345")) is None


def test_masking() -> None:
    assert mask("A-6101611234/b 610161-1234") == "A-******-****/b ******-****"
    assert mask("610161 1234, 610161\u20131234") == "******-****, ******-****"
    assert mask("61016112345 610161.1234 3201611234") == "61016112345 610161.1234 3201611234"
    assert is_cpr_as_a_whole("610161-1234")
    assert not is_cpr_as_a_whole("x610161-1234")


def test_codes() -> None:
    assert fold(" Ordinær ansættelse ") == "ordinaer_ansaettelse"
    assert read_municipality(Value("0187")) == read_municipality(Value("187")) == "187"
    assert read_municipality(Value("1187")) is None
    assert read_cvr(Value("64942212")) == "64942212"
    assert read_cvr(Value("64942213")) is None
    assert add_years(dt.date(2016, 2, 29), 1) == dt.date(2017, 2, 28)


def test_csv_records() -> None:
    assert split_csv('a;"b ""x""\nc";\r\n\n1;2', ";") == [["a", 'b "x"\nc', ""], [""], ["1", "2"]]
    assert find_delimiter('"a;b,,;"\tc\nd;e;f;g') == "\t"
    with pytest.raises(UnreadableError):
        read_csv(b'a;b\n"1;2\n')
    table = read_csv("borger_id;CPR;\n1;2;;;\n\n;;\n1;2;3;4\n5\n".encode("utf-16"))
    assert table.columns == ["borger_id", "cpr"]
    assert [(row.number, row.is_ragged) for row in table.rows] == [(2, False), (5, True), (6, True)]

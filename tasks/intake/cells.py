"""A typed cell (workbook, Parquet) as the text that the same cell would be in a CSV file.

Source: the intake, 'As real files are'.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from tasks.intake.words import clean

if TYPE_CHECKING:
    import polars as pl

_CENT = Decimal("0.01")
# The widest decimal of Parquet has 38 digits, and may get a few more; Python's own limit is 28.
_ROUNDING = Context(prec=50, rounding=ROUND_HALF_UP)
_CONTROLS = str.maketrans({"\x1e": " ", "\x1f": " "})


def cell_text(value: object, *, is_amount: bool) -> str:
    """Write a cell as text.

    A whole number is its digits, an amount has at most two decimals (rounded half up), a date without a time of day is
    yyyy-mm-dd, text is clean and trimmed. Any other value is written as a Danish spreadsheet shows it: SAND, FALSK, a
    duration in hours.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value).translate(_CONTROLS).strip()
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return _number_text(Decimal(str(value)), is_amount=is_amount)
    if isinstance(value, timedelta):
        return _duration_text(value)
    return str(value)


def cell_texts(values: Iterable[object], *, is_amount: bool) -> pl.Series:
    """Write cells as a series of texts (see `cell_text`)."""
    import polars as pl

    return pl.Series([cell_text(value, is_amount=is_amount) for value in values], dtype=pl.String)


def _duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(abs(int(value.total_seconds())), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _number_text(number: Decimal, *, is_amount: bool) -> str:
    if not number.is_finite():
        return str(number)
    if number == number.to_integral_value():
        return f"{number:.0f}" if number else "0"
    if is_amount:
        return f"{number.quantize(_CENT, context=_ROUNDING):f}"
    return f"{number:f}"

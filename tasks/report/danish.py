"""Numbers, amounts and dates as Danes write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
MINUS = "\N{MINUS SIGN}"
CENT = Decimal("0.01")
MILLION = Decimal(1_000_000)
SMALLEST_P_VALUE = Decimal("0.001")


def _grouped(value: Decimal, decimals: int) -> str:
    text = f"{abs(value):,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{MINUS}{text}" if value < 0 else text


def number(value: int) -> str:
    """Write a whole number: 1440000 is '1.440.000'."""
    return _grouped(Decimal(value), 0)


def decimal(value: Decimal | float, decimals: int = 1) -> str:
    """Write a number with `decimals` decimals, rounded half up: 12.345 is '12,3'."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return _grouped(exact if exact else abs(exact), decimals)


def amount(value: Decimal) -> str:
    """Write an amount in DKK, to the øre and without unit: '1.440.000,00'.

    Raises ValueError when it is not exact to the øre: a report does not round money.
    """
    if value != value.quantize(CENT):
        raise ValueError(f"the amount {value} is not exact to the øre")
    return _grouped(value, 2)


def signed_amount(value: Decimal) -> str:
    """Write a difference in DKK with its sign: '+6.000,00'."""
    return f"+{amount(value)}" if value > 0 else amount(value)


def millions(value: Decimal) -> str:
    """Write an amount in DKK as millions, rounded half up, for figures: '47,5 mio. kr.'."""
    return f"{decimal(value / MILLION)} mio. kr."


def percent(share: Decimal | float, decimals: int = 1) -> str:
    """Write a share as percent: 0.123 is '12,3'."""
    return decimal(Decimal(str(share)) * 100, decimals)


def signed_percent(share: Decimal | float, decimals: int = 1) -> str:
    """Write a deviation in percentage points, with its sign: 0.05 is '+5,0'."""
    text = percent(share, decimals)
    return f"+{text}" if share > 0 and text.strip("0,") else text


def p_value(value: float) -> str:
    """Write a p-value with three decimals: '0,042'; a smaller one is '< 0,001'."""
    exact = Decimal(str(value))
    return f"< {decimal(SMALLEST_P_VALUE, 3)}" if exact < SMALLEST_P_VALUE else decimal(exact, 3)


def p_statement(value: float) -> str:
    """Write a p-value within a sentence: 'p = 0,042', 'p < 0,001'."""
    written = p_value(value)
    return f"p {written}" if written.startswith("<") else f"p = {written}"


def day(value: date) -> str:
    """Write a date in a table: '31.12.2017'."""
    return f"{value:%d.%m.%Y}"


def month(value: date) -> str:
    """Write a month: 'jan. 2016'."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun: '1 borger', '2 borgere'."""
    return f"{number(count)} {one if count == 1 else many}"

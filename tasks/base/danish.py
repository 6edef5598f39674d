"""Numbers, amounts, shares, dates, counts and lists as Danes write them, in texts and in tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS = ("jan.", "feb.", "marts", "april", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec.")
_COUNTS = ("Et", "To", "Tre", "Fire", "Fem", "Seks", "Syv", "Otte", "Ni", "Ti", "Elleve", "Tolv")
MINUS = "\N{MINUS SIGN}"
UNRECKONED = "kan ikke gøres op"
CENT = Decimal("0.01")
MILLION = Decimal(1_000_000)
SMALLEST_P_VALUE = Decimal("0.001")
_DAY_IN_DIGITS = re.compile(r"\b(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-(\d{4})\b")
_MARKS = str.maketrans(",.", ".,")


def marks(text: str) -> str:
    """Give a number with English marks those of Danish: `1,234.50` is `1.234,50`."""
    return text.translate(_MARKS)


def _signed(value: Decimal | int, text: str) -> str:
    return (MINUS if value < 0 else "") + marks(text)


def _to_the_oere(value: Decimal) -> str:
    """Write an amount's size with two decimals. Raises ValueError when it has more: money is not rounded in silence."""
    if value != value.quantize(CENT):
        raise ValueError(f"the amount {value} is not exact to the øre")
    return f"{abs(value):,.2f}"


def number(value: Decimal | int) -> str:
    """Write a number: dots between thousands, a comma before decimals; two decimals or none.

    Raises ValueError when it has more than two decimals.
    """
    text = _to_the_oere(value).removesuffix(".00") if isinstance(value, Decimal) else f"{abs(value):,}"
    return _signed(value, text)


def kroner(amount_dkk: Decimal) -> str:
    """Write an amount: `1.440.000 kr.`, `6.000,50 kr.`. Raises ValueError when it is not exact to the øre."""
    return f"{number(amount_dkk)} kr."


def kroner_oere(amount_dkk: Decimal) -> str:
    """Write an amount of a table, where the decimals stand under each other: `1.440.000,00 kr.`."""
    return f"{amount(Decimal(amount_dkk))} kr."


def forloebets_laengde(days: int) -> str:
    """Write how long a course is, before its noun: `13 ugers (91 dages)`; `10 dages` where it is not whole weeks."""
    weeks, rest = divmod(days, 7)
    written = f"{number(days)} {'dags' if days == 1 else 'dages'}"
    return written if rest or not weeks else f"{number(weeks)} {'uges' if weeks == 1 else 'ugers'} ({written})"


def dato(day: date) -> str:
    """Write a date: `15. februar 2018`."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year:04}"


def short_day(day: date) -> str:
    """Write a date in digits, as a delivery has it: `15-02-2018`."""
    # strftime writes a year before 1000 in fewer digits on Linux.
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def in_prose(text: str) -> str:
    """Write each date in digits as a sentence has it: `31-12-2016` is `31. december 2016`."""
    return _DAY_IN_DIGITS.sub(lambda day: dato(date(int(day[3]), int(day[2]), int(day[1]))), text)


def month(day: date) -> str:
    """Write a month: `jan. 2016`."""
    return f"{SHORT_MONTHS[day.month - 1]} {day.year}"


def frist(deadline: date, sent: date) -> str:
    """Write the time from a letter to its deadline: `3 uger`; `10 dage` where it is not whole weeks."""
    weeks, days = divmod((deadline - sent).days, 7)
    return antal(weeks * 7 + days, "dag", "dage") if days else antal(weeks, "uge", "uger")


def procent(share: Decimal) -> str:
    """Write a share as a percentage: 0.90 is `90 pct.`."""
    text = f"{share * 100:f}"
    return marks(text.rstrip("0").rstrip(".") if "." in text else text) + " pct."


def antal(count: int, one: str, more: str) -> str:
    """Write a count with its noun: `1 borger`, `2 borgere`."""
    return f"{number(count)} {one if count == 1 else more}"


def unreckoned(count: int, rows: int) -> str:
    """Say how many rows can't be computed: `1 af dem kan ikke gøres op`; where none can, `kan ikke gøres op`."""
    return UNRECKONED if count == rows else f"{number(count)} af dem {UNRECKONED}"


def antal_i_ord(count: int) -> str:
    """Write a count of neuter things at the head of a sentence: `Et`, `To`, `Tolv`; in digits from 13."""
    return _COUNTS[count - 1] if 0 < count <= len(_COUNTS) else number(count)


def liste(items: Sequence[str]) -> str:
    """Write a list in a sentence: `A, B og C`."""
    return " og ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def decimal(value: Decimal | float, decimals: int = 1) -> str:
    """Write a number with `decimals` decimals, rounded half up: 12.345 is `12,3`."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return _signed(exact, f"{abs(exact):,.{decimals}f}")


def amount(value: Decimal) -> str:
    """Write an amount in DKK, to the øre and without unit: `1.440.000,00`.

    Raises ValueError when it is not exact to the øre: a report does not round money.
    """
    return _signed(value, _to_the_oere(value))


def signed_amount(value: Decimal) -> str:
    """Write a difference in DKK with its sign: `+6.000,00`."""
    return f"+{amount(value)}" if value > 0 else amount(value)


def millions(value: Decimal) -> str:
    """Write an amount in DKK as millions, rounded half up, for figures: `47,5 mio. kr.`.

    One that would be rounded to nothing is written in kroner: `40.000 kr.`.
    """
    return kroner(value) if 0 < abs(value) < MILLION / 20 else f"{decimal(value / MILLION)} mio. kr."


def percent(share: Decimal | float, decimals: int = 1) -> str:
    """Write a share as percent: 0.123 is `12,3`."""
    return decimal(Decimal(str(share)) * 100, decimals)


def signed_percent(share: Decimal | float, decimals: int = 1) -> str:
    """Write a deviation in percentage points, with its sign: 0.05 is `+5,0`."""
    text = percent(share, decimals)
    return f"+{text}" if share > 0 and text.strip("0,") else text


def p_value(value: float) -> str:
    """Write a p-value with three decimals: `0,042`; a smaller one is `< 0,001`."""
    exact = Decimal(str(value))
    return f"< {decimal(SMALLEST_P_VALUE, 3)}" if exact < SMALLEST_P_VALUE else decimal(exact, 3)


def p_statement(value: float) -> str:
    """Write a p-value within a sentence: `p = 0,042`, `p < 0,001`."""
    written = p_value(value)
    return f"p {written}" if written.startswith("<") else f"p = {written}"

"""Amounts, dates, counts and lists as Danes write them: the filters of every Danish template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

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
MINUS = "\N{MINUS SIGN}"


def number(value: Decimal | int) -> str:
    """Write a number: dots between thousands, a comma before decimals; two decimals or none."""
    text = f"{abs(value):,.2f}".removesuffix(".00") if isinstance(value, Decimal) else f"{abs(value):,}"
    sign = MINUS if value < 0 else ""
    return sign + text.translate(str.maketrans(",.", ".,"))


def kroner(amount_dkk: Decimal) -> str:
    """Write an amount: `1.440.000 kr.`, `6.000,50 kr.`."""
    return f"{number(amount_dkk)} kr."


def dato(day: date) -> str:
    """Write a date: `15. februar 2018`."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def frist(deadline: date, sent: date) -> str:
    """Write the time from a letter to its deadline: `3 uger`; `10 dage` where it is no whole weeks."""
    weeks, days = divmod((deadline - sent).days, 7)
    return antal(weeks * 7 + days, "dag", "dage") if days else antal(weeks, "uge", "uger")


def procent(share: Decimal) -> str:
    """Write a share as a percentage: 0.90 is `90 pct.`."""
    text = f"{share * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") + " pct."


def antal(count: int, one: str, more: str) -> str:
    """Write a count with its noun: `1 borger`, `2 borgere`."""
    return f"{number(count)} {one if count == 1 else more}"


def liste(items: Sequence[str]) -> str:
    """Write a list in a sentence: `A, B og C`."""
    return " og ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)

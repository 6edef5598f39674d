"""The days on which Danish banks pay: no weekend, no public holiday, no other day on which the banks are closed."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5
_WORKERS_DAY = (5, 1)
_ASCENSION = "Ascension Day"


def bank_day_from(day: date) -> date:
    """Give the first day, from `day` on, on which Danish banks pay.

    Beside the public holidays they are closed on 5 June, 24 and 31 December and the Friday after Ascension Day, and
    open on 1 May. Source: Finans Danmark, 'Banklukkedage'.
    """
    closed = _closed(day.year) | _closed(day.year + 1)
    while day.weekday() >= _SATURDAY or day in closed:
        day += timedelta(days=1)
    return day


def _closed(year: int) -> set[date]:
    import holidays

    danish = holidays.country_holidays("DK", years=year, categories=("public", "optional"), language="en_US")
    (ascension,) = danish.get_named(_ASCENSION, lookup="exact")
    return {day for day in danish if (day.month, day.day) != _WORKERS_DAY} | {ascension + timedelta(days=1)}

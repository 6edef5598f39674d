"""Danish working days: Monday to Friday, public holidays left out.

Source: the settlement, 'From registrations to events'. The holidays come from the holidays library.
"""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def working_days(first_day: date, last_day: date) -> list[date]:
    """Give the working days from `first_day` to `last_day`."""
    import holidays

    danish = holidays.country_holidays("DK", years=range(first_day.year, last_day.year + 1))
    every = (first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1))
    return [day for day in every if day.weekday() < _SATURDAY and day not in danish]

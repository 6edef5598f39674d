"""Days: as a text writes one, and the same day of another year."""

from __future__ import annotations

from datetime import date


def iso_day(text: str) -> date | None:
    """Read a day that is written exactly yyyy-mm-dd; None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # A week's date (2017-W02-1) and a date without hyphens are ISO 8601 too.
    return day if day.isoformat() == text else None


def add_years(day: date, years: int) -> date:
    """Give the same day of a later year; 29 February is the 28th where there is none, as `to_years` in SQL has it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

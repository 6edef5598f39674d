"""A forecast on the terminal, as one JSON object and as a table; its backtest is in each of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tasks.base.english import amount
from tasks.base.worded import worded
from tasks.forecast.forecast import Forecast, ProjectForecast

COLUMNS = (
    "project_id",
    "so_far",
    "low",
    "expected",
    "high",
    "most",
    "posted",
    "enrolled",
    "target",
    "events_so_far",
    "events_expected",
    "as_of",
)
"""The columns of forecast.csv, and of each row in the JSON object."""
LIMITS = ("It is an estimate from this programme's own life table, and knows of no change to come.",)
_MILLION = Decimal(1_000_000)


def row(one: ProjectForecast) -> dict[str, Any]:
    """Give a project by column."""
    return {name: getattr(one, name) for name in COLUMNS}


def csv_text(found: Forecast) -> str:
    """Give every project, by column."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row(one) for one in found.projects)
    return text.getvalue()


def as_object(found: Forecast, changes: Sequence[str] = ()) -> dict[str, Any]:
    """Give the whole forecast as a mapping that JSON can hold."""
    test = found.backtest
    return {
        "forecast": True,
        "as_of": found.as_of,
        "last_day": found.last_date,
        "changes": list(changes),
        "rows": [row(one) for one in found.projects],
        "portfolio": {
            **{name: found.in_all.get(name) for name in ("so_far", "low", "expected", "high", "most", "posted")},
            "appropriation": found.appropriation,
            "left_of_expected": None if found.why_not else found.appropriation - found.in_all["expected"],
            "promised_beyond": max(found.in_all["most"] - found.appropriation, Decimal("0.00")),
            "expected_passes_on": found.passes_on,
        },
        "backtest": None
        if test is None
        else {
            "as_of": test.as_of,
            "until": test.until,
            "projects": test.projects,
            "within": test.within,
            "low": test.low,
            "expected": test.expected,
            "high": test.high,
            "came": test.came,
        },
        "why_not": found.why_not,
        "why_no_backtest": found.why_no_backtest,
        "notes": list(LIMITS),
    }


def tell(found: Forecast, changes: Sequence[str] = ()) -> str:
    """Tell a forecast on a terminal."""
    return "\n".join(_lines(found, changes))


def forecast_sentence(found: Forecast, changes: Sequence[str] = ()) -> str:
    """Say what the programme is expected to come to, or why nobody can tell."""
    by = f", by {', '.join(changes)}" if changes else ""
    told = f"FORECAST to {found.last_date}, from {found.as_of}{by}: "
    if found.why_not:
        return f"{told}none, as {found.why_not}."
    return (
        f"{told}{_millions(found.in_all['expected'])} mio. kr. expected, between {_millions(found.in_all['low'])} and "
        f"{_millions(found.in_all['high'])}."
    )


def backtest_sentence(found: Forecast) -> str:
    """Say how well the same would have been told a year before."""
    test = found.backtest
    if test is None:
        return f"Backtest: none, as {found.why_no_backtest}."
    return (
        f"Backtest: from {test.as_of} to {test.until}, of {test.projects} projects {test.within} came within the band; "
        f"expected {_millions(test.expected)} mio., band {_millions(test.low)}-{_millions(test.high)}, "
        f"came {_millions(test.came)}."
    )


def _lines(found: Forecast, changes: Sequence[str]) -> Iterator[str]:
    so_far, most = found.in_all["so_far"], found.in_all["most"]
    yield forecast_sentence(found, changes)
    yield backtest_sentence(found)
    yield ""
    names = ("so_far", "low", "expected", "high", "most")
    yield f"  {'':<12}" + "".join(f"{name.replace('_', ' '):>16}" for name in names) + f"{'enrolled':>10}{'target':>8}"
    for one in found.projects:
        yield (
            f"  {one.project_id:<12}"
            + "".join(f"{_unknown(one, name) or _amount(getattr(one, name)):>16}" for name in names)
            + f"{one.enrolled:>10}{one.target:>8}"
        )
    yield f"  {'all':<12}" + "".join(f"{_amount(found.in_all.get(name)):>16}" for name in names)
    yield ""
    left = found.appropriation - so_far
    yield f"Appropriation {amount(found.appropriation)} kr.: {amount(left)} kr. are not granted yet."
    if found.passes_on:
        yield f"Expected passes it on {found.passes_on}."
    elif not found.why_not:
        yield f"Expected leaves {amount(found.appropriation - found.in_all['expected'])} kr. of it."
    if most > found.appropriation:
        yield f"Promised beyond it: {amount(most - found.appropriation)} kr., if every project comes to its most."
    yield ""
    yield from (f"Note: {note}" for note in LIMITS)


def _unknown(one: ProjectForecast, name: str) -> str:
    """Say that nobody knows what a project without a delivery has come to: 0 would be a claim."""
    return worded("unknown") if one.as_of is None and name == "so_far" else ""


def _amount(amount_dkk: Decimal | None) -> str:
    return "" if amount_dkk is None else amount(amount_dkk)


def _millions(amount_dkk: Decimal) -> str:
    return f"{amount_dkk / _MILLION:.1f}"

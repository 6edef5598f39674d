"""A forecast on the terminal, as one JSON object and as a table; its backtest is in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base import cells, danish
from tasks.base.lines import amount, projects, some
from tasks.base.worded import Phrase, phrase, shown, worded
from tasks.forecast.forecast import Forecast, ProjectForecast

if TYPE_CHECKING:
    from datetime import date

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
LIMITS = (phrase("The estimate rests on this programme's own life table, and assumes that nothing changes."),)
_MILLION = Decimal(1_000_000)


def row(one: ProjectForecast) -> dict[str, Any]:
    """Give a project by column; None is unknown."""
    return {name: getattr(one, name) for name in COLUMNS}


def csv_text(found: Forecast) -> str:
    """Give every project, by column."""
    return cells.csv_text(COLUMNS, map(row, found.projects))


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
            "unknown": found.unknown,
            "not_begun": found.not_begun,
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
        "notes": notes(found),
    }


def tell(found: Forecast, changes: Sequence[str] = ()) -> str:
    """Write a forecast for a terminal."""
    return "\n".join(_lines(found, changes))


def forecast_sentence(found: Forecast, changes: Sequence[str] = ()) -> Phrase:
    """Say what the programme is expected to come to, or why nobody can say."""
    by = phrase(", by {changes}", changes=", ".join(changes)) if changes else ""
    head = phrase("FORECAST to {day}, from {as_of}{by}: ", day=found.last_date, as_of=found.as_of, by=by)
    if found.why_not:
        return phrase("{head}none, as {why}.", head=head, why=found.why_not)
    return phrase(
        "{head}{expected} mio. kr. expected, between {low} and {high}.",
        head=head,
        **{band: _millions(found.in_all[band]) for band in ("expected", "low", "high")},
    )


def backtest_sentence(found: Forecast) -> Phrase:
    """Say how well the same would have been forecast a year before."""
    test = found.backtest
    if test is None:
        return phrase("Backtest: none, as {why}.", why=found.why_no_backtest)
    return phrase(
        "Backtest: from {as_of} to {until}, of {projects} {within} came within the band; "
        "expected {expected} mio., band {low}-{high}, came {came}.",
        as_of=test.as_of,
        until=test.until,
        projects=projects(test.projects),
        within=test.within,
        expected=_millions(test.expected),
        low=_millions(test.low),
        high=_millions(test.high),
        came=_millions(test.came),
    )


def notes(found: Forecast) -> list[Phrase]:
    """Say what the forecast can't know."""
    told = []
    if found.unknown:
        told.append(
            phrase(
                "{projects} without a delivery ({names}): the cost is unknown, and only most and posted are summed "
                "with it.",
                projects=projects(len(found.unknown)),
                names=some(found.unknown),
            )
        )
    if not found.why_not:
        told += [_not_begun(names, None if day == found.as_of else day) for day, names in found.not_begun_by]
    return [*told, *LIMITS]


def _not_begun(names: Sequence[str], known_to: date | None) -> Phrase:
    """Say what is expected of projects that begin later. `known_to`: the last day known of them, where it is older."""
    values = {"projects": projects(len(names)), "names": some(names)}
    if known_to is None:
        return phrase("{projects} not begun ({names}): all participants are expected there, and no expenses.", **values)
    if len(names) == 1:
        return phrase(
            "{projects} not begun on {day}, the last day known of it ({names}): all participants are expected there, "
            "and no expenses.",
            day=known_to,
            **values,
        )
    return phrase(
        "{projects} not begun on {day}, the last day known of them ({names}): all participants are expected there, "
        "and no expenses.",
        day=known_to,
        **values,
    )


def _lines(found: Forecast, changes: Sequence[str]) -> Iterator[str]:
    yield str(shown(forecast_sentence(found, changes)))
    yield str(shown(backtest_sentence(found)))
    yield ""
    names = {
        "so_far": worded("so far"),
        "low": worded("low"),
        "expected": worded("expected"),
        "high": worded("high"),
        "most": worded("most"),
    }
    ends = f"{worded('enrolled'):>10}{worded('target'):>8}"
    yield f"  {'':<12}" + "".join(f"{title:>16}" for title in names.values()) + ends
    for one in found.projects:
        enrolled = worded("unknown") if one.enrolled is None else one.enrolled
        amounts = "".join(f"{_unknown(one, name) or _amount(getattr(one, name)):>16}" for name in names)
        yield f"  {one.project_id:<12}{amounts}{enrolled:>10}{one.target:>8}"
    yield f"  {worded('all'):<12}" + "".join(f"{_amount(found.in_all.get(name)):>16}" for name in names)
    yield ""
    yield from _exposure(found)
    yield ""
    yield from (worded("Note: {note}", note=note) for note in notes(found))


def _exposure(found: Forecast) -> Iterator[str]:
    """Compare the computed, expected and promised amounts with the appropriation."""
    sums = found.in_all
    left = {name: found.appropriation - dkk for name, dkk in sums.items()}
    total = amount(found.appropriation)
    if left["so_far"] >= 0:
        yield worded(
            "Appropriation {appropriation} kr.: what is computed so far leaves {left} kr. of it.",
            appropriation=total,
            left=amount(left["so_far"]),
        )
    else:
        yield worded(
            "Appropriation {appropriation} kr.: what is computed so far is {over} kr. beyond it.",
            appropriation=total,
            over=amount(-left["so_far"]),
        )
    if found.passes_later_on:
        yield worded("Expected passes it on {day}.", day=found.passes_later_on)
    if not found.why_not:
        if left["expected"] < 0:
            yield worded("Expected is {over} kr. beyond it.", over=amount(-left["expected"]))
        elif not found.passes_later_on:
            yield worded("Expected leaves {left} kr. of it.", left=amount(left["expected"]))
        yield (
            worded("High leaves {left} kr. of it.", left=amount(left["high"]))
            if left["high"] >= 0
            else worded("High is {over} kr. beyond it.", over=amount(-left["high"]))
        )
    if sums["most"] > found.appropriation:
        yield worded(
            "Promised beyond it: {over} kr., if every project comes to its most.",
            over=amount(sums["most"] - found.appropriation),
        )


def _unknown(one: ProjectForecast, name: str) -> str:
    """Give `unknown` for an amount of a project that has begun and has no delivery: 0 would be a claim."""
    return worded("unknown") if one.is_unknown and name != "most" else ""


def _amount(amount_dkk: Decimal | None) -> str:
    return "" if amount_dkk is None else amount(amount_dkk)


def _millions(amount_dkk: Decimal) -> str:
    return danish.decimal(amount_dkk / _MILLION)

"""The forecast as figures and files: the fan of the programme's cost, each project from so far to most, the table."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from tasks.base import danish
from tasks.base.durable import write_folder_durably
from tasks.base.errors import BusinessRefusal
from tasks.base.jinja import strict_environment
from tasks.base.paths import TEMPLATES
from tasks.base.worded import phrase
from tasks.charts import axes, canvas, planes, plots
from tasks.charts.svg import figure
from tasks.forecast.forecast import FEWEST_PARTICIPANTS, FEWEST_PROJECTS, Forecast, ProjectForecast
from tasks.forecast.text import csv_text
from tasks.register.municipalities import municipalities

FOLDER, CSV, PAGE = "what-if", "forecast.csv", "forecast.html"
_TEMPLATES = TEMPLATES / "whatif"
_MILLION = 1_000_000
_HASH_DIGITS = 8
_MARKED_MONTHS = (1, 4, 7, 10)
_PARTS = {
    "so_far": ("Beregnet indtil nu", canvas.BLUE),
    "to_expected": ("Ventes også", canvas.TEAL),
    "to_most": ("Endnu muligt", canvas.PALE),
}


def section(found: Forecast) -> Markup:
    """Give the forecast as a section of a page in Danish, its backtest in it."""
    return Markup(_template("forecast_section.jinja", found, ()))  # noqa: S704 - the template escapes


def write_report(found: Forecast, changes: Sequence[str], home: Path) -> Path:
    """Write the table and the page, and give their folder.

    Raises BusinessRefusal when there is one already.
    """
    digest = hashlib.sha256(f"{csv_text(found)}{list(changes)}".encode()).hexdigest()[:_HASH_DIGITS]
    folder = home / FOLDER / f"forecast-{found.as_of}-{digest}"
    if folder.exists():
        raise BusinessRefusal(
            phrase("The report {folder} is there already: move or delete it, and run again.", folder=folder)
        )
    page = _template("forecast.html.jinja", found, changes)
    write_folder_durably(folder, {CSV: csv_text(found), PAGE: page})
    return folder


def _template(name: str, found: Forecast, changes: Sequence[str]) -> str:
    names = {code: one.name for code, one in municipalities().items()}
    return (
        _environment()
        .get_template(name)
        .render(
            found=found,
            changes=list(changes),
            names=names,
            fan=_fan(found),
            bars=_bars(found, names),
            fewest={"projects": FEWEST_PROJECTS, "participants": FEWEST_PARTICIPANTS},
        )
    )


def _fan(found: Forecast) -> Markup:
    """Draw the programme's cost to its end, with the band and the appropriation; nothing where none can be drawn."""
    if not found.points:
        return Markup()
    sums = found.in_all
    return figure(
        canvas.sized(lambda size: [_fan_drawn(found, size)]),
        f"Kurve over programmets udgift fra {danish.dato(found.points[0].day)} til {danish.dato(found.last_date)}. "
        f"Til {danish.dato(found.as_of)} er {danish.millions(sums['so_far'])} beregnet. Derefter ventes "
        f"{danish.millions(sums['expected'])}, mellem {danish.millions(sums['low'])} og "
        f"{danish.millions(sums['high'])}. "
        f"Puljens ramme er {danish.millions(found.appropriation)}.",
    )


def _fan_drawn(found: Forecast, size: canvas.Size) -> str:
    first = found.points[0].day
    most = max(*(one.high for one in found.points), float(found.appropriation)) / _MILLION
    marks = {
        float((one - first).days): f"{danish.SHORT_MONTHS[one.month - 1]} {one.year}"
        for one in _months(first.year, found.last_date.year, size)
        if first <= one <= found.last_date
    }
    return planes.fan(
        [
            planes.BandPoint((one.day - first).days, one.low / _MILLION, one.expected / _MILLION, one.high / _MILLION)
            for one in found.points
        ],
        known_to=(found.as_of - first).days,
        limit=float(found.appropriation) / _MILLION,
        limit_label="Puljens ramme",
        labels=("Beregnet", "Ventet, lavt til højt"),
        along=axes.Axis("", 0, (found.last_date - first).days, marks),
        up=axes.millions_axis(most),
        size=size,
    )


def _months(first_year: int, last_year: int, size: canvas.Size) -> list[date]:
    months = _MARKED_MONTHS if size.has_columns else _MARKED_MONTHS[::2]
    return [date(year, month, 1) for year in range(first_year, last_year + 2) for month in months]


def _bars(found: Forecast, names: dict[str, str]) -> Markup:
    rows = sorted(found.projects, key=lambda one: (-one.most, one.project_id))
    leading = Counter(one.lead_municipality for one in rows)
    axis = axes.millions_axis(max((float(one.most) / _MILLION for one in rows), default=1.0))

    def label(one: ProjectForecast, size: canvas.Size) -> str:
        name = names[one.lead_municipality]
        if size.has_columns:
            return f"{one.project_id} {name}"
        return name if leading[one.lead_municipality] == 1 else one.project_id

    def drawn(size: canvas.Size) -> list[str]:
        bars = [plots.Bar(label(one, size), _parts(one), _end_of(one)) for one in rows]
        return plots.bars(bars, dict(_PARTS.values()), axis, size=size)

    ends = "; ".join(f"{one.project_id} {_end_of(one)}" for one in rows)
    return figure(
        canvas.sized(drawn),
        f"Liggende søjler, en for hvert projekt, fra det beregnede til det højest mulige. Mio. kr.: {ends}.",
    )


def _parts(one: ProjectForecast) -> dict[str, float]:
    """Give the parts of a project's bar, in millions: for one without a delivery only the most is known."""
    so_far = one.so_far or Decimal(0)
    expected = one.expected or so_far
    parts = {"so_far": so_far, "to_expected": expected - so_far, "to_most": one.most - expected}
    return {_PARTS[name][0]: float(part) / _MILLION for name, part in parts.items()}


def _end_of(one: ProjectForecast) -> str:
    if one.so_far is None:
        return f"ukendt af {danish.decimal(one.most / _MILLION, 2)}"
    return f"{danish.decimal((one.expected or one.so_far) / _MILLION, 2)} af {danish.decimal(one.most / _MILLION, 2)}"


@cache
def _environment() -> Environment:
    environment = strict_environment(_TEMPLATES, Environment)
    environment.filters |= {
        "amount": danish.amount,
        "counted": danish.antal,
        "day": danish.dato,
        "liste": danish.liste,
        "millions": danish.millions,
        "number": danish.number,
    }
    return environment

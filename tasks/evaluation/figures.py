"""The report's figures, made from the public tables: which values go into which chart, and the words around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.base import danish
from tasks.charts import axes, canvas, planes, plots
from tasks.charts.svg import figure
from tasks.evaluation.hide import HIDDEN

if TYPE_CHECKING:
    from markupsafe import Markup

    from tasks.evaluation.tables import Line

_MARKED_WEEKS = 13
_WIDE = canvas.Size(736, 470)


def curve(weeks: Sequence[Line]) -> Markup | None:
    """Draw the hours of each arm, added up week by week; None where no week has enough in both arms."""
    told = [one for one in weeks if one["estimate"]]
    if not told:
        return None
    series = {
        name: [
            planes.BandPoint(int(one["week"]), *(float(one[f"{part}_{arm}"]) for part in ("low", "hours", "high")))
            for one in told
        ]
        for name, arm in (("Deltagere", "participants"), ("Kontroller", "controls"))
    }
    last = told[-1]
    return _curves(
        series,
        told,
        f"Samlede ordinære timer pr. borger efter uge. Uge {last['week']}: deltagere "
        f"{hours(float(last['hours_participants']))}, kontroller {hours(float(last['hours_controls']))}.",
    )


def gap(weeks: Sequence[Line]) -> Markup | None:
    """Draw how the arms' hours differ, added up week by week; None where no week has enough in both arms."""
    told = [one for one in weeks if one["estimate"]]
    if not told:
        return None
    points = [
        planes.BandPoint(int(one["week"]), float(one["low"]), float(one["estimate"]), float(one["high"]))
        for one in told
    ]
    last = points[-1]
    return _curves(
        {"Deltagere minus kontroller": points},
        told,
        f"Forskel i samlede timer efter uge med interval. Uge {last.at}: {hours(last.value)}, "
        f"mellem {hours(last.low)} og {hours(last.high)}.",
    )


def _curves(series: dict[str, list[planes.BandPoint]], told: Sequence[Line], spoken: str) -> Markup:
    """Draw curves by week; under each marked week how many of each arm were followed, as the table shows it."""
    weeks = {int(one["week"]): one for one in told}
    along = axes.Axis(
        "Fulgt: deltagere over kontroller",
        0,
        max(weeks),
        {
            week: f"uge {week}\n{_count(one['participants'])}\n{_count(one['controls'])}"
            for week, one in weeks.items()
            if week % _MARKED_WEEKS == 0
        },
    )
    up = axes.spanning_axis("Timer", [end for own in series.values() for one in own for end in (one.low, one.high)])
    colours = dict(zip(series, (canvas.BLUE, canvas.ORANGE), strict=False))
    return _figure(lambda size: [planes.curves(series, colours, along, up, size=size)], spoken)


def forest(projects: Sequence[Line], whole: Mapping[str, str] | None) -> Markup | None:
    """Draw each project's effect, and that of the projects together (`whole`); None where no effect is shown."""
    effects = [
        plots.Interval(one["project_id"], "Projekterne", float(one["estimate"]), float(one["low"]), float(one["high"]))
        for one in projects
        if one["estimate"] and one["low"]
    ]
    if not effects:
        return None
    spoken = "; ".join(f"{one.label} {hours(one.value)}" for one in effects)
    colours = {"Projekterne": canvas.BLUE}
    if whole is not None and whole["estimate"]:
        ends = float(whole["estimate"]), float(whole["low"]), float(whole["high"])
        effects.append(plots.Interval("Tilsammen", "Tilsammen", *ends))
        colours["Tilsammen"] = canvas.ORANGE
        spoken += f"; tilsammen {hours(ends[0])}"
    axis = axes.spanning_axis("Timer om ugen", [end for one in effects for end in (one.low, one.high)])
    return _figure(
        lambda size: plots.intervals([[one] for one in effects], colours, axis, size=size),
        f"Effekt i timer om ugen for hvert projekt med interval: {spoken}.",
    )


def contrast(projects: Sequence[Line]) -> Markup | None:
    """Draw effects against how much more JobFirst the participants got; None where no project shows both."""
    dots = [
        planes.Dot(one["project_id"], 100 * float(one["contrast"]), float(one["estimate"]))
        for one in projects
        if one["estimate"] and one["contrast"] and not one["contrast"].startswith(HIDDEN)
    ]
    if not dots:
        return None
    along = axes.spanning_axis("Kontrast i procentpoint", [one.along for one in dots])
    up = axes.spanning_axis("Effekt, timer om ugen", [one.up for one in dots])
    spoken = "; ".join(f"{one.label}: {one.along:.0f} % og {hours(one.up)}" for one in dots)
    return _figure(
        lambda size: [planes.scatter(dots, canvas.BLUE, along, up, size=size)],
        f"Kontrast i grundelementer og effekt i timer om ugen for hvert projekt: {spoken}.",
    )


def _figure(draw: Callable[[canvas.Size], Sequence[str]], spoken: str) -> Markup:
    return figure(canvas.Drawings(draw(_WIDE), draw(canvas.NARROW)), spoken)


def _count(text: str) -> str:
    """Write a count of a table in Danish; a hidden one as it is."""
    return danish.number(int(text)) if text.isdigit() else text


def hours(value: float) -> str:
    """Write hours with two decimals."""
    return danish.decimal(round(value, 2) + 0.0, 2)

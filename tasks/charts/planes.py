"""Figures whose two axes both have values: curves in their bands, a fan, and dots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.charts import canvas
from tasks.charts.axes import Axis
from tasks.charts.canvas import BLUE, INK, TEAL, WIDE, Size, arrays, library, theme

# A whole line and a broken one: they differ without colour.
LINES = ("solid", "dashed")
MOST_LABELLED_DOTS = 25


@dataclass(frozen=True)
class BandPoint:
    """A point of a curve in a band: its place, its value, and the ends of the band."""

    at: float
    low: float
    value: float
    high: float


@dataclass(frozen=True)
class Dot:
    """A dot of a scatter plot: how far along and up it is."""

    label: str
    along: float
    up: float


def curves(
    series: Mapping[str, Sequence[BandPoint]], colours: dict[str, str], along: Axis, up: Axis, *, size: Size = WIDE
) -> str:
    """Draw curves, at the most two, each in its band. `series`, `colours`: by name; the curves' dashes differ too."""
    lp = library()
    points = [(name, point) for name, own in series.items() for point in own]
    names = list(series)
    data = arrays(
        name=[name for name, _ in points],
        at=[point.at for _, point in points],
        low=[point.low for _, point in points],
        value=[point.value for _, point in points],
        high=[point.high for _, point in points],
    )
    plot = (
        lp.ggplot(data, lp.aes(x="at", color="name", fill="name", linetype="name"))
        + lp.geom_ribbon(lp.aes(ymin="low", ymax="high"), alpha=0.15, size=0, tooltips="none", show_legend=False)
        + lp.geom_hline(yintercept=0, color=INK, size=1, tooltips="none")
        + lp.geom_line(lp.aes(y="value"), size=1.5, tooltips="none")
        + lp.scale_color_manual(values=colours, breaks=names)
        + lp.scale_fill_manual(values=colours, breaks=names)
        + lp.scale_linetype_manual(values=dict(zip(names, LINES, strict=False)), breaks=names)
        + _both_axes(along, up)
        + lp.ggsize(size.width, 400)
        + theme(horizontal=False, legend=len(names) > 1, plane=True, size=size)
    )
    return canvas.drawn(plot)


def scatter(dots: Sequence[Dot], colour: str, along: Axis, up: Axis, *, size: Size = WIDE) -> str:
    """Draw dots, with their labels where there is room for them."""
    lp = library()
    data = arrays(label=[one.label for one in dots], along=[one.along for one in dots], up=[one.up for one in dots])
    plot = (
        lp.ggplot(data, lp.aes(x="along", y="up"))
        + lp.geom_hline(yintercept=0, color=INK, size=1, tooltips="none")
        + lp.geom_point(color=colour, alpha=0.75, size=3.4, tooltips="none")
        + _both_axes(along, up)
        + lp.ggsize(size.width, 380)
        + theme(horizontal=False, legend=False, plane=True, size=size)
    )
    if size.has_columns and len(dots) <= MOST_LABELLED_DOTS:
        plot += lp.geom_text(lp.aes(label="label"), vjust=-0.8, size=5, color=INK)
    return canvas.drawn(plot)


def _both_axes(along: Axis, up: Axis) -> Any:
    """Give the axes of a plane, with room for a dot and its label, or a mark's, at their ends."""
    lp = library()
    return (
        lp.scale_x_continuous(
            name=along.title,
            limits=[along.least, along.most],
            breaks=list(along.marks),
            labels=list(along.marks.values()),
            expand=[0.03, 0],
        )
        + lp.scale_y_continuous(
            limits=[up.least, up.most], breaks=list(up.marks), labels=list(up.marks.values()), expand=[0.03, 0]
        )
        + lp.labs(title=up.title)
    )


def fan(
    points: Sequence[BandPoint],
    *,
    known_to: float,
    limit: float,
    limit_label: str,
    labels: tuple[str, str],
    along: Axis,
    up: Axis,
    size: Size = WIDE,
) -> str:
    """Draw a curve that is known to a point and estimated after it, in its band, with a dashed limit across.

    `labels`: the names of the known curve and the band, written beside them.
    """
    lp = library()
    known = [point for point in points if point.at <= known_to]
    ahead = [point for point in points if point.at >= known_to]

    def curve(of: Sequence[BandPoint], **style: object) -> Any:
        data = {"at": [point.at for point in of], "sum": [point.value for point in of]}
        return lp.geom_line(lp.aes(x="at", y="sum"), data=data, tooltips="none", **style)

    band = {
        "at": [point.at for point in ahead],
        "low": [point.low for point in ahead],
        "high": [point.high for point in ahead],
    }
    label = {"at": [along.least], "sum": [limit], "label": [limit_label]}
    plot = (
        lp.ggplot()
        + curve(known, color=BLUE, size=2)
        + lp.geom_hline(yintercept=limit, linetype="dashed", color=INK, size=1, tooltips="none")
        + lp.geom_text(
            lp.aes(x="at", y="sum", label="label"), data=label, hjust=0, vjust=1.3, nudge_x=6, color=INK, size=6
        )
        + lp.scale_x_continuous(
            limits=[along.least, along.most], breaks=list(along.marks), labels=list(along.marks.values()), expand=[0, 0]
        )
        + lp.scale_y_continuous(
            limits=[up.least, up.most], breaks=list(up.marks), labels=list(up.marks.values()), expand=[0, 0]
        )
        + lp.labs(title=up.title)
        + lp.ggsize(size.width, 340)
        + theme(horizontal=False, legend=False)
    )
    if len(ahead) > 1:
        plot += lp.geom_ribbon(
            lp.aes(x="at", ymin="low", ymax="high"), data=band, fill=TEAL, alpha=0.22, size=0, tooltips="none"
        )
        plot += curve(ahead, color=TEAL, size=2, linetype="dashed")
        plot += _beside(labels[1], ahead[-1].at, ahead[-1].low, TEAL, vjust=2.6)
    if known:
        plot += _beside(labels[0], known[-1].at, known[-1].value, BLUE, vjust=-1.2)
    return canvas.drawn(plot)


def _beside(text: str, at: float, height: float, colour: str, *, vjust: float) -> Any:
    """Write a text to the left of a point, above or below it."""
    lp = library()
    data = {"at": [at], "sum": [height], "label": [text]}
    return lp.geom_text(
        lp.aes(x="at", y="sum", label="label"), data=data, hjust=1, vjust=vjust, nudge_x=-6, color=colour, size=6
    )

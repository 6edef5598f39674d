"""The figures, drawn by Lets-Plot as SVG.

A figure takes values that are ready to show (shares, counts, millions of DKK), and labels that are our own: codes, ids
and names of reference tables. Text of a delivery or the register never goes in: the library would make links of it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from tasks.base import danish
from tasks.charts.axes import Axis

BLUE, ORANGE, PALE, TEAL, INK = "#1f4e79", "#c05f00", "#cfd8e1", "#0f7b6c", "#333c45"
GRID = "#e3e7eb"
BETWEEN_KINDS = 0.34
# A filled circle and a filled triangle; a whole line and a broken one: they differ without colour.
SHAPES = (16, 17)
LINES = ("solid", "dashed")
WIDTH = 1040
COLUMN_WIDTH = 510
LONGEST_SINGLE_COLUMN = 30
MOST_ROWS_A_COLUMN = 50
ROW_HEIGHT = 17
WIDE_ROW_HEIGHT = 24
FRAME_HEIGHT = 70
LEGEND_ROW_HEIGHT = 24
END_LETTER_WIDTH = 6.0
MOST_ROOM = 0.7
MOST_NARROW_MARKS = 3
MOST_LABELLED_DOTS = 25

Row = TypeVar("Row")


@dataclass(frozen=True)
class Bar:
    """A horizontal bar. `values`: the length of each part, by the part's name. `told`: what stands at its end."""

    label: str
    values: dict[str, float]
    told: str = ""


@dataclass(frozen=True)
class Size:
    """How wide drawings are, in pixels: one that stands alone, and one of several beside each other."""

    width: int
    column: int
    has_columns: bool = True


WIDE = Size(WIDTH, COLUMN_WIDTH)
NARROW = Size(350, 350, has_columns=False)
"""A telephone's: one column, whatever its length."""


@dataclass(frozen=True)
class Drawings:
    """A figure drawn for a screen or paper, and for a telephone."""

    wide: Sequence[str]
    narrow: Sequence[str]


@dataclass(frozen=True)
class Interval:
    """A value on the line of `label`, with the ends of its interval. `kind`: what gives it its colour and shape."""

    label: str
    kind: str
    value: float
    low: float
    high: float


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


@cache
def _library() -> ModuleType:
    """Import the library when the first figure is drawn: a run that fails before that does without."""
    with warnings.catch_warnings():
        # Python warns about the library's own docstrings when it compiles them for the first time.
        warnings.filterwarnings("ignore", message="invalid escape sequence")
        return import_module("lets_plot")


def sized(draw: Callable[[Size], Sequence[str]]) -> Drawings:
    """Draw a figure in both sizes."""
    return Drawings(draw(WIDE), draw(NARROW))


def columns(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """Share out the rows of a long figure over columns that fit beside each other, and on a page of paper."""
    if len(rows) <= LONGEST_SINGLE_COLUMN:
        return [rows]
    count = max(2, -(-len(rows) // MOST_ROWS_A_COLUMN))
    length = -(-len(rows) // count)
    return [rows[at : at + length] for at in range(0, len(rows), length)]


def _theme(*, horizontal: bool, legend: bool, plane: bool = False, size: Size = WIDE) -> Any:
    """Give the theme. `plane`: both axes have values, and the figure draws its own line at 0."""
    lp = _library()
    line = lp.element_line(color=GRID, size=1)
    blank = lp.element_blank()
    return lp.theme(
        panel_background=blank,
        plot_background=blank,
        panel_grid_minor=blank,
        panel_grid_major_x=line if horizontal else blank,
        panel_grid_major_y=blank if horizontal else line,
        axis_line_x=blank if horizontal or plane else lp.element_line(color=INK, size=1),
        axis_line_y=lp.element_line(color=INK, size=1) if horizontal else blank,
        axis_ticks=blank,
        axis_title_x=lp.element_text(color=INK, size=13) if horizontal or plane else blank,
        axis_title_y=blank,
        axis_text_x=lp.element_text(color=INK, size=13, angle=0, margin=[5, 0, 0, 0]),
        axis_text_y=lp.element_text(color=INK, size=13, margin=[0, 5, 0, 0]),
        plot_title=lp.element_text(color=INK, size=13),
        legend_position="top" if legend else "none",
        legend_direction="horizontal" if size.has_columns else "vertical",
        legend_justification=[0, 1],
        legend_title=blank,
        legend_text=lp.element_text(color=INK, size=13),
        plot_margin=[4, 16, 4, 4],
    )


def _data(**values: Sequence[str | float]) -> dict[str, npt.NDArray[Any]]:
    """Give columns of values as arrays: in a list, the library would look at every value by itself."""
    return {name: np.array(column) for name, column in values.items()}


def _drawn(plot: Any) -> str:
    drawing: str = plot.to_svg()
    return drawing


def bars(
    rows: Sequence[Bar],
    colours: dict[str, str],
    axis: Axis,
    *,
    limit: float | None = None,
    row_height: int | None = None,
    has_long_labels: bool = False,
    has_legend: bool = True,
    size: Size = WIDE,
) -> list[str]:
    """Draw horizontal bars, the parts of each stacked in the order of `colours`, the first row on top.

    `limit`: where to draw a dashed line across. A bar's figures stand at its end. Long figures come as several
    drawings, to stand beside each other, unless their labels are so long that a column would have no room for the bars.
    """
    lp = _library()
    marks = _marks(axis, size)
    drawings = []
    parts = [part for part in colours if any(row.values.get(part) for row in rows)]
    shared = [rows] if has_long_labels or not size.has_columns else columns(rows)
    longest = max((len(row.told) for row in rows), default=0)
    single = size.width if len(shared) == 1 else size.column
    # Room for the longest text of a bar, as a share of the width that the labels leave.
    plotted = max(single - 7.5 * max((len(row.label) for row in rows), default=0) - 30, single / 3)
    room = min((END_LETTER_WIDTH * longest + 5) / plotted, MOST_ROOM)
    end = axis.least + (axis.most - axis.least) / (1 - room)
    for column in shared:
        height = row_height or (ROW_HEIGHT if len(column) < len(rows) or has_long_labels else WIDE_ROW_HEIGHT)
        labels = [row.label for row in column]
        drawn = [(row.label, part, row.values[part]) for row in column for part in parts if row.values.get(part)]
        data = _data(
            label=[label for label, _, _ in drawn],
            part=[part for _, part, _ in drawn],
            value=[value for _, _, value in drawn],
        )
        plot = (
            lp.ggplot(data, lp.aes(x="value", y="label", fill="part"))
            + lp.geom_bar(
                stat="identity",
                orientation="y",
                width=0.68,
                size=0,
                tooltips="none",
            )
            + lp.scale_fill_manual(values=colours, breaks=parts)
            + lp.scale_y_discrete(limits=labels[::-1], expand=[0, 0.6])
            + lp.scale_x_continuous(
                name=axis.title,
                limits=[axis.least, end],
                breaks=list(marks),
                labels=list(marks.values()),
                expand=[0, 0],
            )
            + lp.ggsize(single, FRAME_HEIGHT + height * len(column) + _legend_height(parts if has_legend else (), size))
            + _theme(horizontal=True, legend=has_legend and len(parts) > 1, size=size)
        )
        if longest:
            plot += lp.geom_text(
                lp.aes(x="end", y="label", label="told"),
                data=_data(
                    label=labels,
                    end=[_end_at(row, limit, (end - axis.least) / plotted) for row in column],
                    told=[row.told for row in column],
                ),
                hjust=0,
                nudge_x=(end - axis.least) * 5 / plotted,
                size=5.5,
                color=INK,
                inherit_aes=False,
            )
        if limit is not None:
            plot += lp.geom_vline(xintercept=limit, linetype="dashed", color=INK, size=1, tooltips="none")
        drawings.append(_drawn(plot))
    return drawings


def _marks(axis: Axis, size: Size) -> dict[float, str]:
    """Give the marks that there is room for, 0 among them."""
    marks = list(axis.marks.items())
    while not size.has_columns and len(marks) > MOST_NARROW_MARKS:
        zero = next((place for place, (at, _) in enumerate(marks) if at == 0), 0)
        marks = marks[zero % 2 :: 2]
    return dict(marks)


def _end_at(row: Bar, limit: float | None, per_pixel: float) -> float:
    """Give where a bar's text begins: at its end, or at the limit's line where that would go through the text."""
    at = max(sum(row.values.values()), 0.0)
    if limit is not None and at <= limit <= at + (END_LETTER_WIDTH * len(row.told) + 5) * per_pixel:
        return limit
    return at


def _legend_height(parts: Sequence[str], size: Size) -> int:
    return 0 if size.has_columns or len(parts) < 2 else LEGEND_ROW_HEIGHT * (len(parts) - 1)


def monthly(
    months: Sequence[str],
    counts: Sequence[int],
    colour: str,
    axis: Axis,
    *,
    marked: Sequence[str],
    size: Size = WIDE,
) -> str:
    """Draw counts by month as columns, the highest with its count; `marked`: the months that have a label."""
    lp = _library()
    plot = (
        lp.ggplot({"month": list(months), "count": list(counts)}, lp.aes(x="month", y="count"))
        + lp.geom_bar(stat="identity", fill=colour, width=0.72, size=0, tooltips="none")
        + lp.scale_x_discrete(limits=list(months), breaks=list(marked), expand=[0, 0.6])
        + lp.scale_y_continuous(
            limits=[axis.least, axis.most],
            breaks=list(axis.marks),
            labels=list(axis.marks.values()),
            expand=[0, 0],
        )
        + lp.labs(title=axis.title)
        + lp.ggsize(size.column, 240)
        + _theme(horizontal=False, legend=False)
    )
    highest = max(counts)
    if highest:
        data = {"month": [months[list(counts).index(highest)]], "count": [highest], "told": [danish.number(highest)]}
        plot += lp.geom_text(lp.aes(x="month", y="count", label="told"), data=data, vjust=-0.3, size=5.5, color=INK)
    return _drawn(plot)


def intervals(
    rows: Sequence[Sequence[Interval]],
    colours: dict[str, str],
    axis: Axis,
    *,
    tolerance: float | None = None,
    size: Size = WIDE,
) -> list[str]:
    """Draw values as points with their intervals, over the band around 0 that is tolerated.

    `rows`: what stands on one line each. `colours`: by kind, at the most two; the kinds' shapes differ too.
    """
    lp = _library()
    marks = _marks(axis, size)
    drawings = []
    shared = columns(rows) if size.has_columns else [rows]
    for column in shared:
        flat = [interval for row in column for interval in row]
        labels = [row[0].label for row in column]
        # The first row on top; what shares a line a little apart.
        lines = [
            BETWEEN_KINDS * ((len(row) - 1) / 2 - place) - line
            for line, row in enumerate(column)
            for place in range(len(row))
        ]
        data = _data(
            line=lines,
            kind=[interval.kind for interval in flat],
            value=[interval.value for interval in flat],
            low=[interval.low for interval in flat],
            high=[interval.high for interval in flat],
        )
        plot = lp.ggplot(data, lp.aes(y="line", color="kind", shape="kind"))
        if tolerance is not None:
            plot += lp.geom_band(
                xmin=-tolerance, xmax=tolerance, fill=PALE, alpha=0.45, size=0, tooltips="none", show_legend=False
            )
        plot += (
            lp.geom_vline(xintercept=0, color=INK, size=1, tooltips="none")
            + lp.geom_linerange(lp.aes(xmin="low", xmax="high"), orientation="y", size=1, tooltips="none")
            + lp.geom_point(lp.aes(x="value"), size=3.4, tooltips="none")
            + lp.scale_color_manual(values=colours, breaks=list(colours))
            + lp.scale_shape_manual(values=dict(zip(colours, SHAPES, strict=False)), breaks=list(colours))
            + lp.scale_y_continuous(
                limits=[0.4 - len(column), 0.6],
                breaks=[-line for line in range(len(column))],
                labels=labels,
                expand=[0, 0],
            )
            + lp.scale_x_continuous(
                name=axis.title,
                limits=[axis.least, axis.most],
                breaks=list(marks),
                labels=list(marks.values()),
                expand=[0, 0],
            )
            + lp.ggsize(
                size.width if len(shared) == 1 else size.column,
                FRAME_HEIGHT
                + (ROW_HEIGHT if len(shared) > 1 else WIDE_ROW_HEIGHT) * len(column)
                + _legend_height(list(colours), size),
            )
            + _theme(horizontal=True, legend=len(colours) > 1, size=size)
        )
        drawings.append(_drawn(plot))
    return drawings


def curves(
    series: Mapping[str, Sequence[BandPoint]], colours: dict[str, str], along: Axis, up: Axis, *, size: Size = WIDE
) -> str:
    """Draw curves, at the most two, each in its band. `series`, `colours`: by name; the curves' dashes differ too."""
    lp = _library()
    points = [(name, point) for name, own in series.items() for point in own]
    names = list(series)
    data = _data(
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
        + _theme(horizontal=False, legend=len(names) > 1, plane=True, size=size)
    )
    return _drawn(plot)


def scatter(dots: Sequence[Dot], colour: str, along: Axis, up: Axis, *, size: Size = WIDE) -> str:
    """Draw dots, with their labels where there is room for them."""
    lp = _library()
    data = _data(label=[one.label for one in dots], along=[one.along for one in dots], up=[one.up for one in dots])
    plot = (
        lp.ggplot(data, lp.aes(x="along", y="up"))
        + lp.geom_hline(yintercept=0, color=INK, size=1, tooltips="none")
        + lp.geom_point(color=colour, alpha=0.75, size=3.4, tooltips="none")
        + _both_axes(along, up)
        + lp.ggsize(size.width, 380)
        + _theme(horizontal=False, legend=False, plane=True, size=size)
    )
    if size.has_columns and len(dots) <= MOST_LABELLED_DOTS:
        plot += lp.geom_text(lp.aes(label="label"), vjust=-0.8, size=5, color=INK)
    return _drawn(plot)


def _both_axes(along: Axis, up: Axis) -> Any:
    """Give the axes of a plane, with room for a dot and its label, or a mark's, at their ends."""
    lp = _library()
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
    lp = _library()
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
        + _theme(horizontal=False, legend=False)
    )
    if len(ahead) > 1:
        plot += lp.geom_ribbon(
            lp.aes(x="at", ymin="low", ymax="high"), data=band, fill=TEAL, alpha=0.22, size=0, tooltips="none"
        )
        plot += curve(ahead, color=TEAL, size=2, linetype="dashed")
        plot += _beside(labels[1], ahead[-1].at, ahead[-1].low, TEAL, vjust=2.6)
    if known:
        plot += _beside(labels[0], known[-1].at, known[-1].value, BLUE, vjust=-1.2)
    return _drawn(plot)


def _beside(text: str, at: float, height: float, colour: str, *, vjust: float) -> Any:
    """Write a text to the left of a point, above or below it."""
    lp = _library()
    data = {"at": [at], "sum": [height], "label": [text]}
    return lp.geom_text(
        lp.aes(x="at", y="sum", label="label"), data=data, hjust=1, vjust=vjust, nudge_x=-6, color=colour, size=6
    )

"""Figures with a place for each of a list: bars, columns by month, and values with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tasks.base import danish
from tasks.charts import canvas
from tasks.charts.axes import Axis
from tasks.charts.canvas import INK, PALE, WIDE, Size, arrays, columns, legend_height, library, marks_with_room, theme

BETWEEN_KINDS = 0.34
# A filled circle and a filled triangle: they differ without colour.
SHAPES = (16, 17)
ROW_HEIGHT = 17
WIDE_ROW_HEIGHT = 24
FRAME_HEIGHT = 70
END_LETTER_WIDTH = 6.0
MOST_ROOM = 0.7


@dataclass(frozen=True)
class Bar:
    """A horizontal bar. `values`: the length of each part, by the part's name. `told`: the text at its end."""

    label: str
    values: dict[str, float]
    told: str = ""


@dataclass(frozen=True)
class Interval:
    """A value on the line of `label`, with the ends of its interval. `kind`: what gives it its colour and shape."""

    label: str
    kind: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class _Across:
    """How the bars of a figure lie across each of its drawings.

    `limit`: where a dashed line crosses them. `end`: the axis' own, with room for the longest text of a bar. In pixels:
    `width`, a drawing's, and `plotted`, about what the labels leave of it.
    """

    axis: Axis
    limit: float | None
    end: float
    width: int
    plotted: float

    @property
    def span(self) -> float:
        """What the axis spans."""
        return self.end - self.axis.least


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
    lp = library()
    parts = [part for part in colours if any(row.values.get(part) for row in rows)]
    shared = [rows] if has_long_labels or not size.has_columns else columns(rows)
    across = _across(rows, axis, limit, size.width if len(shared) == 1 else size.column)
    height = row_height or (ROW_HEIGHT if len(shared) > 1 or has_long_labels else WIDE_ROW_HEIGHT)
    above = FRAME_HEIGHT + legend_height(parts if has_legend else (), size)
    look = theme(horizontal=True, legend=has_legend and len(parts) > 1, size=size)
    drawings = []
    for column in shared:
        plot = _stacked(column, parts, colours, across, marks_with_room(axis, size))
        plot += lp.ggsize(across.width, above + height * len(column)) + look
        if any(row.told for row in rows):
            plot += _end_texts(column, across)
        if limit is not None:
            plot += lp.geom_vline(xintercept=limit, linetype="dashed", color=INK, size=1, tooltips="none")
        drawings.append(canvas.drawn(plot))
    return drawings


def _across(rows: Sequence[Bar], axis: Axis, limit: float | None, width: int) -> _Across:
    plotted = max(width - 7.5 * max((len(row.label) for row in rows), default=0) - 30, width / 3)
    longest = max((len(row.told) for row in rows), default=0)
    room = min((END_LETTER_WIDTH * longest + 5) / plotted, MOST_ROOM)
    return _Across(axis, limit, axis.least + (axis.most - axis.least) / (1 - room), width, plotted)


def _stacked(
    rows: Sequence[Bar], parts: Sequence[str], colours: dict[str, str], across: _Across, marks: dict[float, str]
) -> Any:
    lp = library()
    drawn = [(row.label, part, row.values[part]) for row in rows for part in parts if row.values.get(part)]
    data = arrays(
        label=[label for label, _, _ in drawn],
        part=[part for _, part, _ in drawn],
        value=[value for _, _, value in drawn],
    )
    return (
        lp.ggplot(data, lp.aes(x="value", y="label", fill="part"))
        + lp.geom_bar(stat="identity", orientation="y", width=0.68, size=0, tooltips="none")
        + lp.scale_fill_manual(values=colours, breaks=parts)
        + lp.scale_y_discrete(limits=[row.label for row in rows][::-1], expand=[0, 0.6])
        + lp.scale_x_continuous(
            name=across.axis.title,
            limits=[across.axis.least, across.end],
            breaks=list(marks),
            labels=list(marks.values()),
            expand=[0, 0],
        )
    )


def _end_texts(rows: Sequence[Bar], across: _Across) -> Any:
    """Write each bar's text at its end."""
    lp = library()
    data = arrays(
        label=[row.label for row in rows],
        end=[_end_at(row, across.limit, across.span / across.plotted) for row in rows],
        told=[row.told for row in rows],
    )
    return lp.geom_text(
        lp.aes(x="end", y="label", label="told"),
        data=data,
        hjust=0,
        nudge_x=across.span * 5 / across.plotted,
        size=5.5,
        color=INK,
        inherit_aes=False,
    )


def _end_at(row: Bar, limit: float | None, per_pixel: float) -> float:
    """Give where a bar's text begins: at its end, or at the limit's line where that would go through the text."""
    at = max(sum(row.values.values()), 0.0)
    if limit is not None and at <= limit <= at + (END_LETTER_WIDTH * len(row.told) + 5) * per_pixel:
        return limit
    return at


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
    lp = library()
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
        + theme(horizontal=False, legend=False)
    )
    highest = max(counts)
    if highest:
        data = {"month": [months[list(counts).index(highest)]], "count": [highest], "told": [danish.number(highest)]}
        plot += lp.geom_text(lp.aes(x="month", y="count", label="told"), data=data, vjust=-0.3, size=5.5, color=INK)
    return canvas.drawn(plot)


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
    shared = columns(rows) if size.has_columns else [rows]
    return [_intervals(column, colours, axis, tolerance, size, is_one_of_several=len(shared) > 1) for column in shared]


def _intervals(
    column: Sequence[Sequence[Interval]],
    colours: dict[str, str],
    axis: Axis,
    tolerance: float | None,
    size: Size,
    *,
    is_one_of_several: bool,
) -> str:
    """Draw one column of `intervals`."""
    lp, marks = library(), marks_with_room(axis, size)
    flat = [interval for row in column for interval in row]
    labels = [row[0].label for row in column]
    # The first row on top; what shares a line a little apart.
    lines = [
        BETWEEN_KINDS * ((len(row) - 1) / 2 - place) - line
        for line, row in enumerate(column)
        for place in range(len(row))
    ]
    data = arrays(
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
            size.column if is_one_of_several else size.width,
            FRAME_HEIGHT
            + (ROW_HEIGHT if is_one_of_several else WIDE_ROW_HEIGHT) * len(column)
            + legend_height(list(colours), size),
        )
        + theme(horizontal=True, legend=len(colours) > 1, size=size)
    )
    return canvas.drawn(plot)

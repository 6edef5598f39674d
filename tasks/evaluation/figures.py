"""The figures of the report, drawn as plain SVG: shapes and text, no style of their own, spoken as one image.

They show what the public tables show: numbers, and texts of our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from markupsafe import Markup, escape

from tasks.base import danish

BLUE, ORANGE, GRID, INK = "#1f4e79", "#a34f00", "#e3e7eb", "#1c2733"
_STEPS = 5
_LABELLED = 25
_BOX_LINE, _BOX_HEAD = 20, 12


@dataclass(frozen=True)
class Box:
    """A box of the flow: its lines, the first one bold."""

    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """The height that its lines take."""
        return 2 * _BOX_HEAD + _BOX_LINE * len(self.lines) - 4


@dataclass(frozen=True)
class Point:
    """A point of a curve: week, value, and the ends of its band where it has one."""

    week: int
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Effect:
    """A line of a forest plot: an effect with its interval; `is_whole`: of all projects."""

    label: str
    estimate: float
    low: float
    high: float
    is_whole: bool = False


def flow(top: Box, aside: Box | None, drawn: Box, arms: Sequence[Sequence[Box]], spoken: str) -> Markup:
    """Draw the flow: who was assessed, those excluded beside it, who was drawn, and each arm's boxes below."""
    width, half, gap = 520, 250, 26
    parts: list[str] = []
    y = 2
    parts.append(_box(0 if aside else 130, y, half if aside else 260, top))
    middle = 125 if aside else 260
    if aside:
        parts.append(_box(290, y, 228, aside))
        parts.append(_arrow(half, y + top.height / 2, 290, y + top.height / 2))
    y += max(top.height, aside.height if aside else 0) + gap
    parts.append(_arrow(middle, 2 + top.height, middle, y))
    parts.append(_box(0, y, width - 2, drawn))
    y += drawn.height
    ends = []
    for place, boxes in enumerate(arms):
        x, at = place * 270, y
        for box in boxes:
            parts.append(_arrow(x + 124, at, x + 124, at + gap))
            at += gap
            parts.append(_box(x, at, 248, box))
            at += box.height
        ends.append(at)
    return _svg(width, max(ends) + 4, parts, spoken)


def curve(
    series: Sequence[tuple[str, str, Sequence[Point]]], followed: Sequence[tuple[int, str, str]], spoken: str
) -> Markup:
    """Draw values by week, each series with its band; under the axis how many of each arm were followed.

    `series`: name, colour, points. `followed`: week, participants and controls as they may be shown.
    """
    width, height, left, top, right = 640, 400, 46, 34, 14
    bottom = 76
    points = [point for _, _, own in series for point in own]
    lows = [point.low if point.low is not None else point.value for point in points]
    highs = [point.high if point.high is not None else point.value for point in points]
    marks = ticks(min([0.0, *lows]), max([0.0, *highs]))
    weeks = max(point.week for point in points)

    def x(week: float) -> float:
        return left + (width - left - right) * week / weeks

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * (value - marks[0]) / (marks[-1] - marks[0])

    parts = []
    for mark in marks:
        parts.append(f'<line x1="{left}" x2="{width - right}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="{GRID}"/>')
        parts.append(_text(left - 6, y(mark) + 4, _number(mark, marks), anchor="end"))
    for place, (name, colour, own) in enumerate(series):
        if own and own[0].low is not None:
            upper = [f"{x(one.week):.1f},{y(one.high or 0.0):.1f}" for one in own]
            lower = [f"{x(one.week):.1f},{y(one.low or 0.0):.1f}" for one in reversed(own)]
            parts.append(f'<path d="M{" L".join([*upper, *lower])} Z" fill="{colour}" fill-opacity="0.15"/>')
        line = " L".join(f"{x(one.week):.1f},{y(one.value):.1f}" for one in own)
        dash = ' stroke-dasharray="7 4"' * (place % 2)
        parts.append(f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>')
        across = left + 200 * place
        parts.append(
            f'<line x1="{across}" x2="{across + 28}" y1="14" y2="14" stroke="{colour}" stroke-width="3"{dash}/>'
        )
        parts.append(_text(across + 34, 19, name))
    parts.append(f'<line x1="{left}" x2="{width - right}" y1="{y(0):.1f}" y2="{y(0):.1f}" stroke="{INK}"/>')
    parts.append(_text(left, height - bottom + 36, "Fulgt: deltagere over kontroller", size=12))
    for week, participants, controls in followed:
        anchor = "end" if week == weeks else "middle"
        parts.append(_text(x(week), height - bottom + 18, f"uge {week}", anchor=anchor))
        parts.append(_text(x(week), height - bottom + 54, participants, anchor=anchor, size=12))
        parts.append(_text(x(week), height - bottom + 70, controls, anchor=anchor, size=12))
    return _svg(width, height, parts, spoken)


def forest(effects: Sequence[Effect], spoken: str) -> Markup:
    """Draw effects with their intervals, one line each, the pooled one as a diamond."""
    width, left, right, step = 640, 178, 16, 20
    height = 44 + step * len(effects)
    marks = ticks(min([0.0, *(one.low for one in effects)]), max([0.0, *(one.high for one in effects)]))

    def x(value: float) -> float:
        return left + (width - left - right) * (value - marks[0]) / (marks[-1] - marks[0])

    parts = []
    for mark in marks:
        colour = INK if mark == 0 else GRID
        parts.append(f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="4" y2="{height - 34}" stroke="{colour}"/>')
        parts.append(_text(x(mark), height - 18, _number(mark, marks), anchor="middle"))
    for place, one in enumerate(effects):
        y = 18 + step * place
        parts.append(_text(left - 8, y + 4, one.label, anchor="end", bold=one.is_whole))
        if one.is_whole:
            middle = f"{x(one.estimate):.1f}"
            shape = f"M{x(one.low):.1f},{y} L{middle},{y - 7} L{x(one.high):.1f},{y} L{middle},{y + 7} Z"
            parts.append(f'<path d="{shape}" fill="{ORANGE}"/>')
            continue
        parts.append(
            f'<line x1="{x(one.low):.1f}" x2="{x(one.high):.1f}" y1="{y}" y2="{y}" stroke="{BLUE}" stroke-width="1.6"/>'
        )
        parts.append(f'<rect x="{x(one.estimate) - 4:.1f}" y="{y - 4}" width="8" height="8" fill="{BLUE}"/>')
    parts.append(_text(left, height - 2, "Timer om ugen; til højre for 0 gav JobFirst flere", size=12))
    return _svg(width, height, parts, spoken)


def scatter(dots: Sequence[tuple[str, float, float]], spoken: str) -> Markup:
    """Draw a dot for each project: how much more JobFirst its participants got (0 to 1), and its effect."""
    width, height, left, top, right, bottom = 640, 380, 46, 26, 20, 52
    across = ticks(min([0.0, *(x for _, x, _ in dots)]), max([0.1, *(x for _, x, _ in dots)]))
    up = ticks(min([0.0, *(y for _, _, y in dots)]), max([0.0, *(y for _, _, y in dots)]))

    def x(value: float) -> float:
        return left + (width - left - right) * (value - across[0]) / (across[-1] - across[0])

    def y(value: float) -> float:
        return height - bottom - (height - bottom - top) * (value - up[0]) / (up[-1] - up[0])

    parts = []
    for mark in up:
        colour = INK if mark == 0 else GRID
        parts.append(
            f'<line x1="{left}" x2="{width - right}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="{colour}"/>'
        )
        parts.append(_text(left - 6, y(mark) + 4, _number(mark, up), anchor="end"))
    for mark in across:
        foot = height - bottom
        parts.append(f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="{top}" y2="{foot}" stroke="{GRID}"/>')
        parts.append(_text(x(mark), foot + 18, f"{danish.decimal(100 * mark + 0.0, 0)} %", anchor="middle"))
    for label, at, value in dots:
        parts.append(f'<circle cx="{x(at):.1f}" cy="{y(value):.1f}" r="5" fill="{BLUE}" fill-opacity="0.75"/>')
        if len(dots) <= _LABELLED:
            end = x(at) > width - 90
            parts.append(
                _text(x(at) + (-9 if end else 9), y(value) + 4, label, anchor="end" if end else "start", size=11)
            )
    parts.append(_text(left, 14, "Effekt, timer om ugen", size=12))
    parts.append(_text(left, height - 8, "Så meget mere af grundelementerne fik deltagerne end kontrollerne", size=12))
    return _svg(width, height, parts, spoken)


def ticks(low: float, high: float) -> list[float]:
    """Give round marks from at most `low` to at least `high`."""
    span = max(high - low, 1e-6)
    step = next(
        scale * 10.0**power for power in range(-6, 9) for scale in (1, 2, 5) if scale * 10.0**power * _STEPS >= span
    )
    first, last = floor(low / step), ceil(high / step)
    return [at * step for at in range(first, max(last, first + 1) + 1)]


def _number(value: float, marks: Sequence[float]) -> str:
    decimals = 0 if all(abs(mark - round(mark)) < 1e-9 for mark in marks) else 1
    if any(abs(10 * mark - round(10 * mark)) > 1e-9 for mark in marks):
        decimals = 2
    return danish.decimal(value + 0.0, decimals)


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{size}" fill="{INK}"{weight}>{escape(text)}</text>'


def _box(x: float, y: float, width: float, box: Box) -> str:
    parts = [
        f'<rect x="{x + 1:.1f}" y="{y:.1f}" width="{width:.1f}" height="{box.height}" rx="4" '
        f'fill="#f3f6f9" stroke="{BLUE}"/>'
    ]
    for place, line in enumerate(box.lines):
        size = 15 if place == 0 else 14
        parts.append(_text(x + 12, y + _BOX_HEAD + 12 + _BOX_LINE * place, line, size=size, bold=place == 0))
    return "".join(parts)


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    head = (
        f"M{x2 - 5},{y2 - 8} L{x2},{y2 - 1} L{x2 + 5},{y2 - 8}"
        if x1 == x2
        else f"M{x2 - 8},{y2 - 5} L{x2 - 1},{y2} L{x2 - 8},{y2 + 5}"
    )
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{INK}" stroke-width="1.4"/>'
        f'<path d="{head}" fill="none" stroke="{INK}" stroke-width="1.4"/>'
    )


def _svg(width: int, height: float, parts: Sequence[str], spoken: str) -> Markup:
    inner = "".join(parts)
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" role="img" '
        f'aria-label="{escape(spoken)}">{inner}</svg>'
    )

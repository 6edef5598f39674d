"""What the figures share: their library, sizes, colours and theme.

A figure takes values that are ready to show (shares, counts, millions of DKK), and labels that are our own: codes, ids
and names of reference tables. Text of a delivery or the register never goes in: the library would make links of it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from tasks.charts.axes import Axis

BLUE, ORANGE, PALE, TEAL, INK = "#1f4e79", "#c05f00", "#cfd8e1", "#0f7b6c", "#333c45"
GRID = "#e3e7eb"
WIDTH = 1040
COLUMN_WIDTH = 510
LONGEST_SINGLE_COLUMN = 30
MOST_ROWS_A_COLUMN = 50
LEGEND_ROW_HEIGHT = 24
MOST_NARROW_MARKS = 3

Row = TypeVar("Row")


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


@cache
def library() -> ModuleType:
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


def theme(*, horizontal: bool, legend: bool, plane: bool = False, size: Size = WIDE) -> Any:
    """Give the theme. `plane`: both axes have values, and the figure draws its own line at 0."""
    lp = library()
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


def arrays(**values: Sequence[str | float]) -> dict[str, npt.NDArray[Any]]:
    """Give columns of values as arrays: in a list, the library would look at every value by itself."""
    return {name: np.array(column) for name, column in values.items()}


def drawn(plot: Any) -> str:
    """Draw a plot as SVG."""
    drawing: str = plot.to_svg()
    return drawing


def marks_with_room(axis: Axis, size: Size) -> dict[float, str]:
    """Give the marks that there is room for, 0 among them."""
    marks = list(axis.marks.items())
    while not size.has_columns and len(marks) > MOST_NARROW_MARKS:
        zero = next((place for place, (at, _) in enumerate(marks) if at == 0), 0)
        marks = marks[zero % 2 :: 2]
    return dict(marks)


def legend_height(parts: Sequence[str], size: Size) -> int:
    """Give the height in pixels that a legend takes where its parts stand below each other."""
    return 0 if size.has_columns or len(parts) < 2 else LEGEND_ROW_HEIGHT * (len(parts) - 1)

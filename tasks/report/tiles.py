"""The municipalities as a map of squares, one each in rough geography, shaded by an amount.

The places are our own, from `templates/report/tiles.csv`: column and row from the north-west, and a short name.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

from tasks.base import danish
from tasks.base.paths import TEMPLATES
from tasks.charts.axes import round_step
from tasks.charts.canvas import INK, ORANGE, Size

SHADES = ("#d3e3f3", "#9cc3e3", "#62a0d2", "#2468a5", "#12324f")
WORDS_ON_SHADES = (INK, INK, "#0b1f33", "#ffffff", "#ffffff")
NOTHING, EDGE, SOFT = "#f3f6f9", "#d5dce3", "#4a5765"
STEPS = (1, 2, 2.5, 5)
WIDE_PITCH = 42.0
LEGEND_COLUMN, LEGEND_ROW, SIDE = 9.4, 18, 12


@dataclass(frozen=True)
class Tile:
    """Where a municipality stands: counted from 0, from the west and from the north."""

    column: int
    row: int
    short: str


@cache
def tiles() -> dict[str, Tile]:
    """Give each municipality's tile by its three-digit code."""
    with (TEMPLATES / "report" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Tile(int(row["column"]), int(row["row"]), row["short"]) for row in csv.DictReader(file)}


def drawn(amounts: Mapping[str, Decimal | None], unit: str, size: Size) -> list[str]:
    """Draw the map. `amounts`: by code, None where nobody knows; a municipality that is not there has no project."""
    places = tiles()
    across = max(one.column for one in places.values()) + 1
    down = max(one.row for one in places.values()) + 1
    is_wide = size.has_columns
    pitch = WIDE_PITCH if is_wide else size.width / across
    most = max((float(amount) for amount in amounts.values() if amount is not None), default=1.0)
    step = round_step(most, len(SHADES), STEPS)
    parts = []
    for code, tile in sorted(places.items(), key=lambda one: (one[1].row, one[1].column)):
        fill, words, edge = _look(code, amounts, step)
        parts.append(_square(tile.column * pitch, tile.row * pitch, pitch - 2, fill, edge))
        letters = 12 if is_wide else 9
        x, y = (tile.column + 0.5) * pitch - 1, (tile.row + 0.5) * pitch + letters / 3
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{letters}" fill="{words}">'
            f"{escape(tile.short)}</text>"
        )
    left, top = (LEGEND_COLUMN * pitch, 0.0) if is_wide else (0.0, down * pitch + 8)
    legend = [
        *(
            (shade, shade, f"{danish.number(int(at * step))}–{danish.number(int((at + 1) * step))} {unit}")
            for at, shade in enumerate(SHADES)
        ),
        (NOTHING, EDGE, "uden projekt"),
        *([("#ffffff", ORANGE, "ingen indberetning")] if None in amounts.values() else []),
    ]
    for at, (fill, edge, told) in enumerate(legend):
        y = top + at * LEGEND_ROW
        parts.append(_square(left, y, SIDE, fill, edge))
        parts.append(f'<text x="{left + 19:.1f}" y="{y + 11:.1f}" font-size="13" fill="{INK}">{escape(told)}</text>')
    width, height = across * pitch, down * pitch if is_wide else top + len(legend) * LEGEND_ROW
    return [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}">{"".join(parts)}</svg>']


def _look(code: str, amounts: Mapping[str, Decimal | None], step: float) -> tuple[str, str, str]:
    """Give how a tile is filled, the colour of its words, and its edge."""
    if code not in amounts:
        return NOTHING, SOFT, EDGE
    amount = amounts[code]
    if amount is None:
        return "#ffffff", INK, ORANGE
    shade = min(int(max(float(amount), 0.0) / step), len(SHADES) - 1)
    return SHADES[shade], WORDS_ON_SHADES[shade], SHADES[shade]


def _square(x: float, y: float, side: float, fill: str, edge: str) -> str:
    return (
        f'<rect x="{x + 0.5:.1f}" y="{y + 0.5:.1f}" width="{side - 1:.1f}" height="{side - 1:.1f}" fill="{fill}" '
        f'stroke="{edge}" stroke-width="1"/>'
    )

"""The axes of the figures: where they begin and end, and their round marks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.base import danish

_STEPS = 5
_FEW_MILLIONS = 5
_SMALLEST_PARTS = 1_000_000


@dataclass(frozen=True)
class Axis:
    """A value axis: its title, its ends, and its marks with their labels."""

    title: str
    least: float
    most: float
    marks: dict[float, str]


def round_step(most: float, steps: int, scales: Sequence[float]) -> float:
    """Give the smallest step, one of `scales` times a power of ten, such that `steps` steps reach `most`; 1 or more."""
    rounds = (scale * 10.0**power for power in itertools.count() for scale in scales)
    return next(step for step in rounds if step * steps >= most)


def nice_axis(title: str, most: float) -> Axis:
    """Give an axis from 0 to at least `most`, with round marks."""
    step = int(round_step(most, _STEPS, (1, 2, 5)))
    marks = {float(at): danish.number(at) for at in range(0, step * _STEPS + 1, step)}
    shown = {at: label for at, label in marks.items() if at < most + step}
    return Axis(title, 0, max(shown), shown)


def millions_axis(most: float) -> Axis:
    """Give an axis of millions of DKK from 0 to at least `most`, its marks in tenths where that is little."""
    if most > _FEW_MILLIONS:
        return nice_axis("Mio. kr.", most)
    tenths = nice_axis("Mio. kr.", max(most * 10, 1.0))
    marks = {at / 10: danish.decimal(at / 10) for at in tenths.marks}
    return Axis("Mio. kr.", 0, tenths.most / 10, marks)


def spanning_axis(title: str, values: Sequence[float], *, steps: int = _STEPS, is_whole: bool = False) -> Axis:
    """Give an axis that has 0 and all values, with round marks, whole numbers alone where it `is_whole`."""
    least, most = min(0.0, *values), max(0.0, *values)
    # The steps of `round_step` are 1 or more.
    parts = 1 if is_whole else _SMALLEST_PARTS
    step = round_step((most - least or 1.0) * parts, steps, (1, 2, 5)) / parts
    first, last = math.floor(least / step), math.ceil(most / step)
    decimals = max(0, math.ceil(-math.log10(step)))
    marks = {at * step: danish.decimal(at * step, decimals) for at in range(first, max(last, first + 1) + 1)}
    return Axis(title, min(marks), max(marks), marks)

"""Whether a figure that the page hides follows from those that it shows. Source: docs/trial.md, 'Fidelity'.

Courses with all elements due are grouped by the elements that they lack. A reader knows how many lack an element, an
element alone, or none at all: a hidden figure has to leave another one possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

_NEAR = 1e-6
Floats = NDArray[np.float64]
Range = tuple[int, int]
"""The least and the most that a count can be, both included: the same of one that is shown."""


@dataclass(frozen=True)
class Lacking:
    """Of an element: how many of its `due` courses lack it, and how many courses lack it `alone`.

    `is_registered`: it takes a row, and so may be lacking for want of one. `is_alone_few`: `alone` must not be known.
    """

    due: int
    all: Range
    alone: Range
    is_alone_few: bool
    is_registered: bool


def follows(elements: Sequence[Lacking], courses: int, jobfirst: Range | None) -> bool:
    """Return whether a hidden count has one value in every way in which courses can lack elements.

    `courses`: those with all elements due. `jobfirst`: how many of them lack nothing, and how many nothing but a row;
    None where that is hidden.
    """
    some = [one for one in elements if one.all[1]]
    if not any(one.is_alone_few or one.all[0] < one.all[1] for one in some):
        return False
    kinds = np.array(list(np.ndindex(*[2] * len(some))), dtype=float)
    alone = kinds * (kinds.sum(axis=1, keepdims=True) == 1)
    # The last columns are of courses that lack an element which is due before all are.
    earlier, no_earlier = np.eye(len(some)), np.zeros((len(some), len(some)))
    lacking, lacking_alone = np.vstack([kinds, earlier]).T, np.vstack([alone, no_earlier]).T
    totals = [(np.ones(len(kinds)), (courses, courses))]
    if jobfirst is not None:
        lowest, highest = jobfirst
        of_spells = kinds[:, [not one.is_registered for one in some]].max(axis=1, initial=0.0)
        totals += [(1 - kinds.max(axis=1), (lowest, lowest)), (of_spells, (0, courses - highest))]
    rows = np.vstack([lacking, lacking_alone, *(np.append(row, no_earlier[:1]) for row, _ in totals)])
    ranges = [*(one.all for one in some), *(one.alone for one in some), *(known for _, known in totals)]
    above = np.vstack([rows, -rows])
    at_most = [*(most for _, most in ranges), *(-least for least, _ in ranges)]
    bounds = [(0, courses)] * len(kinds) + [(0, one.due - courses) for one in some]

    hidden = [row for row, one in zip(lacking, some, strict=True) if one.all[0] < one.all[1]]
    hidden += [row for row, one in zip(lacking_alone, some, strict=True) if one.is_alone_few]
    ways: list[Floats] = []

    def look_for_fewest(sought: Floats) -> None:
        found = linprog(sought, A_ub=above, b_ub=at_most, bounds=bounds)
        if found.success:
            ways.append(found.x)

    def is_open(row: Floats) -> bool:
        # Where no way is found, nothing shows that the figure stays hidden: it counts as one that follows.
        values = [row @ way for way in ways]
        return bool(values) and bool(np.ceil(min(values) - _NEAR) < np.floor(max(values) + _NEAR))

    def stays_hidden(row: Floats) -> bool:
        for sought in (row, -row):
            if is_open(row):
                return True
            look_for_fewest(sought)
        return is_open(row)

    # The ways with the fewest and the most of all hidden counts together leave most of them open, so few counts
    # need linear programs of their own.
    together = np.sum(hidden, axis=0)
    look_for_fewest(together)
    look_for_fewest(-together)
    return not all(stays_hidden(row) for row in hidden)

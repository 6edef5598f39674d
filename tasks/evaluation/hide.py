"""Hiding small counts so that no subtraction brings them back. Source: docs/trial.md, 'Evaluation'.

Counts stand in cells; some cells add up to another. A cell is hidden for its own sake, or for the sake of one that
would follow from it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from scipy import optimize
from scipy.linalg import null_space

from tasks.evaluation.stratified import Floats

Key = TypeVar("Key", bound=Hashable)
HIDDEN = "<"
"""Stands for a hidden figure until a table is `marked`."""
_ZERO = 1e-9


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """A cell that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        """The total, then its parts."""
        return (self.total, *self.parts)


def marked(text: str, limit: int) -> str:
    """Write a cell of a public table: a hidden one as `<` and the limit, `<5`."""
    return f"{HIDDEN}{limit}" if text == HIDDEN else text


def is_small(count: int, of: int, limit: int) -> bool:
    """Return whether a count, or what is left of the whole, is under the limit and not nothing."""
    return 0 < count < limit or 0 < of - count < limit


def hide(counts: Mapping[Key, int], wholes: Mapping[Key, int], sums: Sequence[Sum[Key]], limit: int) -> set[Key]:
    """Give the cells that are hidden: the small ones, and, in a sum with one hidden cell, the smallest other too.

    `wholes`: what each count is a part of. More are hidden while one would still follow from several sums together.
    """
    hidden = {key for key, count in counts.items() if is_small(count, wholes[key], limit)}
    while True:
        before = len(hidden)
        for one in sums:
            gone = [key for key in one.cells if key in hidden]
            if len(gone) == 1:
                _hide_smallest(one, counts, hidden)
        if len(hidden) > before:
            continue
        found = following(hidden, sums, counts)
        if not found:
            return hidden
        near: set[Key] = found
        while len(hidden) == before:
            # Where nothing is shown beside what follows, it follows from sums further on.
            touched = [one for one in sums if not near.isdisjoint(one.cells)]
            for one in touched:
                _hide_smallest(one, counts, hidden)
            wider = near.union(*(one.cells for one in touched))
            if wider == near:
                return hidden
            near = wider


def _hide_smallest(one: Sum[Key], counts: Mapping[Key, int], hidden: set[Key]) -> None:
    shown = [key for key in one.parts if key not in hidden] or [key for key in one.cells if key not in hidden]
    if shown:
        # Prefer a non-empty cell: readers may already know that an empty one is empty.
        hidden.add(min(shown, key=lambda key: (counts[key] == 0, counts[key], str(key))))


def following(hidden: Collection[Key], sums: Sequence[Sum[Key]], counts: Mapping[Key, int] | None = None) -> set[Key]:
    """Give the hidden cells that follow from those shown: each has one value in every solution of the sums.

    `counts`: where they are given, in every solution without a cell below 0, or below 1 where it is not empty. A reader
    knows that a reason has a row only where somebody has it: two hidden cells that add up to 2 are 1 each.
    """
    used = [one for one in sums if any(key in hidden for key in one.cells)]
    places = {
        key: place for place, key in enumerate(sorted({k for one in used for k in one.cells if k in hidden}, key=str))
    }
    if not places:
        return set()
    matrix = np.zeros((len(used), len(places)))
    for row, one in enumerate(used):
        for key in one.cells:
            if key in places:
                matrix[row, places[key]] += -1.0 if key == one.total else 1.0
    if counts is not None:
        least = [place for key, place in places.items() if counts[key] <= 1]
        matrix = np.vstack([matrix, np.eye(len(places))[_unmoved(matrix, least)]])
    free = null_space(matrix)
    fixed = (np.abs(free) < _ZERO).all(axis=1) if free.size else np.ones(len(places), dtype=bool)
    return {key for key, place in places.items() if fixed[place]}


def _unmoved(sums: Floats, least: Sequence[int]) -> list[int]:
    """Give the places, of those at their least, that are at it in every solution of the sums.

    Solutions are made of moves that leave each sum as it is and take no place below its least. Moves add up, so one of
    them takes along all places that any of them does: the one that moves most places by 1 or more.
    """
    count, width, floor = len(least), sums.shape[1], set(least)
    at_least = np.hstack([np.eye(width)[list(least)], -np.eye(count)])
    found = optimize.linprog(
        np.concatenate([np.zeros(width), -np.ones(count)]),
        A_ub=-at_least,
        b_ub=np.zeros(count),
        A_eq=np.hstack([sums, np.zeros((len(sums), count))]),
        b_eq=np.zeros(len(sums)),
        bounds=[(0 if place in floor else None, None) for place in range(width)] + [(0, 1)] * count,
    )
    return [place for place, moved in zip(least, found.x[width:], strict=True) if moved < 0.5]

"""Suggests the known names closest to an unknown one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from tasks.base.worded import Phrase, phrase

_NEAREST = 3


def nearest(name: str, names: Iterable[str]) -> str:
    """List the three names that are nearest to one that is not there; upper and lower case count as equal.

    Empty where there are no names.
    """
    by_fold: dict[str, list[str]] = {}
    for one in sorted(names):
        by_fold.setdefault(one.casefold(), []).append(one)
    close = difflib.get_close_matches(name.casefold(), by_fold, n=_NEAREST, cutoff=0.0)
    return ", ".join([one for fold in close for one in by_fold[fold]][:_NEAREST])


def nearest_are(name: str, names: Iterable[str]) -> Phrase | str:
    """Write the clause that ends a sentence about a name that is not there: '; the nearest are A, B, C'.

    Empty where there are no names.
    """
    found = nearest(name, names)
    return phrase("; the nearest are {found}", found=found) if found else ""

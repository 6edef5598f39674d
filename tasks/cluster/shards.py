"""Shards: neighbours in an order, in groups of about the same weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from tasks.base.cpr import mask

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.intake.inbox import Place

T = TypeVar("T")

SHARDS_PER_WORKER = 3
"""More than one, so that a worker that finishes early gets another; few, since each shard costs a start."""


def shards_of(units: Sequence[T], weight: Callable[[T], int], most: int) -> list[list[T]]:
    """Group neighbours into at most `most` shards of about the same weight, in the order given; none is empty."""
    weights = [max(weight(unit), 1) for unit in units]
    whole = sum(weights)
    shards: list[list[T]] = []
    before, newest = 0, -1
    for unit, own in zip(units, weights, strict=True):
        shard_no = before * most // whole
        if shard_no != newest:
            shards.append([])
            newest = shard_no
        shards[-1].append(unit)
        before += own
    return shards


def shards_of_places(places: Sequence[Place], most: int) -> list[list[Place]]:
    """Group the deliveries of an inbox, in the order of their names; a project's deliveries stay together.

    So do folders that have the same name once masked, since their deliveries are numbered together.
    """
    units = _undivided([list(group) for _, group in groupby(places, key=lambda place: place.project_folder)])
    shards = shards_of(units, lambda unit: sum(size_bytes(place.path) for place in unit), most)
    return [[place for unit in shard for place in unit] for shard in shards]


def size_bytes(path: Path) -> int:
    """Estimate how much there is to read; what can't be looked at counts as nothing, and is reported when read."""
    try:
        files = (
            [file for file in path.rglob("*") if file.is_file()] if path.is_dir() and not path.is_symlink() else [path]
        )
        return sum(file.lstat().st_size for file in files)
    except OSError:
        return 0


def _undivided(units: list[list[Place]]) -> list[list[Place]]:
    """Join the units from the first to the last that have one name once masked."""
    last = {mask(unit[0].project_folder): at for at, unit in enumerate(units)}
    joined: list[list[Place]] = []
    until = -1
    for at, unit in enumerate(units):
        if at <= until:
            joined[-1] += unit
        else:
            joined.append(list(unit))
        until = max(until, last[mask(unit[0].project_folder)])
    return joined

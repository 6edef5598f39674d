"""Reads deliveries ahead of time: with a known delivery, reading and hashing are most of the work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from tasks.intake.contents import DeliveredFile
from tasks.intake.delivery import files_held, files_of
from tasks.intake.inbox import Place

READERS = 2
"""How many deliveries lie in memory beside the one that is looked at."""


def read_ahead(places: Iterable[Place]) -> Iterator[tuple[Place, Future[list[DeliveredFile]]]]:
    """Give the places in their order, each with its files, hashed; `result` raises OSError where one can't be read."""
    with ThreadPoolExecutor(READERS) as readers:
        ahead: deque[tuple[Place, Future[list[DeliveredFile]]]] = deque()
        for place in places:
            ahead.append((place, readers.submit(_read, place)))
            if len(ahead) > READERS:
                yield ahead.popleft()
        while ahead:
            yield ahead.popleft()


def _read(place: Place) -> list[DeliveredFile]:
    files = files_of(place.path) if place.held is None else files_held(place.held)
    for file in files:
        _ = file.sha256
    return files

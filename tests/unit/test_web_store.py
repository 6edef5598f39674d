"""The downloads of an answer are there for their time, to who has their name, and then gone.

Source: the page, 'Kept: nothing'.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tasks.web.bounds import Bounds
from tasks.web.store import Store, new_token


@dataclass
class Clock:
    """A clock that a test sets."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store(Bounds(workers=1).kept_seconds, 10, clock)


def test_downloads_are_gone_after_ten_minutes(store: Store, clock: Clock) -> None:
    store.keep("one", {"svar.json": b"{}"})
    clock.seconds += 599
    assert store.get("one", "svar.json") == b"{}"
    clock.seconds += 1
    assert store.get("one", "svar.json") is None
    assert store.size_bytes == 0


def test_looking_at_a_download_does_not_keep_it_longer(store: Store, clock: Clock) -> None:
    store.keep("one", {"svar.json": b"{}"})
    for _ in range(3):
        clock.seconds += 200
        store.get("one", "svar.json")
    assert store.get("one", "svar.json") is None


def test_what_is_old_leaves_the_memory_though_nobody_asks(store: Store, clock: Clock) -> None:
    store.keep("one", {"svar.json": b"{}"})
    clock.seconds += 600
    store.forget_old()
    assert store.size_bytes == 0


def test_a_download_is_given_by_its_own_token_and_name_alone(store: Store) -> None:
    store.keep("one", {"svar.json": b"1"})
    store.keep("two", {"kvittering.txt": b"2"})
    assert store.get("one", "svar.json") == b"1"
    assert store.get("two", "svar.json") is None
    assert store.get("one", "kvittering.txt") is None
    assert store.get("", "svar.json") is None


def test_the_oldest_goes_first_where_there_is_too_much(store: Store) -> None:
    store.keep("one", {"svar.json": bytes(5)})
    store.keep("two", {"svar.json": bytes(5)})
    assert store.get("one", "svar.json") is not None, "as much as there may be"
    store.keep("three", {"svar.json": bytes(1)})
    assert store.get("one", "svar.json") is None
    assert store.get("two", "svar.json") is not None
    assert store.get("three", "svar.json") is not None


def test_a_token_has_128_random_bits() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 22 for token in tokens)

"""Shards keep the order of the inbox, and what is numbered together stays together."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tasks.cluster.shards import shards_of, shards_of_places
from tasks.intake.inbox import Place
from tests.support.portfolio import cpr


@given(st.lists(st.integers(0, 1_000_000)), st.integers(1, 20))
def test_shards_are_all_units_in_their_order(weights: list[int], most: int) -> None:
    shards = shards_of(list(enumerate(weights)), lambda unit: unit[1], most)
    assert [unit for shard in shards for unit in shard] == list(enumerate(weights))
    assert len(shards) <= most
    assert all(shards)


def test_equal_weights_make_equal_shards() -> None:
    assert [len(shard) for shard in shards_of(range(12), lambda _: 5, 4)] == [3, 3, 3, 3]


def test_one_heavy_unit_has_a_shard_of_its_own() -> None:
    assert shards_of([1, 1, 98, 1, 1], lambda unit: unit, 3) == [[1, 1, 98], [1, 1]]


def place(project: str, as_of: str = "2017-01-31") -> Place:
    return Place(project, as_of, Path("/nowhere") / project / as_of)


def test_a_project_is_never_divided() -> None:
    places = [place(project, as_of) for project in ("JF-1", "JF-2", "JF-3") for as_of in ("2016-12-31", "2017-01-31")]
    assert shards_of_places(places, 6) == [places[:2], places[2:4], places[4:]]


def test_folders_that_are_told_by_one_name_stay_together_with_what_lies_between() -> None:
    places = [place(name) for name in ("1", cpr(1), "65", cpr(10), "8")]
    assert shards_of_places(places, 5) == [places[:1], places[1:4], places[4:]]

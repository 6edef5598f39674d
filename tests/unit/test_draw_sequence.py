"""The sequence of a draw, by its worked example and by what must hold of every draw."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.draw.sequence import CONTROL, PARTICIPANT, commitment_of, draw, list_sha256, sequence_key
from tasks.rules.model import load_rules

PROJECT, STRATUM = "JF-187", "187:ressourceforloeb"
SEED = bytes(range(32))
BEACON = "101297f1ca7dc44ef6088d94ad5fb7ba03455dc33d53ddb412bbc4564ed986ec"
KEY = sequence_key(SEED, PROJECT, BEACON)
SIZES = (4, 6, 8)
REFS = [hashlib.sha256(f"c{number}".encode()).hexdigest()[:32] for number in range(10)]


def test_the_worked_example_to_the_digit() -> None:
    assert commitment_of(SEED, PROJECT) == "ebdaa4fd80bbd409f1bb10acab945f365f10621d6319cf273d0d2216c5a0843f"
    assert KEY.hex() == "5722a076f5cfc20ff15a9d59feb70797ad00f3ebfeadb1eff2e4faaabf772652"
    first = draw(KEY, SIZES, (), 1, dict.fromkeys(REFS[:3], STRATUM), is_last=False)
    last = draw(KEY, SIZES, first, 2, dict.fromkeys(REFS[3:], STRATUM), is_last=True)
    assert list_sha256((one.ref, one.stratum) for one in first).startswith("aacc4c37")
    assert list_sha256((one.ref, one.stratum) for one in last).startswith("f9c36e77")
    assert {one.ref[:8]: (one.arm[0], one.block) for one in (*first, *last)} == {
        "122c5970": ("d", 1),
        "9c0abe51": ("d", 1),
        "d0f631ca": ("k", 1),
        "d0bf3e6e": ("k", 1),
        "0012a3fa": ("d", 2),
        "7c1c97df": ("d", 2),
        "7ed6a837": ("d", 2),
        "6db53c9d": ("k", 2),
        "95144b44": ("k", 2),
        "f28d5b0d": ("k", 2),
    }


def _citizens(sizes: dict[str, int]) -> dict[str, str]:
    return {
        hashlib.sha256(f"{stratum} {number}".encode()).hexdigest()[:32]: stratum
        for stratum, size in sizes.items()
        for number in range(size)
    }


@given(st.binary(min_size=32, max_size=32))
def test_one_last_batch_of_200_is_100_and_100(seed: bytes) -> None:
    key = sequence_key(seed, PROJECT, BEACON)
    drawn = draw(key, SIZES, (), 1, _citizens({"a": 71, "b": 40, "c": 50, "d": 39}), is_last=True)
    assert Counter(one.arm for one in drawn) == {PARTICIPANT: 100, CONTROL: 100}
    for stratum in "abcd":
        arms = Counter(one.arm for one in drawn if one.stratum == stratum)
        assert abs(arms[PARTICIPANT] - arms[CONTROL]) <= 1


@given(st.binary(min_size=32, max_size=32), st.lists(st.integers(1, 23), min_size=1, max_size=5))
def test_a_stratum_is_never_more_than_half_a_block_apart(seed: bytes, batches: list[int]) -> None:
    key = sequence_key(seed, PROJECT, "")
    everybody = list(_citizens({"a": sum(batches)}))
    members: tuple = ()
    for number, size in enumerate(batches, start=1):
        batch = everybody[len(members) : len(members) + size]
        is_last = number == len(batches)
        members = (*members, *draw(key, SIZES, members, number, dict.fromkeys(batch, "a"), is_last=is_last))
        arms = Counter(one.arm for one in members)
        assert abs(arms[PARTICIPANT] - arms[CONTROL]) <= max(SIZES) // 2
    assert {one.ref for one in members} == set(everybody)


@pytest.mark.parametrize("size", load_rules().draw.block_sizes if load_rules().draw else ())
def test_blocks_are_even(size: int) -> None:
    assert size % 2 == 0

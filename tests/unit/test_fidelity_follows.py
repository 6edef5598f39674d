"""Whether a hidden count follows is told on the safe side, and of all counts by few programs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from tasks.fidelity import follows as module
from tasks.fidelity.follows import Lacking, Range, follows
from tests.support.effort import seeded, times

HIDDEN = Lacking(due=20, all=(1, 4), alone=(0, 20), is_alone_few=False, is_registered=False)


def test_what_cannot_be_computed_counts_as_following(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not follows([HIDDEN], 20, None)
    monkeypatch.setattr(module, "linprog", lambda *_, **__: SimpleNamespace(success=False))
    assert follows([HIDDEN], 20, None)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Keep the constraints of every program that is asked for."""
    asked: list[dict[str, Any]] = []

    def solve(sought: Any, **constraints: Any) -> Any:
        asked.append(constraints)
        return linprog(sought, **constraints)

    monkeypatch.setattr(module, "linprog", solve)
    return asked


def known(count: int) -> Range:
    return (1, 4) if 0 < count < 5 else (count, count)


def lacking(rng: random.Random, *, courses: int = 60) -> tuple[list[Lacking], int, Range | None]:
    """Make a project of two to six elements, with few kinds of courses, so that a count follows now and then."""
    elements, earlier = range(rng.randint(2, 6)), rng.choice([0, 0, 7])
    kinds = [rng.sample(elements, rng.randint(1, min(3, len(elements)))) for _ in range(rng.randint(1, 4))]
    counts = [rng.choice([1, 2, 4, 5, 6, 9]) for _ in kinds]
    is_told = rng.random() < 0.6
    by_element = []
    for element in elements:
        own = sum(n for kind, n in zip(kinds, counts, strict=True) if element in kind)
        alone = sum(n for kind, n in zip(kinds, counts, strict=True) if kind == [element])
        by_element.append(
            Lacking(
                due=courses + earlier,
                all=known(own),
                alone=known(alone) if is_told else (0, courses),
                is_alone_few=0 < alone < 5,
                is_registered=element % 2 == 0,
            )
        )
    jobfirst = courses - sum(counts)
    papers = sum(n for kind, n in zip(kinds, counts, strict=True) if all(one % 2 == 0 for one in kind))
    return by_element, courses, rng.choice([None, (jobfirst, jobfirst), (jobfirst, jobfirst + papers)])


def follows_one_by_one(elements: Sequence[Lacking], constraints: dict[str, Any]) -> bool:
    """Look for each hidden count's least and most by programs of its own."""
    some = [one for one in elements if one.all[1]]
    hidden = [number for number, one in enumerate(some) if one.all[0] < one.all[1]]
    hidden += [len(some) + number for number, one in enumerate(some) if one.is_alone_few]
    for number in hidden:
        row = constraints["A_ub"][number]
        least, most = linprog(row, **constraints).fun, -linprog(-row, **constraints).fun
        if np.ceil(least - 1e-6) >= np.floor(most + 1e-6):
            return True
    return False


def test_all_counts_together_follow_as_each_does(programs: list[dict[str, Any]]) -> None:
    rng = seeded("follows")
    found = []
    for _ in range(times(150, 3000)):
        programs.clear()
        elements, courses, jobfirst = lacking(rng)
        found.append(follows(elements, courses, jobfirst))
        assert found[-1] == (bool(programs) and follows_one_by_one(elements, programs[0])), (elements, jobfirst)
    assert len(found) / 20 < sum(found) < len(found) / 2, "both come often enough to be tried"


def test_many_hidden_counts_take_few_programs(programs: list[dict[str, Any]]) -> None:
    hidden = Lacking(due=60, all=(1, 4), alone=(0, 60), is_alone_few=False, is_registered=False)
    assert not follows([hidden] * 9, 60, None)
    assert len(programs) == 2

"""What may leave the house hides small counts, and nothing brings them back."""

from __future__ import annotations

import itertools
import random

import pytest

from tasks.base.errors import InternalFailure
from tasks.evaluation.analysis import Step, Week
from tasks.evaluation.hide import HIDDEN, Sum, following, hide, is_small, marked
from tasks.evaluation.tables import _public_weeks, flow_cells, require_hidden

LIMIT = 5


@pytest.mark.parametrize(
    ("count", "of", "told"),
    [(0, 10, False), (1, 10, True), (4, 10, True), (5, 10, False), (6, 10, True), (10, 10, False)],
)
def test_a_count_and_what_is_left_of_its_whole_are_small(count: int, of: int, *, told: bool) -> None:
    assert is_small(count, of, LIMIT) is told


def test_where_one_cell_of_a_sum_is_hidden_the_smallest_other_is_too() -> None:
    counts = {"all": 50, "a": 3, "b": 9, "c": 38}
    assert hide(counts, dict.fromkeys(counts, 50), [Sum("all", ("a", "b", "c"))], LIMIT) == {"a", "b"}


def test_a_figure_that_follows_is_found() -> None:
    sums = [Sum("all", ("a", "b")), Sum("a", ("c", "d"))]
    assert following({"b"}, sums) == {"b"}
    assert following({"a", "b"}, sums) == {"a", "b"}
    assert following({"a", "b", "c"}, sums) == set()
    with pytest.raises(InternalFailure, match=r"1 hidden figures of the public flow\.csv would follow"):
        require_hidden({"b"}, sums, "flow.csv")


def test_a_figure_that_follows_from_two_sums_together_is_found() -> None:
    """The margins of a table of two by three: four hidden cells in a row and a column each follow from nothing."""
    rows = [Sum(f"r{i}", tuple(f"{i}{j}" for j in range(3))) for i in range(2)]
    columns = [Sum(f"c{j}", tuple(f"{i}{j}" for i in range(2))) for j in range(3)]
    assert following({"00", "01"}, [*rows, *columns]) == {"00", "01"}
    assert following({"00", "01", "10", "11"}, [*rows, *columns]) == set()


def flow(rng: random.Random, projects: int) -> list[Step]:
    """Make up a flow that adds up."""
    steps = []
    for name in range(projects):
        project = f"JF-{name}"
        excluded = [rng.choice([0, 1, 2, 7]) for _ in range(2)]
        arms = {}
        for arm in ("participant", "control"):
            lost = {reason: rng.choice([0, 0, 1, 3, 6]) for reason in ("x", "y")}
            arms[arm] = ({r: n for r, n in lost.items() if n}, rng.choice([0, 2, 5, 40]))
        drawn = {arm: sum(lost.values()) + analysed for arm, (lost, analysed) in arms.items()}
        steps.append(Step(project, "", "assessed", "", sum(excluded) + sum(drawn.values())))
        steps += [Step(project, "", "excluded", f"C{at}", n) for at, n in enumerate(excluded) if n]
        for arm, (lost, analysed) in arms.items():
            steps.append(Step(project, arm, "drawn", "", drawn[arm]))
            steps += [Step(project, arm, "lost", reason, n) for reason, n in lost.items()]
            steps.append(Step(project, arm, "analysed", "", analysed))
    return steps


@pytest.mark.parametrize("seed", range(40))
def test_no_small_count_of_any_flow_follows_from_what_is_shown(seed: int) -> None:
    rng = random.Random(seed)
    counts, wholes, sums = flow_cells(flow(rng, rng.choice([1, 2, 5, 12])))
    for one in sums:
        assert counts[one.total] == sum(counts[part] for part in one.parts)
    hidden = hide(counts, wholes, sums, LIMIT)
    assert {cell for cell, n in counts.items() if is_small(n, wholes[cell], LIMIT)} <= hidden
    assert following(hidden, sums) == set()
    for one in sums:
        assert len([cell for cell in one.cells if cell in hidden]) != 1


def test_every_hidden_cell_of_a_small_table_can_have_had_another_value() -> None:
    """Counted one by one: other tables have the same shown cells, and other values in each hidden one."""
    steps = [
        Step("P", "", "assessed", "", 25),
        Step("P", "", "excluded", "C04", 5),
        Step("P", "participant", "drawn", "", 10),
        Step("P", "participant", "lost", "x", 3),
        Step("P", "participant", "analysed", "", 7),
        Step("P", "control", "drawn", "", 10),
        Step("P", "control", "analysed", "", 10),
    ]
    counts, wholes, sums = flow_cells(steps)
    hidden = sorted(hide(counts, wholes, sums, LIMIT))
    own = [cell for cell in hidden if cell[0] == "P"]
    seen: dict[tuple[str, str, str, str], set[int]] = {cell: set() for cell in own}
    for values in itertools.product(range(11), repeat=len(own)):
        told = counts | dict(zip(own, values, strict=True))
        told |= {cell: told["P", *cell[1:]] for cell in hidden if cell[0] != "P"}
        if all(told[one.total] == sum(told[part] for part in one.parts) for one in sums):
            for cell, value in zip(own, values, strict=True):
                seen[cell].add(value)
    assert own
    assert all(len(values) > 1 for values in seen.values())


def test_a_week_is_not_told_beside_a_count_of_another_table_that_it_is_near() -> None:
    weeks = [Week(25, 103, 110, *([1.234567] * 9)), Week(26, 101, 110, *([1.234567] * 9))]
    early, late = _public_weeks(weeks, [(101, 110)], LIMIT)
    assert (early["participants"], early["controls"], early["low"]) == (HIDDEN, "110", "1.23")
    assert (late["participants"], late["controls"], late["low"]) == ("101", "110", "1.23457")


def test_a_hidden_figure_names_the_limit() -> None:
    assert [marked(text, 10) for text in (HIDDEN, "3", "")] == ["<10", "3", ""]

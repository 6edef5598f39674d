"""The chi-square p-value against distributions and tables known otherwise."""

from __future__ import annotations

import math

import pytest

from tasks.report.chi_square import goodness_of_fit_p


def test_two_groups_against_the_normal_distribution() -> None:
    # 60 of 100 where half was expected: two standard errors of 5, so P(|Z| >= 2).
    assert goodness_of_fit_p([60, 40], [0.5, 0.5]) == pytest.approx(math.erfc(2 / math.sqrt(2)))


@pytest.mark.parametrize(
    ("counts", "p"),
    [
        # (20-30)^2/30 + 0 + (40-30)^2/30 = 6.6667; two degrees of freedom: exp(-6.6667/2).
        ([20, 30, 40], math.exp(-20 / 6)),
        ([30, 30, 30], 1.0),
    ],
)
def test_three_groups_against_the_exponential(counts: list[int], p: float) -> None:
    assert goodness_of_fit_p(counts, [1 / 3, 1 / 3, 1 / 3]) == pytest.approx(p)


def test_four_groups_against_a_table_of_critical_values() -> None:
    # The five per cent value for three degrees of freedom is 7.815.
    step = math.sqrt(7.815 * 25 / 2)
    counts = [25 + step, 25 - step, 25, 25]
    assert goodness_of_fit_p(counts, [0.25] * 4) == pytest.approx(0.05, abs=1e-4)  # type: ignore[arg-type]


def test_citizens_in_a_group_that_no_one_is_in_are_impossible() -> None:
    assert goodness_of_fit_p([99, 1], [1.0, 0.0]) == 0.0


def test_nothing_to_test() -> None:
    assert goodness_of_fit_p([], []) is None
    assert goodness_of_fit_p([0, 0], [0.5, 0.5]) is None
    assert goodness_of_fit_p([100, 0], [1.0, 0.0]) is None

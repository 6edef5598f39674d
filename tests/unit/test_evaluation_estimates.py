"""The estimates, held against published figures, against statsmodels, and against permutations counted one by one."""

from __future__ import annotations

import os
from itertools import combinations
from math import inf, sqrt
from pathlib import Path

import numpy as np
import pytest

from tasks.evaluation import stratified
from tasks.evaluation.bounds import supposed
from tasks.evaluation.pooling import draw_p, holm, pooled, rank_correlation
from tasks.evaluation.regression import fit, lin, lin_within
from tasks.evaluation.stratified import Codes, Flags, Floats

PUBLISHED = "JOBFIRST_PUBLISHED_DATA"
"""A folder with alo_star_men.csv and mtcars.csv, as R's estimatr and datasets give them; they are not ours to ship."""

Y = np.array([6, 0, 0, 10, 4, 0, 0, 2, 0, 0, 12, 0, 8, 5, 0, 0, 3, 0, 0, 0], dtype=float)
Z = np.array([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0], dtype=bool)
D = Z.astype(float) - np.isin(np.arange(20), [1, 5])
STRATA = np.repeat([0, 1], 10).astype(np.intp)


def published(name: str) -> Floats:
    """Read a published table, or skip where it is not at hand."""
    folder = os.environ.get(PUBLISHED)
    if not folder:
        pytest.skip(f"{name} is read from {PUBLISHED}")
    return np.genfromtxt(Path(folder) / name, delimiter=",", skip_header=1)


@pytest.fixture(scope="module")
def nsw() -> dict[str, Floats]:
    """Give LaLonde's men by column."""
    import pandas as pd
    from causaldata import nsw_mixtape

    frame = nsw_mixtape.load_pandas().data
    assert isinstance(frame, pd.DataFrame)
    names = ("treat", "age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75", "re78")
    return {name: frame[name].to_numpy(dtype=float) for name in names}


def one_stratum(y: Floats) -> Codes:
    return np.zeros(len(y), dtype=np.intp)


def test_the_own_example() -> None:
    found = stratified.difference(Y, Z, STRATA)
    assert found.estimate == pytest.approx(3.616667, abs=5e-7)
    assert found.standard_error == pytest.approx(1.487821, abs=5e-7)
    assert found.df == 16
    assert found.interval() == pytest.approx((0.462627, 6.770706), abs=5e-7)
    assert found.p == pytest.approx(0.027194, abs=5e-7)
    assert found.mean_participants - found.mean_controls == pytest.approx(found.estimate)


def test_the_bounds_of_the_own_example() -> None:
    """If spells are where y is above 0: supposed 1.666667, needed 4.666667."""
    y, share, is_known = supposed(Y, Y > 0, Z, STRATA)
    found = stratified.difference(y, Z, STRATA)
    assert is_known
    assert found.estimate == pytest.approx(1.666667, abs=5e-7)
    assert found.interval() == pytest.approx((-1.376790, 4.710124), abs=5e-7)
    assert stratified.difference(Y, Z, STRATA).estimate / share == pytest.approx(4.666667, abs=5e-7)


def test_the_own_example_permuted() -> None:
    p = stratified.randomisation_p(Y, Z, STRATA, redraws=10_000, seed=7)
    assert p == pytest.approx(0.027, abs=0.005)
    assert p == stratified.randomisation_p(Y, Z, STRATA, redraws=10_000, seed=7)
    assert p != stratified.randomisation_p(Y, Z, STRATA, redraws=10_000, seed=8)


def test_those_who_took_part_of_the_own_example() -> None:
    found = stratified.ratio(Y, D, Z, STRATA)
    assert found is not None
    assert (found.estimate, found.low, found.high) == pytest.approx((4.34, 0.609954, 7.967779), abs=5e-7)


@pytest.mark.parametrize("took_part", [D, np.roll(D, 3), np.where(np.arange(20) == 0, 1.0, 0.0)])
def test_the_interval_of_those_who_took_part_holds_what_is_not_rejected(took_part: Floats) -> None:
    found = stratified.ratio(Y, took_part, Z, STRATA)
    assert found is not None
    for b in np.linspace(-60, 60, 241):
        is_inside = found.low <= b <= found.high
        if found.is_outside:
            is_inside = b <= found.low or b >= found.high
        assert is_inside == (stratified.difference(Y - b * took_part, Z, STRATA).p >= 0.05)


SAME = 22 / 7 + np.array([0, 1, -1, 2] * 5) * np.spacing(22 / 7)
"""Hours that are all the same except for the last digits, which sums in another order leave."""


@pytest.mark.parametrize("effect", [0.0, 4.0])
def test_a_variance_that_is_rounding_is_none_and_so_is_a_difference(effect: float) -> None:
    y = SAME + effect * Z
    size = pytest.approx(effect) if effect else 0.0
    p = 0.0 if effect else 1.0
    found = stratified.difference(y, Z, STRATA)
    assert (found.estimate, found.standard_error, found.p) == (size, 0.0, p)
    age = np.column_stack([np.arange(20) % 7, np.arange(20) % 3]).astype(float)
    within = lin_within(y, Z, STRATA, age)
    assert within is not None
    assert (within.estimate, within.standard_error) == (size, 0.0)
    permuted = stratified.randomisation_p(y, Z, STRATA, redraws=2000, seed=7)
    assert permuted < 0.01 if effect else permuted == 1.0
    whole = lin(y, Z, np.column_stack([STRATA, age]))
    assert whole.coefficients[1] == size
    took_part = stratified.ratio(y, D, Z, STRATA)
    assert took_part is not None
    if not effect:
        assert (whole.standard_errors[1], took_part.low, took_part.high) == (0.0, 0.0, 0.0)


def test_nobody_took_part() -> None:
    assert stratified.ratio(Y, np.zeros(20), Z, STRATA) is None
    found = stratified.ratio(Y, np.where(np.arange(20) == 0, 1.0, 0.0), Z, STRATA)
    assert found is not None
    assert found.is_outside or (found.low, found.high) == (-inf, inf)


def test_where_neither_hours_nor_take_up_are_apart_from_nothing_no_effect_is_rejected() -> None:
    y, took_part = np.where(np.arange(20) % 3 == 0, 6.0, 0.0), np.where(np.arange(20) == 0, 1.0, 0.0)
    found = stratified.ratio(y, took_part, Z, STRATA)
    assert found is not None
    assert (found.low, found.high, found.is_outside) == (-inf, inf, False)
    assert min(stratified.difference(y - b * took_part, Z, STRATA).p for b in np.linspace(-60, 60, 241)) >= 0.05


def test_the_actual_draw_is_one_of_the_permutations() -> None:
    apart = stratified.randomisation_p(Z.astype(float), Z, STRATA, redraws=99, seed=7)
    assert apart == 1 / 100


def test_seven_villages() -> None:
    y = np.array([15, 15, 20, 20, 10, 15, 30], dtype=float)
    drawn = (0, 6)
    permutations = list(combinations(range(7), 2))
    sums = np.array([[y[list(one)].sum(), (y[list(one)] ** 2).sum()] for one in permutations])
    gap, _ = stratified.gaps(y, 2, sums)
    found = gap[permutations.index(drawn)]
    assert found == pytest.approx(6.5)
    assert sum(abs(gap) >= abs(found) - 1e-9) / len(permutations) == pytest.approx(8 / 21)


def test_what_is_permuted_at_random_comes_near_all_permutations() -> None:
    y = np.array([5, 0, 7, 1, 0, 3, 9, 2], dtype=float)
    z = np.array([1, 0, 1, 0, 0, 1, 1, 0], dtype=bool)
    found = stratified.difference(y, z, one_stratum(y))
    limit = abs(found.estimate / found.standard_error)
    hits, permutations = 0, list(combinations(range(8), 4))
    for arm in permutations:
        one = stratified.difference(y, np.isin(np.arange(8), arm), one_stratum(y))
        hits += abs(one.estimate / one.standard_error) >= limit - 1e-9
    p = stratified.randomisation_p(y, z, one_stratum(y), redraws=20_000, seed=11)
    assert p == pytest.approx(hits / len(permutations), abs=0.02)


def test_nsw(nsw: dict[str, Floats]) -> None:
    y, z = nsw["re78"], nsw["treat"] > 0
    assert (z.sum(), (~z).sum()) == (185, 260)
    plain = stratified.difference(y, z, one_stratum(y))
    assert plain.estimate == pytest.approx(1794.3424, abs=5e-5)
    assert plain.standard_error == pytest.approx(670.9965, abs=5e-5)
    _, _, variance = stratified.moments(y, z, one_stratum(y))
    shared = (184 * variance[1, 0] + 259 * variance[0, 0]) / 443
    assert sqrt(shared * (1 / 185 + 1 / 260)) == pytest.approx(632.8534, abs=5e-5)
    by_black = stratified.difference(y, z, nsw["black"].astype(np.intp))
    assert (by_black.estimate, by_black.standard_error) == pytest.approx((1824.8169, 666.5551), abs=5e-5)
    assert by_black.df == 441


def test_lin_on_nsw(nsw: dict[str, Floats]) -> None:
    names = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")
    found = lin(nsw["re78"], nsw["treat"] > 0, np.column_stack([nsw[name] for name in names]))
    assert (found.coefficients[1], found.standard_errors[1]) == pytest.approx((1621.5831, 694.7216), abs=5e-5)
    assert found.dropped == ()


@pytest.mark.parametrize("kind", ["HC0", "HC2"])
def test_a_regression_is_that_of_statsmodels(nsw: dict[str, Floats], kind: str) -> None:
    import statsmodels.api as sm

    design = np.column_stack([np.ones(445), *(nsw[name] for name in ("treat", "age", "educ", "re74", "black"))])
    theirs = sm.OLS(nsw["re78"], design).fit(cov_type=kind)
    ours = fit(nsw["re78"], design, kind=kind)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-9)
    assert ours.standard_errors == pytest.approx(theirs.bse, rel=1e-9)


def test_the_difference_is_that_of_the_saturated_regression(nsw: dict[str, Floats]) -> None:
    strata = nsw["black"].astype(np.intp) + 2 * nsw["nodegree"].astype(np.intp)
    dummies = (strata[:, None] == np.arange(1, 4)).astype(float)
    saturated = lin(nsw["re78"], nsw["treat"] > 0, dummies)
    found = stratified.difference(nsw["re78"], nsw["treat"] > 0, strata)
    assert saturated.df == found.df
    assert saturated.coefficients[1] == pytest.approx(found.estimate, rel=1e-9)
    assert saturated.standard_errors[1] == pytest.approx(found.standard_error, rel=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_computed_within_strata_is_lins_regression_on_their_dummies(seed: int) -> None:
    """Columns that are constant, dependent, or tell one citizen from all others are among them."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 5))
    strata = np.concatenate([np.repeat(np.arange(size), 4), rng.integers(0, size, 20)])
    z = rng.random(len(strata)) < 0.5
    z[: 4 * size] = np.tile([True, True, False, False], size)
    columns = np.round(rng.normal(size=(len(strata), 4)), 1)
    columns[:, seed % 4] = (1 / 3, 2 * columns[:, 0] - 1, (strata == 0) * 0.1, rng.random(len(strata)) < 0.05)[seed % 4]
    y = rng.normal(size=len(strata))
    dummies = (strata[:, None] == np.arange(1, size)).astype(float)
    whole = lin(y, z, np.hstack([dummies, columns]))
    found = lin_within(y, z, strata, columns)
    if found is None:
        assert seed % 4 == 3
        return
    place = whole.kept.index(1)
    assert (found.estimate, found.df) == pytest.approx((whole.coefficients[place], whole.df), rel=1e-9)
    assert found.standard_error == pytest.approx(whole.standard_errors[place], rel=1e-9, nan_ok=True)
    assert [size + 1 + at for at in found.dropped] == [at for at in whole.dropped if at < size + 5]


def test_lin_2013_table_2() -> None:
    data = published("alo_star_men.csv")
    gpa0, sfsp, y = data[:, :1], data[:, 1], data[:, 2]
    ones = np.ones_like(y)
    plain = fit(y, np.column_stack([ones, sfsp]), kind="HC0")
    assert (plain.coefficients[1], plain.standard_errors[1]) == pytest.approx((-0.036, 0.158), abs=5e-4)
    with_gpa = fit(y, np.column_stack([ones, sfsp, gpa0]), kind="HC0")
    assert (with_gpa.coefficients[1], with_gpa.standard_errors[1]) == pytest.approx((-0.083, 0.146), abs=5e-4)
    crossed = lin(y, sfsp > 0, gpa0, kind="HC0")
    assert (crossed.coefficients[1], crossed.standard_errors[1]) == pytest.approx((-0.081, 0.146), abs=5e-4)
    by_hc2 = lin(y, sfsp > 0, gpa0)
    assert (by_hc2.coefficients[1], by_hc2.standard_errors[1]) == pytest.approx((-0.081220, 0.147868), abs=5e-7)
    assert by_hc2.df == 153


def test_stata_on_mtcars() -> None:
    data = published("mtcars.csv")
    found = fit(data[:, 0], np.column_stack([data[:, 3], np.ones(len(data))]))
    assert found.standard_errors**2 == pytest.approx((0.00021652, 4.8093019), rel=5e-5)


def test_a_dependent_column_is_left_out_and_a_leverage_of_one_has_no_error() -> None:
    x = np.arange(8.0)
    y = x + np.array([0, 1, 0, 2, 0, 1, 1, 0])
    found = fit(y, np.column_stack([np.ones(8), x, 3 * x - 2, np.full(8, 4.0), x**2]))
    assert found.dropped == (2, 3)
    assert found.df == 5
    alone = fit(y, np.column_stack([np.ones(8), x, (x == 3).astype(float)]))
    assert np.isnan(alone.standard_errors).all()


def test_pooled_by_random_effects() -> None:
    found = pooled([1.2, 0.3, 2.5, -0.4], [0.5, 0.4, 0.8, 0.6])
    assert found.tau2 == pytest.approx(1.080607, abs=5e-7)
    assert (found.mean, found.standard_error) == pytest.approx((0.818577, 0.594130), abs=5e-7)
    assert found.q == pytest.approx(10.385769, abs=5e-7)
    assert max(found.shrunken) < 2.5
    alike = pooled([1.0, 1.1, 0.9], [0.5, 0.5, 0.5])
    assert alike.tau2 == 0
    assert alike.shrunken == pytest.approx((1.0, 1.0, 1.0))


def test_a_rank_correlation_gives_ties_their_mean_rank() -> None:
    """Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4."""
    assert rank_correlation([(0.1, -1), (0.2, 5), (0.2, 2), (0.9, 80)]) == pytest.approx(4.5 / sqrt(4.5 * 5))
    assert rank_correlation([(0.1, 1), (0.2, 2)]) is None
    assert rank_correlation([(0.1, 1), (0.1, 2), (0.1, 3)]) is None


def test_an_arms_mean_has_an_interval_of_its_own() -> None:
    found = stratified.difference(Y, Z, STRATA)
    assert found.error_participants**2 + found.error_controls**2 == pytest.approx(found.standard_error**2)
    assert (found.df_participants, found.df_controls) == (9, 7)
    ends = found.arm_intervals()
    assert sum(ends[:2]) == pytest.approx(2 * found.mean_participants)
    assert sum(ends[2:]) == pytest.approx(2 * found.mean_controls)


def test_holm() -> None:
    assert holm([0.012, 0.03, 0.2]) == pytest.approx([0.036, 0.06, 0.2])
    assert holm([0.2, 0.012, 0.03]) == pytest.approx([0.2, 0.036, 0.06])
    assert holm([0.04, 0.04]) == pytest.approx([0.08, 0.08])
    assert holm([0.9, 0.6]) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize(("citizens", "effect"), [(200, 0.3982), (3200, 0.0991)])
def test_the_smallest_effect_of_equal_arms(citizens: int, effect: float) -> None:
    assert stratified.smallest_effect(sqrt(4 / citizens), citizens - 4) == pytest.approx(effect, abs=5e-5)


def test_arms_are_held_against_one_to_one() -> None:
    assert draw_p(100, 100) == 1.0
    assert draw_p(10, 0) == pytest.approx(2 / 1024)
    assert draw_p(0, 0) == 1.0


def arms(*counts: tuple[int, int]) -> tuple[Codes, Flags]:
    """Give strata by their participants and controls."""
    strata = np.repeat(np.arange(len(counts)), [sum(one) for one in counts])
    z = np.concatenate([np.arange(sum(one)) < one[0] for one in counts])
    return strata.astype(np.intp), z


def test_a_thin_stratum_makes_its_group_one_then_its_project_and_then_nobody_is_left() -> None:
    counts = [(2, 2), (5, 1), (4, 4), (1, 9), (3, 3), (1, 1), (2, 2)]
    strata, z = arms(*counts)
    group_of = np.array([0, 0, 1, 2, 3, 4, 5])
    project_of = np.array([0, 0, 0, 1, 1, 2, 3])
    codes, kept = stratified.merge(strata, z, group_of[strata], project_of[strata], 2)
    together = [set(strata[kept & (codes == code)].tolist()) for code in np.unique(codes[kept])]
    assert sorted(map(sorted, together)) == [[0, 1], [2], [3, 4], [6]]
    assert set(strata[~kept].tolist()) == {5}


def test_nobody_to_merge() -> None:
    nobody = np.zeros(0, dtype=np.intp)
    codes, kept = stratified.merge(nobody, np.zeros(0, dtype=bool), nobody, nobody, 2)
    assert (len(codes), len(kept)) == (0, 0)

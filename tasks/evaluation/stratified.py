"""The difference between arms within strata, its interval, and what rests on it.

Source: docs/trial.md, 'Evaluation' (`primary`, `randomisation`, `took_part`, `smallest_effect`, `supposed`).
Arrays are of citizens, in one order: `y` an outcome, `z` true for a participant, `strata` whole numbers from 0 on.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.intp]

_TIE = 1e-9
"""How far apart two statistics may be and still be equal: sums in another order differ in their last digits."""
_ROUNDING = 1e-10
"""Below this share of the data's size a figure is rounding: hours that are all the same leave no difference."""
_ELEMENTS = 1 << 18
"""Keys drawn at once: as many as a processor's own memory holds."""


@dataclass(frozen=True)
class Estimate:
    """A difference of means.

    `estimate`, `standard_error`: in the outcome's unit; `df`: degrees of freedom of the t interval; `participants`,
    `controls`: citizens; `mean_*`: the arms' means, each stratum weighted by its citizens; `error_*`, `df_*`: of that
    mean alone.
    """

    estimate: float
    standard_error: float
    df: int
    participants: int
    controls: int
    mean_participants: float
    mean_controls: float
    error_participants: float
    error_controls: float
    df_participants: int
    df_controls: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Give the ends of the interval that holds the truth in `level` of all trials."""
        return interval_around(self.estimate, self.standard_error, self.df, level)

    def arm_intervals(self, level: float = 0.95) -> tuple[float, float, float, float]:
        """Give the ends of the participants' mean's interval, then of the controls'."""
        return (
            *interval_around(self.mean_participants, self.error_participants, self.df_participants, level),
            *interval_around(self.mean_controls, self.error_controls, self.df_controls, level),
        )

    @property
    def p(self) -> float:
        """The two-sided p-value of no difference."""
        return p_of(self.estimate, self.standard_error, self.df)


@dataclass(frozen=True)
class Ratio:
    """The effect on those who took part, with all values that the data do not reject.

    `low`, `high`: the ends; infinite where take-up may be 0. `is_outside`: the values are those up to `low` and those
    from `high` on.
    """

    estimate: float
    low: float
    high: float
    is_outside: bool = False


def interval_around(estimate: float, standard_error: float, df: int, level: float) -> tuple[float, float]:
    """Give the ends of the t interval that holds the truth in `level` of all trials."""
    half = float(stats.t.ppf(0.5 + level / 2, df)) * standard_error
    return estimate - half, estimate + half


def p_of(estimate: float, standard_error: float, df: float) -> float:
    """Give the two-sided p-value of a t statistic."""
    if standard_error == 0:
        return 1.0 if estimate == 0 else 0.0
    return float(2 * stats.t.sf(abs(estimate / standard_error), df))


def difference(y: Floats, z: Flags, strata: Codes) -> Estimate:
    """Give the sum of n_s/N x (participants' mean - controls' mean): HC2 of the saturated regression.

    Each stratum has two citizens of each arm at least: `merge` sees to it.
    """
    n, mean, variance = moments(y, z, strata)
    weights = n.sum(axis=0) / n.sum()
    means = mean @ weights
    squares = weights**2 * variance / n
    controls, participants = (sqrt(float(one)) for one in squares.sum(axis=1))
    return Estimate(
        estimate=float(without_rounding(weights @ (mean[1] - mean[0]), size_of(y))),
        standard_error=sqrt(float((weights**2 * (variance / n).sum(axis=0)).sum())),
        df=int(n.sum()) - 2 * n.shape[1],
        participants=int(n[1].sum()),
        controls=int(n[0].sum()),
        mean_participants=float(means[1]),
        mean_controls=float(means[0]),
        error_participants=participants,
        error_controls=controls,
        df_participants=int(n[1].sum()) - n.shape[1],
        df_controls=int(n[0].sum()) - n.shape[1],
    )


def moments(y: Floats, z: Flags, strata: Codes) -> tuple[Floats, Floats, Floats]:
    """Give citizens, mean and variance (by n - 1) of each arm (row 0 controls, 1 participants) and stratum (column)."""
    size = int(strata.max()) + 1
    cells = z.astype(np.intp) * size + strata
    n = np.bincount(cells, minlength=2 * size).astype(np.float64)
    mean = np.bincount(cells, weights=y, minlength=2 * size) / n
    rest = without_rounding(y - mean[cells], size_of(y))
    squares = np.bincount(cells, weights=rest**2, minlength=2 * size)
    return n.reshape(2, size), mean.reshape(2, size), (squares / (n - 1)).reshape(2, size)


def size_of(y: Floats) -> float:
    """Give the size of an outcome: its largest value, whatever the sign."""
    return float(np.abs(y).max())


def without_rounding(values: Any, size: float) -> Floats:
    """Give values with 0 for those that only rounding keeps from 0, in data of that size."""
    return np.where(np.abs(values) <= _ROUNDING * size, 0.0, values)


def randomisation_p(y: Floats, z: Flags, strata: Codes, *, redraws: int, seed: int) -> float:
    """Give the share of permutations, the actual draw included, whose |t| is at least that of the arms as they were.

    Arms are permuted within strata, each with as many participants as it had: (1 + hits) / (1 + redraws).
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    top, bottom = np.zeros(redraws), np.zeros(redraws)
    for code in range(int(strata.max()) + 1):
        here = strata == code
        values, participants = y[here], int(z[here].sum())
        weight = len(values) / len(y)
        centred = without_rounding(values - values.mean(), size_of(y))
        sums = _permuted(centred, participants, redraws, rng)
        gap, variance = gaps(centred, participants, sums)
        top += weight * without_rounding(gap, size_of(y))
        bottom += weight**2 * variance
    found = difference(y, z, strata)
    hits = int((_ratios(top, bottom) >= _ratio(found) * (1 - _TIE)).sum())
    return (1 + hits) / (1 + redraws)


def gaps(values: Floats, participants: int, sums: Floats) -> tuple[Floats, Floats]:
    """Give the difference of the arms' means and its variance for each permutation of a stratum's values.

    `sums`: of the participants' values and of their squares, a row for each permutation.
    """
    n1, n0 = participants, len(values) - participants
    y1, q1 = sums[:, 0], sums[:, 1]
    whole = (values**2).sum()
    y0, q0 = values.sum() - y1, whole - q1
    squares1, squares0 = (without_rounding(one, whole) for one in (q1 - y1**2 / n1, q0 - y0**2 / n0))
    variance = np.maximum(squares1, 0) / (n1 - 1) / n1 + np.maximum(squares0, 0) / (n0 - 1) / n0
    return y1 / n1 - y0 / n0, variance


def _permuted(values: Floats, participants: int, redraws: int, rng: np.random.Generator) -> Floats:
    """Give the sums of the participants' values and squares in `redraws` permutations (rows).

    Each citizen has a random key, and the smallest keys are the participants'. A permutation where two keys meet at
    the edge is drawn again, which favours nobody.
    """
    columns = np.column_stack([values, values**2])
    sums = np.empty((redraws, 2))
    size = len(values)
    at, most = 0, max(1, _ELEMENTS // size)
    while at < redraws:
        rows = min(most, redraws - at)
        keys = rng.integers(0, 1 << 32, size=(rows, size), dtype=np.uint32)
        edge = np.partition(keys, participants - 1, axis=1)[:, participants - 1 : participants]
        drawn = (keys <= edge).astype(np.float64)
        whole = drawn.sum(axis=1) == participants
        found = (drawn @ columns)[whole]
        sums[at : at + len(found)] = found
        at += len(found)
    return sums


def _ratios(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(np.abs(top) / np.sqrt(bottom), nan=0.0, posinf=inf)


def _ratio(found: Estimate) -> float:
    return float(_ratios(np.array([found.estimate]), np.array([found.standard_error**2]))[0])


def ratio(y: Floats, d: Floats, z: Flags, strata: Codes, level: float = 0.95) -> Ratio | None:
    """Give the effect on y for each d that the draw gave, and all b for which y - b·d is not rejected (Anderson-Rubin).

    None where the draw gave no d at all.
    """
    on_y, on_d = difference(y, z, strata), difference(d, z, strata)
    if on_d.estimate == 0:
        return None
    both = difference(y + d, z, strata)
    var_y, var_d = on_y.standard_error**2, on_d.standard_error**2
    covariance = float(without_rounding((both.standard_error**2 - var_y - var_d) / 2, both.standard_error**2))
    limit = float(stats.t.ppf(0.5 + level / 2, on_y.df)) ** 2
    a = on_d.estimate**2 - limit * var_d
    b = -2 * (on_y.estimate * on_d.estimate - limit * covariance)
    c = on_y.estimate**2 - limit * var_y
    estimate = on_y.estimate / on_d.estimate
    root = b * b - 4 * a * c
    if a > 0:
        half = sqrt(max(root, 0.0)) / (2 * a)
        return Ratio(estimate, -b / (2 * a) - half, -b / (2 * a) + half)
    if a < 0 and root > 0:
        half = sqrt(root) / (2 * -a)
        return Ratio(estimate, -b / (2 * a) - half, -b / (2 * a) + half, is_outside=True)
    return Ratio(estimate, -inf, inf)


def smallest_effect(standard_error: float, df: int, power: float = 0.80) -> float:
    """Give the effect that a trial with this standard error finds with this power, tested two-sided at 5 %."""
    if not isfinite(standard_error):
        return standard_error
    return float(stats.t.ppf(0.975, df) + stats.t.ppf(power, df)) * standard_error


def merge(strata: Codes, z: Flags, groups: Codes, projects: Codes, least: int) -> tuple[Codes, Flags]:
    """Make strata that have `least` of each arm, and say who is in one.

    `strata`, `groups`, `projects`: codes of each citizen; a stratum lies in one group (maalgruppe) of one project.
    Where an arm has fewer, all of the project's strata of that group become one; where that one has fewer, all of the
    project's strata do; a project that still has fewer is left out. Gives new codes, from 0 on among those who are
    kept.
    """
    merged = _codes(strata)
    size = int(groups.max(initial=0)) + 1
    for wider in (_codes(projects * size + groups), _codes(projects)):
        short = np.isin(wider, np.unique(wider[_thin(merged, z, least)]))
        merged = _codes(np.where(short, int(merged.max(initial=0)) + 1 + wider, merged))
    kept = ~_thin(merged, z, least)
    codes = np.zeros(len(z), dtype=np.intp)
    codes[kept] = _codes(merged[kept])
    return codes, kept


def _codes(values: Codes) -> Codes:
    """Give the values that occur numbers from 0 on, in their order."""
    size = int(values.max(initial=-1)) + 1
    number = np.cumsum(np.bincount(values, minlength=size) > 0) - 1
    return np.asarray(number[values], dtype=np.intp)


def _thin(strata: Codes, z: Flags, least: int) -> Flags:
    """Say which citizens stand in a stratum where an arm has too few."""
    if not len(strata):
        return np.zeros(0, dtype=bool)
    size = int(strata.max()) + 1
    participants = np.bincount(strata[z], minlength=size)
    controls = np.bincount(strata[~z], minlength=size)
    return np.asarray((np.minimum(participants, controls) < least)[strata], dtype=bool)

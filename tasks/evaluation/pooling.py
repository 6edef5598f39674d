"""Effects of projects pooled by random effects; p-values of several questions.

Source: docs/trial.md, 'Evaluation' (`pooled`, `secondary`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import optimize, stats

from tasks.evaluation.stratified import Floats

_FEWEST_PAIRS = 3


@dataclass(frozen=True)
class Pooled:
    """Effects as draws from one distribution. `mean`, `tau2`: its mean and variance; `standard_error`: of the mean.

    `q`: Cochran's Q, without tau2; `shrunken`: each project's effect, drawn towards the mean.
    """

    mean: float
    standard_error: float
    tau2: float
    q: float
    shrunken: tuple[float, ...]


def pooled(effects: Sequence[float], standard_errors: Sequence[float]) -> Pooled:
    """Pool effects by Paule and Mandel (1982): the variance between them that makes their weighted spread k - 1.

    Each standard error is above 0.
    """
    effect, variance = np.asarray(effects, dtype=float), np.asarray(standard_errors, dtype=float) ** 2
    excess = len(effect) - 1

    def spread(tau2: float) -> float:
        weights = 1 / (variance + tau2)
        return float((weights * (effect - _mean(effect, weights)) ** 2).sum())

    q, tau2 = spread(0.0), 0.0
    if q > excess:
        most = float(np.var(effect) * len(effect) + variance.max()) + 1.0
        tau2 = float(optimize.brentq(lambda one: spread(one) - excess, 0.0, most, xtol=1e-13, rtol=1e-13))
    weights = 1 / (variance + tau2)
    mean = _mean(effect, weights)
    shrunken = mean + tau2 / (tau2 + variance) * (effect - mean)
    return Pooled(mean, 1 / sqrt(float(weights.sum())), tau2, q, tuple(float(one) for one in shrunken))


def _mean(effect: Floats, weights: Floats) -> float:
    return float((weights * effect).sum() / weights.sum())


def holm(p_values: Sequence[float]) -> list[float]:
    """Give Holm's p-values, in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    found, most = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        most = max(most, min(1.0, (len(order) - rank) * p_values[place]))
        found[place] = most
    return found


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Give Spearman's rank correlation, ties by their mean rank; None of under three pairs, or of constant values."""
    if len(pairs) < _FEWEST_PAIRS:
        return None
    first, second = (stats.rankdata(one) - (len(pairs) + 1) / 2 for one in zip(*pairs, strict=True))
    size = sqrt(float(first @ first) * float(second @ second))
    return float(first @ second) / size if size else None


def draw_p(participants: int, controls: int) -> float:
    """Give the exact p-value of arms this far from one to one."""
    return float(stats.binomtest(participants, participants + controls, 0.5).pvalue) if participants + controls else 1.0

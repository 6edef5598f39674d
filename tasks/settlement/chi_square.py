"""The chi-square goodness-of-fit test of a group's composition."""

from __future__ import annotations

import math
from collections.abc import Sequence


def _upper_tail(statistic: float, degrees_of_freedom: int) -> float:
    """Give P(X >= statistic) for a chi-square variable X: the recurrence of the incomplete gamma function."""
    half = statistic / 2
    if degrees_of_freedom % 2:
        tail, term, order = math.erfc(math.sqrt(half)), math.sqrt(half / math.pi) * 2 * math.exp(-half), 0.5
    else:
        tail, term, order = math.exp(-half), half * math.exp(-half), 1.0
    while order < degrees_of_freedom / 2:
        tail += term
        order += 1
        term *= half / order
    return tail


def goodness_of_fit_p(counts: Sequence[int], expected_shares: Sequence[float]) -> float | None:
    """Give the p-value of the observed `counts` if citizens were drawn with `expected_shares` (which sum to 1).

    None where there is nothing to test: no citizens, or only one group that anyone can be in.
    """
    total = sum(counts)
    possible = [(count, share) for count, share in zip(counts, expected_shares, strict=True) if share > 0]
    if sum(count for count, _ in possible) < total:
        return 0.0
    if total == 0 or len(possible) < 2:
        return None
    statistic = sum((count - total * share) ** 2 / (total * share) for count, share in possible)
    return _upper_tail(statistic, len(possible) - 1)

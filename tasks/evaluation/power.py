"""What a trial that is planned could find."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.evaluation.stratified import smallest_effect

_STRATA = 2
_FEWEST = 2 * _STRATA + 1


@dataclass(frozen=True)
class Planned:
    """The smallest effect of a planned trial, in the unit of the standard deviation that was given."""

    effect: float
    df: int


def planned(citizens: int, sd: float, power: float) -> Planned:
    """Give the smallest effect that equal arms of two strata, the target groups, find. Raises InputError."""
    if citizens < _FEWEST:
        raise InputError(
            phrase(
                "{citizens} citizens are too few for two arms in two strata: give --citizens {least} or more.",
                citizens=citizens,
                least=_FEWEST,
            )
        )
    if not 0 < sd < float("inf"):
        raise InputError(phrase("{sd} is no standard deviation: give --sd a number above 0.", sd=sd))
    df = citizens - 2 * _STRATA
    return Planned(smallest_effect(sd * sqrt(4 / citizens), df, power), df)

"""What a trial that is planned could find."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.evaluation.stratified import smallest_effect

_STRATA = 2
_FEWEST = 2 * _STRATA + 1
_MOST = 1_000_000_000
_LARGEST_SD = 1_000_000


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
                "--citizens {citizens}: too few for two arms in two strata; give {least} or more.",
                citizens=citizens,
                least=_FEWEST,
            )
        )
    if citizens > _MOST:
        raise InputError(
            phrase("{citizens} citizens are too many: give --citizens {most} or fewer.", citizens=citizens, most=_MOST)
        )
    if not 0 < sd <= _LARGEST_SD:
        raise InputError(
            phrase(
                "{sd} is no standard deviation: give --sd a number above 0, at most {most}.", sd=sd, most=_LARGEST_SD
            )
        )
    df = citizens - 2 * _STRATA
    return Planned(smallest_effect(sd * sqrt(4 / citizens), df, power), df)

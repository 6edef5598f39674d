"""Life tables: in steps of 30 days since what an event follows, how many of those still at risk have it.

All times are days. Floating point: estimates alone, never money that is owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STEP_DAYS = 30
_TAIL_STEPS = 3
_SURELY = 0.999

Days = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LifeTable:
    """The accumulated hazard at the end of each step, from 0 at day 0.

    tail: the hazard a day after the last step observed; 0: nothing more is expected.
    """

    accumulated: Days
    tail: float = 0.0

    def survival(self, days: Days) -> Days:
        """Give the chance of having had no event yet after so many days; 1 before the first."""
        ends = np.arange(len(self.accumulated)) * STEP_DAYS
        beyond = np.maximum(days - ends[-1], 0.0)
        hazard = np.interp(days, ends, self.accumulated) + beyond * self.tail
        return np.asarray(np.exp(-hazard), dtype=np.float64)

    def with_tail(self) -> LifeTable:
        """Have the rate of the last three steps go on after what is observed."""
        steps = min(_TAIL_STEPS, len(self.accumulated) - 1)
        if not steps:
            return self
        return LifeTable(self.accumulated, (self.accumulated[-1] - self.accumulated[-1 - steps]) / (steps * STEP_DAYS))


def life_table(waited: Days, happened: npt.NDArray[np.bool_]) -> LifeTable:
    """Make the table of those who waited so many days, until the event or until nothing more is known of them.

    Whoever is lost sight of within a step was at risk for half of it.
    """
    if not len(waited):
        return LifeTable(np.zeros(1))
    steps = (waited // STEP_DAYS).astype(int)
    count = int(steps.max()) + 1
    events = np.bincount(steps[happened], minlength=count)
    lost = np.bincount(steps[~happened], minlength=count)
    entered = np.cumsum((events + lost)[::-1])[::-1]
    exposed = np.maximum(entered - lost / 2, 0.5)
    share = np.minimum(events / exposed, _SURELY)
    return LifeTable(np.concatenate([[0.0], np.cumsum(-np.log1p(-share))]))


def percentile(values: Sequence[float], share: float) -> int:
    """Give the position of the value at a percentile."""
    return int(np.argsort(values, kind="stable")[int(share * (len(values) - 1))])

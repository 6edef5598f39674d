"""The effect adjusted for what was known of citizens when they were drawn. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tasks.evaluation.regression import lin, lin_within, names_of

if TYPE_CHECKING:
    from tasks.evaluation.stratified import Codes, Flags, Floats
    from tasks.evaluation.trial import Trial


@dataclass(frozen=True)
class Adjusted:
    """Lin's effect. `standard_error`: nan where a leverage is 1; `dropped`: names of columns that are not in it."""

    estimate: float
    standard_error: float
    df: int
    dropped: tuple[str, ...]


def adjusted(trial: Trial, who: Codes, z: Flags, strata: Codes, y: Floats) -> Adjusted | None:
    """Give Lin's effect with strata, age, benefit and years on support; None where it can't be separated from these."""
    names, columns = covariates(trial, who)
    within = lin_within(y, z, strata, columns)
    if within is not None:
        dropped = tuple(names[place] for place in within.dropped)
        return Adjusted(within.estimate, within.standard_error, within.df, dropped)
    dummies = (strata[:, None] == np.arange(1, int(strata.max()) + 1)).astype(np.float64)
    names = [*(f"stratum {code + 2}" for code in range(dummies.shape[1])), *names]
    found = lin(y, z, np.hstack([dummies, columns]))
    if 1 not in found.kept:
        return None
    place, all_names = found.kept.index(1), names_of(names)
    # Where a column is left out, so is its product with z: the note need not say so.
    dropped = tuple(all_names[place] for place in found.dropped if place - len(names) not in found.dropped)
    return Adjusted(float(found.coefficients[place]), float(found.standard_errors[place]), found.df, dropped)


def covariates(trial: Trial, who: Codes) -> tuple[list[str], Floats]:
    """Give the columns that the estimate is adjusted for, with their names: age, benefit, years on support."""
    benefits = sorted(set(trial.benefit[who].tolist()))[1:]
    of_benefit = [trial.benefit[who] == benefit for benefit in benefits]
    columns = np.column_stack([trial.age[who], *of_benefit, trial.support_years[who]]).astype(np.float64)
    return ["alder", *benefits, "aar_paa_forsoergelse"], columns

"""Which figures rest on few citizens, and so must not leave the house. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.evaluation.hide import is_small
from tasks.evaluation.results import (
    ANY_HOURS,
    BENEFIT,
    BOUND_NEEDED,
    BOUND_SUPPOSED,
    EMPLOYMENT,
    TARGET_GROUP,
    TOOK_PART,
)

if TYPE_CHECKING:
    from tasks.evaluation.analyst import Analyst
    from tasks.evaluation.stratified import Flags


def of_few(analyst: Analyst) -> frozenset[str]:
    """Name the analyses, outcomes and variables that rest on few citizens of an arm, or on all but few.

    An effect on a share, or one effect divided by another, gives away the count that a table hides. A target group
    less its benefits gives away those whose benefit is unknown.
    """
    trial, base = analyst.trial, analyst.base
    silent = trial.z | trial.has_spell
    some = {
        TOOK_PART: (trial.took_part, base),
        ANY_HOURS: (trial.mean_hours > 0, base),
        EMPLOYMENT: (trial.has_employment, analyst.followed & analyst.registered),
        BOUND_SUPPOSED: (silent, base),
        BOUND_NEEDED: (silent, base),
    }
    if trial.supposed is not None:
        some["blank_hours"] = ((trial.supposed != trial.weeks).any(axis=1), base)
    some_of_few = {name for name, (flags, mask) in some.items() if _is_of_few(analyst, flags, mask)}
    return frozenset(some_of_few | _variables_of_few(analyst))


def _variables_of_few(analyst: Analyst) -> set[str]:
    """Name the variables of which a part is of few: a project's in a target group, a group's of unknown benefit."""
    trial, limit = analyst.trial, analyst.terms.smallest_public_count
    groups = [trial.group == code for code in range(len(trial.groups))]
    projects = [trial.project == code for code in range(len(trial.projects))]
    parts = {
        TARGET_GROUP: [(group, project) for group in groups for project in projects],
        BENEFIT: [(trial.benefit == "", group) for group in groups],
    }
    arms = (analyst.analysed & trial.z, analyst.analysed & ~trial.z)
    return {
        name
        for name, pairs in parts.items()
        for part, whole in pairs
        if any(is_small(int((arm & part & whole).sum()), int((arm & whole).sum()), limit) for arm in arms)
    }


def _is_of_few(analyst: Analyst, flags: Flags, mask: Flags) -> bool:
    sample = analyst.sample(mask)
    if sample is None:
        return False
    own, limit = flags[sample.who], analyst.terms.smallest_public_count
    return any(is_small(int(own[arm].sum()), int(arm.sum()), limit) for arm in (sample.z, ~sample.z))

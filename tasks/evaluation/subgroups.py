"""The effect by target group and by project. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from tasks.evaluation.pooling import Pooled, draw_p, pooled, rank_correlation
from tasks.evaluation.results import (
    CONTRAST,
    EVERYBODY,
    GROUP,
    GROUPS_APART,
    NO_CONTROL_SPELL,
    POOLED,
    PRIMARY,
    WEEKLY_HOURS,
    ProjectEffect,
    Row,
    note_of,
)
from tasks.evaluation.stratified import interval_around, p_of, without_rounding

if TYPE_CHECKING:
    from tasks.evaluation.analyst import Analyst


def by_group(analyst: Analyst) -> list[Row]:
    """Give the estimate of each target group, and the difference where there are two."""
    trial, y = analyst.trial, analyst.trial.mean_hours
    rows = [
        analyst.row(GROUP, WEEKLY_HOURS, name, y, analyst.base & (trial.group == code), analyst.source)
        for code, name in enumerate(trial.groups)
    ]
    if len(rows) != 2:
        return rows
    first, second = rows
    if first.estimate is None or second.estimate is None:
        return rows
    size = max(abs(first.estimate), abs(second.estimate))
    apart = float(without_rounding(second.estimate - first.estimate, size))
    error = sqrt((first.standard_error or 0) ** 2 + (second.standard_error or 0) ** 2)
    df = (first.df or 0) + (second.df or 0)
    low, high = interval_around(apart, error, df, analyst.level)
    name = f"{second.population} - {first.population}"
    sums = {
        "participants": (first.participants or 0) + (second.participants or 0),
        "controls": (first.controls or 0) + (second.controls or 0),
    }
    rows.append(
        Row(
            GROUPS_APART,
            WEEKLY_HOURS,
            name,
            **sums,
            estimate=apart,
            standard_error=error,
            df=df,
            low=low,
            high=high,
            p=p_of(apart, error, df),
            note=analyst.source,
        )
    )
    return rows


def by_project(analyst: Analyst) -> tuple[list[ProjectEffect], Pooled | None, list[Row]]:
    """Give each project's estimate, and all of them pooled."""
    trial, y, found = analyst.trial, analyst.trial.mean_hours, []
    for code, name in enumerate(trial.projects):
        here = trial.project == code
        arms = int((here & trial.z).sum()), int((here & ~trial.z).sum())
        row = analyst.row(PRIMARY, WEEKLY_HOURS, name, y, analyst.base & here)
        note = NO_CONTROL_SPELL if name in analyst.unregistered else row.note
        found.append(
            ProjectEffect(
                name,
                row.participants or 0,
                row.controls or 0,
                row.mean_participants,
                row.mean_controls,
                row.estimate,
                row.standard_error,
                row.low,
                row.high,
                None,
                draw_p(*arms),
                note,
                trial.contrasts.get(name),
            )
        )
    told = [at for at, one in enumerate(found) if one.estimate is not None and one.standard_error]
    if len(told) < 2:
        return found, None, []
    whole = pooled([found[at].estimate or 0.0 for at in told], [found[at].standard_error or 0.0 for at in told])
    for at, shrunken in zip(told, whole.shrunken, strict=True):
        found[at] = replace(found[at], shrunken=shrunken)
    df = len(told) - 1
    low, high = interval_around(whole.mean, whole.standard_error, df, analyst.level)
    row = Row(
        POOLED,
        WEEKLY_HOURS,
        EVERYBODY,
        sum(found[at].participants for at in told),
        sum(found[at].controls for at in told),
        estimate=whole.mean,
        standard_error=whole.standard_error,
        df=df,
        low=low,
        high=high,
        p=p_of(whole.mean, whole.standard_error, df),
        note=note_of(analyst.source, f"projekter: {len(told)}, tau2 {whole.tau2:.6g}, Q {whole.q:.6g}"),
    )
    return found, whole, [row, *_against_fidelity(analyst, found)]


def _against_fidelity(analyst: Analyst, projects: Sequence[ProjectEffect]) -> list[Row]:
    """Give how projects' effects vary with how much more JobFirst their participants got; no p."""
    pairs = [(one.contrast, one.estimate) for one in projects if one.contrast is not None and one.estimate is not None]
    found = rank_correlation(pairs)
    if found is None:
        return []
    note = f"rangkorrelation af effekt og kontrast i grundelementer; projekter: {len(pairs)}"
    return [Row(CONTRAST, WEEKLY_HOURS, EVERYBODY, estimate=found, note=note_of(analyst.source, note))]

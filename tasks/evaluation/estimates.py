"""Every estimate that the plan names; here those of everybody in the trial. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isfinite, isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from tasks.evaluation.adjusted import adjusted
from tasks.evaluation.analyst import Analyst, Sample
from tasks.evaluation.bounds import bounds
from tasks.evaluation.described import balance, curve, flow
from tasks.evaluation.few import of_few
from tasks.evaluation.heads import heads_of
from tasks.evaluation.pooling import holm
from tasks.evaluation.results import (
    ADJUSTED,
    ANY_HOURS,
    AS_REGISTERED,
    EMPLOYMENT,
    EVERYBODY,
    LATE_HOURS,
    PRIMARY,
    RANDOMISATION,
    SECONDARY,
    SENSITIVITY,
    SMALLEST,
    TOOK_PART,
    WEEKLY_HOURS,
    Analysis,
    Row,
    note_of,
)
from tasks.evaluation.stratified import (
    Estimate,
    Floats,
    interval_around,
    p_of,
    randomisation_p,
    ratio,
    smallest_effect,
)
from tasks.evaluation.subgroups import by_group, by_project
from tasks.evaluation.trial import DAYS_A_WEEK

if TYPE_CHECKING:
    from tasks.evaluation.plan import Plan
    from tasks.evaluation.trial import Trial


def analyse(trial: Trial, plan: Plan, *, level: float, exploratory: Sequence[str]) -> Analysis:
    """Estimate all that the plan names."""
    analyst = Analyst(trial, plan, level)
    rows = primary(analyst)
    rows += bounds(analyst)
    rows += secondary(analyst)
    rows += sensitivity(analyst)
    rows += by_group(analyst)
    projects, whole, pooled_rows = by_project(analyst)
    rows += pooled_rows
    if exploratory:
        rows = [replace(row, note=note_of("eksplorativ", row.note)) for row in rows]
        projects = [replace(one, note=note_of("eksplorativ", one.note)) for one in projects]
    steps = flow(analyst)
    return Analysis(
        plan,
        trial,
        tuple(rows),
        tuple(curve(analyst)),
        tuple(projects),
        whole,
        tuple(balance(analyst)),
        tuple(steps),
        analyst.unregistered,
        tuple(heads_of(trial, analyst.terms, analyst.unregistered, steps, projects)),
        level,
        tuple(exploratory),
        of_few(analyst),
    )


def primary(analyst: Analyst) -> list[Row]:
    """Give the primary estimate, and those beside it: adjusted, by permutation, of those who took part."""
    y, source = analyst.trial.mean_hours, analyst.source
    rows = [analyst.row(PRIMARY, WEEKLY_HOURS, EVERYBODY, y, analyst.base, source)]
    sample = analyst.sample(analyst.base)
    if sample is None:
        return rows
    own, terms = y[sample.who], analyst.terms
    rows.append(_adjusted(analyst, y, sample))
    p = randomisation_p(own, sample.z, sample.strata, redraws=terms.redraws, seed=analyst.plan.seed)
    found = analyst.estimate(y, sample)
    rows.append(
        Row(
            RANDOMISATION,
            WEEKLY_HOURS,
            EVERYBODY,
            found.participants,
            found.controls,
            estimate=found.estimate,
            p=p,
            note=f"nye lodtrækninger: {terms.redraws}",
        )
    )
    rows.append(_took_part(analyst, y, sample, found))
    effect = smallest_effect(found.standard_error, found.df, float(terms.power_share))
    rows.append(
        Row(
            SMALLEST,
            WEEKLY_HOURS,
            EVERYBODY,
            found.participants,
            found.controls,
            estimate=effect,
            standard_error=found.standard_error,
            df=found.df,
            note=f"styrke {terms.power_share}, 5 procent",
        )
    )
    return rows


def _adjusted(analyst: Analyst, y: Floats, sample: Sample) -> Row:
    trial = analyst.trial
    known = ~(np.isnan(trial.age) | np.isnan(trial.support_years) | (trial.benefit == ""))
    mask = np.zeros(len(trial.z), dtype=bool)
    mask[sample.who] = known[sample.who]
    part = analyst.sample(mask)
    if part is None:
        return Row(ADJUSTED, WEEKLY_HOURS, EVERYBODY, note="for få med kendte baggrundsoplysninger")
    found = adjusted(trial, part.who, part.z, part.strata, y[part.who])
    if found is None:
        return Row(ADJUSTED, WEEKLY_HOURS, EVERYBODY, note="effekten kan ikke skilles fra baggrunden")
    estimate, error, dropped = found.estimate, found.standard_error, found.dropped
    low, high = interval_around(estimate, error, found.df, analyst.level) if found.df > 0 else (nan, nan)
    notes = [f"udeladt: {', '.join(dropped)}" if dropped else "", "leverage 1: ingen usikkerhed" * isnan(error)]
    missing = len(sample.who) - len(part.who)
    notes.append(f"{missing} uden baggrundsoplysninger er ikke med" if missing else "")
    return Row(
        ADJUSTED,
        WEEKLY_HOURS,
        EVERYBODY,
        int(part.z.sum()),
        int((~part.z).sum()),
        estimate=estimate,
        standard_error=_known(error),
        df=found.df,
        low=_known(low),
        high=_known(high),
        p=None if isnan(error) or found.df <= 0 else p_of(estimate, error, found.df),
        note=note_of(analyst.source, *notes),
    )


def _took_part(analyst: Analyst, y: Floats, sample: Sample, found: Estimate) -> Row:
    d = analyst.trial.took_part[sample.who].astype(np.float64)
    part = ratio(y[sample.who], d, sample.z, sample.strata, analyst.level)
    counts = {"participants": found.participants, "controls": found.controls}
    if part is None:
        return Row(TOOK_PART, WEEKLY_HOURS, EVERYBODY, **counts, note="ingen forskel i deltagelse")
    notes = [analyst.source]
    if part.is_outside:
        notes.append(f"ubegrænset: til og med {part.low:.6g} og fra {part.high:.6g}")
    elif part.low == -inf:
        notes.append("ubegrænset: deltagelsen er ikke til at skelne fra 0")
    is_bounded = isfinite(part.low) and not part.is_outside
    return Row(
        TOOK_PART,
        WEEKLY_HOURS,
        EVERYBODY,
        **counts,
        estimate=part.estimate,
        low=part.low if is_bounded else None,
        high=part.high if is_bounded else None,
        note=note_of(*notes),
    )


def secondary(analyst: Analyst) -> list[Row]:
    """Give the secondary outcomes, with Holm's p over those that could be estimated."""
    trial, terms = analyst.trial, analyst.terms
    whole = trial.days >= DAYS_A_WEEK * terms.follow_up_weeks
    hours = trial.mean_hours
    rows = [
        analyst.row(SECONDARY, ANY_HOURS, EVERYBODY, (hours > 0).astype(np.float64), analyst.base, analyst.source),
        analyst.row(
            SECONDARY,
            LATE_HOURS,
            EVERYBODY,
            trial.hours_in(terms.late_first_week, terms.follow_up_weeks),
            analyst.known & whole,
            note_of(analyst.source, f"uge {terms.late_first_week}-{terms.follow_up_weeks}"),
        ),
        analyst.row(
            SECONDARY,
            EMPLOYMENT,
            EVERYBODY,
            trial.has_employment.astype(np.float64),
            analyst.followed & analyst.registered,
            AS_REGISTERED,
        ),
    ]
    told = [at for at, row in enumerate(rows) if row.p is not None]
    for at, p in zip(told, holm([rows[at].p or 0.0 for at in told]), strict=True):
        rows[at] = replace(rows[at], p_holm=p)
    return rows


def sensitivity(analyst: Analyst) -> list[Row]:
    """Give the primary estimate under other choices."""
    trial, rows = analyst.trial, []
    left = np.isin(trial.withdrawn.astype(str), list(analyst.terms.reasons_left_out))
    if (left & analyst.base).any():
        rows.append(
            analyst.row(
                SENSITIVITY,
                WEEKLY_HOURS,
                "without_withdrawn",
                trial.mean_hours,
                analyst.base & ~left,
                note_of(analyst.source, f"uden udtrådte: {', '.join(analyst.terms.reasons_left_out)}"),
            )
        )
    if trial.supposed is not None:
        y = trial.supposed.sum(axis=1) / np.maximum(trial.days, 1)
        note = f"ansættelser uden timetal sat til {analyst.terms.blank_hours_supposed} timer"
        note = note_of(analyst.source, note)
        rows.append(analyst.row(SENSITIVITY, WEEKLY_HOURS, "blank_hours", y, analyst.base, note))
    return rows


def _known(value: float) -> float | None:
    return None if isnan(value) else value

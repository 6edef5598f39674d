"""The curve of hours, the balance of the arms, and the flow of citizens. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from tasks.evaluation.results import BENEFIT, TARGET_GROUP, Balance, Step, Week
from tasks.evaluation.stratified import Flags, Floats, moments
from tasks.evaluation.trial import DAYS_A_WEEK

if TYPE_CHECKING:
    from tasks.evaluation.analyst import Analyst


def curve(analyst: Analyst) -> list[Week]:
    """Give cumulated hours by week, of those followed so long."""
    trial, weeks = analyst.trial, []
    cumulated = np.cumsum(trial.weeks, axis=1) / DAYS_A_WEEK
    for week in range(1, analyst.terms.follow_up_weeks + 1):
        mask = analyst.known & (trial.days >= DAYS_A_WEEK * week)
        sample = analyst.sample(mask)
        if sample is None:
            weeks.append(Week(week, int((mask & trial.z).sum()), int((mask & ~trial.z).sum())))
            continue
        found = analyst.estimate(cumulated[:, week - 1], sample)
        means = found.mean_participants, found.mean_controls
        ends = *found.interval(analyst.level), *found.arm_intervals(analyst.level)
        weeks.append(Week(week, found.participants, found.controls, *means, found.estimate, *ends))
    return weeks


def balance(analyst: Analyst) -> list[Balance]:
    """Give the characteristics, on the day drawn, of those analysed, by arm."""
    trial, analysed, rows = analyst.trial, analyst.analysed, []
    for name, values in (("alder", trial.age), ("aar_paa_forsoergelse", trial.support_years)):
        mask = analysed & ~np.isnan(values)
        if (mask & trial.z).sum() > 1 and (mask & ~trial.z).sum() > 1:
            rows.append(_balance(name, "", values[mask], trial.z[mask], is_share=False))
    groups = np.array([trial.groups[code] for code in trial.group], dtype=object)
    for name, texts in ((TARGET_GROUP, groups), (BENEFIT, trial.benefit)):
        mask = analysed & (texts != "")
        for level in sorted(set(texts[mask].tolist())):
            y = (texts[mask] == level).astype(np.float64)
            if (mask & trial.z).sum() > 1 and (mask & ~trial.z).sum() > 1:
                rows.append(_balance(name, level, y, trial.z[mask], is_share=True))
    return rows


def _balance(name: str, level: str, values: Floats, z: Flags, *, is_share: bool) -> Balance:
    n, mean, variance = moments(values, z, np.zeros(len(values), dtype=np.intp))
    spread = sqrt(float(variance.mean()))
    apart = float(mean[1, 0] - mean[0, 0]) / spread if spread else None
    return Balance(name, level, int(n[1, 0]), int(n[0, 0]), float(mean[1, 0]), float(mean[0, 0]), apart, is_share)


def flow(analyst: Analyst) -> list[Step]:
    """Give the flow: who was assessed, drawn, lost and analysed. drawn = lost + analysed in each arm."""
    trial, kept, steps = analyst.trial, analyst.analysed, []
    why = np.full(len(trial.z), "for_lille_stratum", dtype=object)
    if not trial.is_reported:
        why[np.isin(trial.project, [trial.projects.index(one) for one in analyst.unregistered])] = (
            "intet_kontrolforloeb"
        )
    why[~analyst.followed] = "kort_opfoelgning"
    if not trial.is_reported:
        why[~trial.is_accepted] = "ikke_registreret"
    for code, name in enumerate(trial.projects):
        here = trial.project == code
        excluded = [(reason, count) for project, reason, count in trial.excluded if project == name]
        total = int(here.sum()) + sum(count for _, count in excluded)
        steps.append(Step(name, "", "assessed", "", total))
        steps += [Step(name, "", "excluded", reason, count) for reason, count in excluded]
        for arm, in_arm in (("participant", here & trial.z), ("control", here & ~trial.z)):
            steps.append(Step(name, arm, "drawn", "", int(in_arm.sum())))
            steps.append(Step(name, arm, "started", "", int((in_arm & trial.has_started).sum())))
            steps += _counted(name, arm, "withdrawn", trial.withdrawn[in_arm & (trial.withdrawn != "")].tolist())
            steps += _counted(name, arm, "lost", why[in_arm & ~kept].tolist())
            steps.append(Step(name, arm, "analysed", "", int((in_arm & kept).sum())))
    return steps


def _counted(project: str, arm: str, step: str, reasons: Sequence[str]) -> list[Step]:
    return [Step(project, arm, step, reason, reasons.count(reason)) for reason in sorted(set(reasons))]

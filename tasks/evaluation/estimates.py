"""Every estimate of the plan, as rows that are ready to be written. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, isnan, nan, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from tasks.base.danish import antal
from tasks.evaluation.adjusted import adjusted
from tasks.evaluation.heads import heads_of
from tasks.evaluation.hide import is_small
from tasks.evaluation.pooling import Pooled, draw_p, holm, pooled, rank_correlation
from tasks.evaluation.results import (
    ADJUSTED,
    ANY_HOURS,
    AS_REGISTERED,
    BENEFIT,
    BOUND_NEEDED,
    BOUND_SUPPOSED,
    CONTRAST,
    EMPLOYMENT,
    EVERYBODY,
    GROUP,
    GROUPS_APART,
    LATE_HOURS,
    POOLED,
    PRIMARY,
    RANDOMISATION,
    SECONDARY,
    SENSITIVITY,
    SMALLEST,
    TARGET_GROUP,
    TOOK_PART,
    WEEKLY_HOURS,
    Analysis,
    Balance,
    ProjectEffect,
    Row,
    Step,
    Week,
)
from tasks.evaluation.stratified import (
    Codes,
    Estimate,
    Flags,
    Floats,
    difference,
    merge,
    moments,
    p_of,
    randomisation_p,
    ratio,
    smallest_effect,
    without_rounding,
)
from tasks.evaluation.trial import DAYS_A_WEEK

if TYPE_CHECKING:
    from tasks.evaluation.plan import Plan
    from tasks.evaluation.trial import Trial

_NO_CONTROL_SPELL = "intet forløb for kontrolgruppen"


@dataclass(frozen=True)
class _Sample:
    """The citizens of an estimate, in merged strata. `who`: their places in the trial."""

    who: Codes
    z: Flags
    strata: Codes
    left_out: int


class Analyst:
    """The estimates of one trial under one plan."""

    def __init__(self, trial: Trial, plan: Plan, level: float) -> None:
        self.trial, self.plan, self.terms, self.level = trial, plan, plan.terms, level
        self.followed = trial.days >= DAYS_A_WEEK * self.terms.minimum_weeks
        spoken = np.unique(trial.project[trial.has_spell & ~trial.z & trial.is_accepted])
        self.registered = trial.is_accepted & np.isin(trial.project, spoken)
        if trial.is_reported:
            self.known = np.ones(len(trial.z), dtype=bool)
            self.unregistered: tuple[str, ...] = ()
        else:
            self.known = self.registered
            self.unregistered = tuple(name for code, name in enumerate(trial.projects) if code not in spoken)
        self.base = self.followed & self.known

    def sample(self, mask: Flags) -> _Sample | None:
        """Give those of `mask`, in strata with enough of each arm; None where no stratum has enough."""
        trial, who = self.trial, np.flatnonzero(mask)
        codes, kept = merge(
            trial.strata[who], trial.z[who], trial.group[who], trial.project[who], self.terms.stratum_min_citizens
        )
        if not kept.any():
            return None
        return _Sample(who[kept], trial.z[who][kept], codes[kept], int((~kept).sum()))

    def estimate(self, y: Floats, sample: _Sample) -> Estimate:
        """Give the difference among a sample, for an outcome of everybody."""
        return difference(y[sample.who], sample.z, sample.strata)

    def row(self, analysis: str, outcome: str, population: str, y: Floats, mask: Flags, note: str = "") -> Row:
        """Give the row of an outcome among some of them."""
        sample = self.sample(mask)
        if sample is None:
            return Row(analysis, outcome, population, note=_joined(note, "for få i en gruppe"))
        left = f"{antal(sample.left_out, 'borger', 'borgere')} i for små strata er ikke med" if sample.left_out else ""
        return self.row_of(analysis, outcome, population, self.estimate(y, sample), _joined(note, left))

    def row_of(self, analysis: str, outcome: str, population: str, found: Estimate, note: str = "") -> Row:
        """Write an estimate as a row."""
        low, high = found.interval(self.level)
        return Row(
            analysis,
            outcome,
            population,
            found.participants,
            found.controls,
            found.mean_participants,
            found.mean_controls,
            found.estimate,
            found.standard_error,
            found.df,
            low,
            high,
            found.p,
            note=note,
        )

    def primary(self) -> list[Row]:
        """Give the primary estimate, and those beside it: adjusted, by permutation, of those who took part."""
        y, source = self.trial.mean_hours, self._source
        rows = [self.row(PRIMARY, WEEKLY_HOURS, EVERYBODY, y, self.base, source)]
        sample = self.sample(self.base)
        if sample is None:
            return rows
        own, terms = y[sample.who], self.terms
        rows.append(self._adjusted(y, sample))
        p = randomisation_p(own, sample.z, sample.strata, redraws=terms.redraws, seed=self.plan.seed)
        found = self.estimate(y, sample)
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
        rows.append(self._took_part(y, sample, found))
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

    @property
    def _analysed(self) -> Flags:
        """Who is in the primary estimate."""
        analysed = np.zeros(len(self.trial.z), dtype=bool)
        sample = self.sample(self.base)
        if sample is not None:
            analysed[sample.who] = True
        return analysed

    @property
    def _source(self) -> str:
        return "" if self.trial.is_reported else AS_REGISTERED

    def _adjusted(self, y: Floats, sample: _Sample) -> Row:
        trial = self.trial
        known = ~(np.isnan(trial.age) | np.isnan(trial.support_years) | (trial.benefit == ""))
        mask = np.zeros(len(trial.z), dtype=bool)
        mask[sample.who] = known[sample.who]
        part = self.sample(mask)
        if part is None:
            return Row(ADJUSTED, WEEKLY_HOURS, EVERYBODY, note="for få med kendte baggrundsoplysninger")
        found = adjusted(trial, part.who, part.z, part.strata, y[part.who])
        if found is None:
            return Row(ADJUSTED, WEEKLY_HOURS, EVERYBODY, note="effekten kan ikke skilles fra baggrunden")
        estimate, error, dropped = found.estimate, found.standard_error, found.dropped
        half = float(stats.t.ppf(0.5 + self.level / 2, found.df)) * error if found.df > 0 else nan
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
            low=_known(estimate - half),
            high=_known(estimate + half),
            p=None if isnan(error) or found.df <= 0 else p_of(estimate, error, found.df),
            note=_joined(self._source, *notes),
        )

    def _took_part(self, y: Floats, sample: _Sample, found: Estimate) -> Row:
        d = self.trial.took_part[sample.who].astype(np.float64)
        part = ratio(y[sample.who], d, sample.z, sample.strata, self.level)
        counts = {"participants": found.participants, "controls": found.controls}
        if part is None:
            return Row(TOOK_PART, WEEKLY_HOURS, EVERYBODY, **counts, note="ingen forskel i deltagelse")
        notes = [self._source]
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
            note=_joined(*notes),
        )

    def bounds(self) -> list[Row]:
        """Give what controls' missing registrations could hide; none where hours were reported."""
        sample = None if self.trial.is_reported else self.sample(self.base)
        if sample is None:
            return []
        own, has_spell = self.trial.mean_hours[sample.who], self.trial.has_spell[sample.who]
        y, silent_share, is_known = supposed(own, has_spell, sample.z, sample.strata)
        if not is_known:
            return [Row(BOUND_SUPPOSED, WEEKLY_HOURS, EVERYBODY, note=_NO_CONTROL_SPELL)]
        note = "kontroller uden forløb sat til gennemsnittet af deres stratums kontroller med forløb"
        rows = [self.row_of(BOUND_SUPPOSED, WEEKLY_HOURS, EVERYBODY, difference(y, sample.z, sample.strata), note)]
        estimate = difference(own, sample.z, sample.strata).estimate
        needed = estimate / silent_share if silent_share else None
        note = "ugentlige timer, som kontroller uden forløb skulle have haft, for at der ingen effekt er"
        rows.append(
            Row(
                BOUND_NEEDED,
                WEEKLY_HOURS,
                EVERYBODY,
                rows[0].participants,
                rows[0].controls,
                estimate=needed,
                note=note if silent_share else "alle kontroller har et forløb",
            )
        )
        return rows

    def secondary(self) -> list[Row]:
        """Give the secondary outcomes, with Holm's p over those that could be estimated."""
        trial, terms = self.trial, self.terms
        whole = trial.days >= DAYS_A_WEEK * terms.follow_up_weeks
        hours = trial.mean_hours
        rows = [
            self.row(SECONDARY, ANY_HOURS, EVERYBODY, (hours > 0).astype(np.float64), self.base, self._source),
            self.row(
                SECONDARY,
                LATE_HOURS,
                EVERYBODY,
                trial.hours_in(terms.late_first_week, terms.follow_up_weeks),
                self.known & whole,
                _joined(self._source, f"uge {terms.late_first_week}-{terms.follow_up_weeks}"),
            ),
            self.row(
                SECONDARY,
                EMPLOYMENT,
                EVERYBODY,
                trial.has_employment.astype(np.float64),
                self.followed & self.registered,
                AS_REGISTERED,
            ),
        ]
        told = [at for at, row in enumerate(rows) if row.p is not None]
        for at, p in zip(told, holm([rows[at].p or 0.0 for at in told]), strict=True):
            rows[at] = replace(rows[at], p_holm=p)
        return rows

    def sensitivity(self) -> list[Row]:
        """Give the primary estimate under other choices."""
        trial, rows = self.trial, []
        left = np.isin(trial.withdrawn.astype(str), list(self.terms.reasons_left_out))
        if (left & self.base).any():
            rows.append(
                self.row(
                    SENSITIVITY,
                    WEEKLY_HOURS,
                    "without_withdrawn",
                    trial.mean_hours,
                    self.base & ~left,
                    _joined(self._source, f"uden udtrådte: {', '.join(self.terms.reasons_left_out)}"),
                )
            )
        if trial.supposed is not None:
            y = trial.supposed.sum(axis=1) / np.maximum(trial.days, 1)
            note = f"ansættelser uden timetal sat til {self.terms.blank_hours_supposed} timer"
            rows.append(self.row(SENSITIVITY, WEEKLY_HOURS, "blank_hours", y, self.base, _joined(self._source, note)))
        return rows

    def by_group(self) -> list[Row]:
        """Give the estimate of each target group, and the difference where there are two."""
        trial, y = self.trial, self.trial.mean_hours
        rows = [
            self.row(GROUP, WEEKLY_HOURS, name, y, self.base & (trial.group == code), self._source)
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
        half = float(stats.t.ppf(0.5 + self.level / 2, df)) * error
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
                low=apart - half,
                high=apart + half,
                p=p_of(apart, error, df),
                note=self._source,
            )
        )
        return rows

    def by_project(self) -> tuple[list[ProjectEffect], Pooled | None, list[Row]]:
        """Give each project's estimate, and all of them pooled."""
        trial, y, found = self.trial, self.trial.mean_hours, []
        for code, name in enumerate(trial.projects):
            here = trial.project == code
            arms = int((here & trial.z).sum()), int((here & ~trial.z).sum())
            row = self.row(PRIMARY, WEEKLY_HOURS, name, y, self.base & here)
            note = _NO_CONTROL_SPELL if name in self.unregistered else row.note
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
        half = float(stats.t.ppf(0.5 + self.level / 2, df)) * whole.standard_error
        row = Row(
            POOLED,
            WEEKLY_HOURS,
            EVERYBODY,
            sum(found[at].participants for at in told),
            sum(found[at].controls for at in told),
            estimate=whole.mean,
            standard_error=whole.standard_error,
            df=df,
            low=whole.mean - half,
            high=whole.mean + half,
            p=p_of(whole.mean, whole.standard_error, df),
            note=_joined(self._source, f"projekter: {len(told)}, tau2 {whole.tau2:.6g}, Q {whole.q:.6g}"),
        )
        return found, whole, [row, *self._against_fidelity(found)]

    def _against_fidelity(self, projects: Sequence[ProjectEffect]) -> list[Row]:
        """Give how projects' effects vary with how much more JobFirst their participants got; no p."""
        pairs = [
            (one.contrast, one.estimate) for one in projects if one.contrast is not None and one.estimate is not None
        ]
        found = rank_correlation(pairs)
        if found is None:
            return []
        note = f"rangkorrelation af effekt og kontrast i grundelementer; projekter: {len(pairs)}"
        return [Row(CONTRAST, WEEKLY_HOURS, EVERYBODY, estimate=found, note=_joined(self._source, note))]

    def curve(self) -> list[Week]:
        """Give cumulated hours by week, of those followed so long."""
        trial, weeks = self.trial, []
        cumulated = np.cumsum(trial.weeks, axis=1) / DAYS_A_WEEK
        for week in range(1, self.terms.follow_up_weeks + 1):
            mask = self.known & (trial.days >= DAYS_A_WEEK * week)
            sample = self.sample(mask)
            if sample is None:
                weeks.append(Week(week, int((mask & trial.z).sum()), int((mask & ~trial.z).sum())))
                continue
            found = self.estimate(cumulated[:, week - 1], sample)
            means = found.mean_participants, found.mean_controls
            ends = *found.interval(self.level), *found.arm_intervals(self.level)
            weeks.append(Week(week, found.participants, found.controls, *means, found.estimate, *ends))
        return weeks

    def balance(self) -> list[Balance]:
        """Give the characteristics, on the day drawn, of those analysed, by arm."""
        trial, rows = self.trial, []
        analysed = self._analysed
        for name, values in (("alder", trial.age), ("aar_paa_forsoergelse", trial.support_years)):
            mask = analysed & ~np.isnan(values)
            if (mask & trial.z).sum() > 1 and (mask & ~trial.z).sum() > 1:
                rows.append(_balance(name, "", values[mask], trial.z[mask], is_share=False))
        levels = [(TARGET_GROUP, np.array([trial.groups[code] for code in trial.group], dtype=object))]
        levels.append((BENEFIT, trial.benefit))
        for name, texts in levels:
            mask = analysed & (texts != "")
            for level in sorted(set(texts[mask].tolist())):
                y = (texts[mask] == level).astype(np.float64)
                if (mask & trial.z).sum() > 1 and (mask & ~trial.z).sum() > 1:
                    rows.append(_balance(name, level, y, trial.z[mask], is_share=True))
        return rows

    def small(self) -> frozenset[str]:
        """Name the analyses, outcomes and variables that rest on few citizens of an arm, or on all but few.

        An effect on a share, or one effect divided by another, gives away the count that a table hides. A target group
        less its benefits gives away those whose benefit is unknown.
        """
        trial, base = self.trial, self.base
        silent = trial.z | trial.has_spell
        some = {
            TOOK_PART: (trial.took_part, base),
            ANY_HOURS: (trial.mean_hours > 0, base),
            EMPLOYMENT: (trial.has_employment, self.followed & self.registered),
            BOUND_SUPPOSED: (silent, base),
            BOUND_NEEDED: (silent, base),
        }
        if trial.supposed is not None:
            some["blank_hours"] = ((trial.supposed != trial.weeks).any(axis=1), base)
        some_of_few = {name for name, (flags, mask) in some.items() if self._is_of_few(flags, mask)}
        return frozenset(some_of_few | self._variables_of_few())

    def _variables_of_few(self) -> set[str]:
        """Name the variables of which a part is of few: a project's in a target group, a group's of unknown benefit."""
        trial, limit = self.trial, self.terms.smallest_public_count
        groups = [trial.group == code for code in range(len(trial.groups))]
        projects = [trial.project == code for code in range(len(trial.projects))]
        parts = {
            TARGET_GROUP: [(group, project) for group in groups for project in projects],
            BENEFIT: [(trial.benefit == "", group) for group in groups],
        }
        arms = (self._analysed & trial.z, self._analysed & ~trial.z)
        return {
            name
            for name, pairs in parts.items()
            for part, whole in pairs
            if any(is_small(int((arm & part & whole).sum()), int((arm & whole).sum()), limit) for arm in arms)
        }

    def _is_of_few(self, flags: Flags, mask: Flags) -> bool:
        sample = self.sample(mask)
        if sample is None:
            return False
        own, limit = flags[sample.who], self.terms.smallest_public_count
        return any(is_small(int(own[arm].sum()), int(arm.sum()), limit) for arm in (sample.z, ~sample.z))

    def flow(self) -> list[Step]:
        """Give the flow: who was assessed, drawn, lost and analysed. drawn = lost + analysed in each arm."""
        trial, steps = self.trial, []
        kept = self._analysed
        why = np.full(len(trial.z), "for_lille_stratum", dtype=object)
        if not trial.is_reported:
            why[np.isin(trial.project, [trial.projects.index(one) for one in self.unregistered])] = (
                "intet_kontrolforloeb"
            )
        why[~self.followed] = "kort_opfoelgning"
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


def _balance(name: str, level: str, values: Floats, z: Flags, *, is_share: bool) -> Balance:
    n, mean, variance = moments(values, z, np.zeros(len(values), dtype=np.intp))
    spread = sqrt(float(variance.mean()))
    apart = float(mean[1, 0] - mean[0, 0]) / spread if spread else None
    return Balance(name, level, int(n[1, 0]), int(n[0, 0]), float(mean[1, 0]), float(mean[0, 0]), apart, is_share)


def supposed(y: Floats, has_spell: Flags, z: Flags, strata: Codes) -> tuple[Floats, float, bool]:
    """Give controls without a spell the mean of their stratum's controls with one, or the arm's where there is none.

    Gives the outcomes, the sum of n_s/N x the share of the stratum's controls without a spell, and whether any control
    has one.
    """
    spoken, silent = ~z & has_spell, ~z & ~has_spell
    given, share = y.copy(), 0.0
    if not spoken.any():
        return given, 1.0, False
    for code in range(int(strata.max()) + 1):
        here = strata == code
        own = y[here & spoken]
        given[here & silent] = own.mean() if len(own) else y[spoken].mean()
        share += here.mean() * (here & silent).sum() / (here & ~z).sum()
    return given, float(share), True


def analyse(trial: Trial, plan: Plan, *, level: float, exploratory: Sequence[str]) -> Analysis:
    """Estimate all that the plan names."""
    analyst = Analyst(trial, plan, level)
    rows = analyst.primary()
    rows += analyst.bounds()
    rows += analyst.secondary()
    rows += analyst.sensitivity()
    rows += analyst.by_group()
    projects, whole, pooled_rows = analyst.by_project()
    rows += pooled_rows
    if exploratory:
        rows = [replace(row, note=_joined("eksplorativ", row.note)) for row in rows]
        projects = [replace(one, note=_joined("eksplorativ", one.note)) for one in projects]
    flow = analyst.flow()
    return Analysis(
        plan,
        trial,
        tuple(rows),
        tuple(analyst.curve()),
        tuple(projects),
        whole,
        tuple(analyst.balance()),
        tuple(flow),
        analyst.unregistered,
        tuple(heads_of(trial, analyst.terms, analyst.unregistered, flow, projects)),
        level,
        tuple(exploratory),
        analyst.small(),
    )


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _known(value: float) -> float | None:
    return None if isnan(value) else value

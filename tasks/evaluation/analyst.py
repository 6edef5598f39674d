"""Who is in an estimate, and the row that an estimate becomes. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tasks.evaluation.results import AS_REGISTERED, Row, note_of
from tasks.evaluation.stratified import Codes, Estimate, Flags, Floats, difference, merge
from tasks.evaluation.trial import DAYS_A_WEEK

if TYPE_CHECKING:
    from tasks.evaluation.plan import Plan
    from tasks.evaluation.trial import Trial


@dataclass(frozen=True)
class Sample:
    """The citizens of an estimate, in merged strata. `who`: their places in the trial."""

    who: Codes
    z: Flags
    strata: Codes
    left_out: int


class Analyst:
    """Who of a trial is in which estimate under a plan, and an estimate as a row.

    `followed`: for as long as the plan asks; `registered`: on an accepted row, in a project of which some control has a
    spell; `known`: whose hours are; `unregistered`: the projects without such a control; `base`: who may be in the
    primary estimate.
    """

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

    def sample(self, mask: Flags) -> Sample | None:
        """Give those of `mask`, in strata with enough of each arm; None where no stratum has enough."""
        trial, who = self.trial, np.flatnonzero(mask)
        codes, kept = merge(
            trial.strata[who], trial.z[who], trial.group[who], trial.project[who], self.terms.stratum_min_citizens
        )
        if not kept.any():
            return None
        return Sample(who[kept], trial.z[who][kept], codes[kept], int((~kept).sum()))

    def estimate(self, y: Floats, sample: Sample) -> Estimate:
        """Give the difference among a sample, for an outcome of everybody."""
        return difference(y[sample.who], sample.z, sample.strata)

    def row(self, analysis: str, outcome: str, population: str, y: Floats, mask: Flags, note: str = "") -> Row:
        """Give the row of an outcome among some of them."""
        sample = self.sample(mask)
        if sample is None:
            return Row(analysis, outcome, population, note=note_of(note, "for få i en gruppe"))
        # As all numbers of a file, without a sign of thousands.
        citizens = "1 borger" if sample.left_out == 1 else f"{sample.left_out} borgere"
        left = f"{citizens} i for små strata er ikke med" if sample.left_out else ""
        return self.row_of(analysis, outcome, population, self.estimate(y, sample), note_of(note, left))

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

    @cached_property
    def analysed(self) -> Flags:
        """Who is in the primary estimate."""
        analysed = np.zeros(len(self.trial.z), dtype=bool)
        sample = self.sample(self.base)
        if sample is not None:
            analysed[sample.who] = True
        return analysed

    @property
    def source(self) -> str:
        """What a note says of where the hours come from: nothing where they were reported."""
        return "" if self.trial.is_reported else AS_REGISTERED

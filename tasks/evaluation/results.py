"""What an analysis gives: its rows, the curve, projects, balance and flow, and what the estimates are called.

A figure that can't be given is None, with the reason in its note. Notes are Danish: officers read them.
Source: docs/trial.md, 'Evaluation'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.evaluation.plan import Plan
    from tasks.evaluation.pooling import Pooled
    from tasks.evaluation.trial import Trial

PRIMARY, ADJUSTED, RANDOMISATION, TOOK_PART = "primary", "adjusted", "randomisation", "took_part"
SECONDARY, SENSITIVITY, BOUND_SUPPOSED, BOUND_NEEDED = "secondary", "sensitivity", "supposed", "needed"
GROUP, GROUPS_APART, POOLED, SMALLEST = "target_group", "target_groups_apart", "pooled", "smallest_effect"
CONTRAST = "fidelity_contrast"
WEEKLY_HOURS, ANY_HOURS, LATE_HOURS, EMPLOYMENT = "weekly_hours", "any_hours", "late_hours", "employment_begun"
SHARES = frozenset({ANY_HOURS, EMPLOYMENT})
"""Outcomes that are 0 or 1."""
TARGET_GROUP, BENEFIT = "maalgruppe", "ydelse"
"""The variables of the balance that are shares. A benefit is unknown where a citizen is on no accepted row."""
EVERYBODY = "all"
AS_REGISTERED = "som registreret"
NO_CONTROL_SPELL = "intet forløb for kontrolgruppen"


@dataclass(frozen=True)
class Row:
    """A row of effects.csv. Counts are of citizens; estimate and its ends in the outcome's unit."""

    analysis: str
    outcome: str
    population: str
    participants: int | None = None
    controls: int | None = None
    mean_participants: float | None = None
    mean_controls: float | None = None
    estimate: float | None = None
    standard_error: float | None = None
    df: int | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_holm: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Week:
    """A week of the curve: those followed so long, their cumulated hours, and the difference, with their intervals."""

    week: int
    participants: int
    controls: int
    hours_participants: float | None = None
    hours_controls: float | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    low_participants: float | None = None
    high_participants: float | None = None
    low_controls: float | None = None
    high_controls: float | None = None


@dataclass(frozen=True)
class ProjectEffect:
    """A project's effect.

    `shrunken`: drawn towards the pooled mean; `draw_p`: of its arms held against one to one; `contrast`: how much more
    of the core elements that spells show its participants had than its controls, as a share of 1.
    """

    project_id: str
    participants: int
    controls: int
    mean_participants: float | None
    mean_controls: float | None
    estimate: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    shrunken: float | None
    draw_p: float
    note: str = ""
    contrast: float | None = None


@dataclass(frozen=True)
class Balance:
    """A characteristic of the day drawn. `is_share`: the means are shares of 1; `difference`: standardised, no p."""

    variable: str
    level: str
    participants: int
    controls: int
    mean_participants: float
    mean_controls: float
    difference: float | None
    is_share: bool


@dataclass(frozen=True)
class Step:
    """A count of the flow. `arm`: blank before the draw; `reason`: blank where the step needs none."""

    project_id: str
    arm: str
    step: str
    reason: str
    citizens: int


@dataclass(frozen=True)
class Analysis:
    """All that was found.

    `unregistered`: projects left out because none of their controls has a spell. `heads`: warnings for the head of the
    page, in Danish. `small`: analyses, outcomes and variables whose figures rest on few citizens of an arm, or on all
    but few.
    """

    plan: Plan
    trial: Trial
    rows: tuple[Row, ...]
    weeks: tuple[Week, ...]
    projects: tuple[ProjectEffect, ...]
    pooled: Pooled | None
    balance: tuple[Balance, ...]
    flow: tuple[Step, ...]
    unregistered: tuple[str, ...]
    heads: tuple[str, ...]
    level: float
    exploratory: tuple[str, ...]
    small: frozenset[str]

    def row(self, analysis: str, outcome: str = WEEKLY_HOURS, population: str = EVERYBODY) -> Row | None:
        """Give a row, where there is one."""
        keys = (analysis, outcome, population)
        return next((one for one in self.rows if (one.analysis, one.outcome, one.population) == keys), None)


def note_of(*parts: str) -> str:
    """Write a row's note of its parts; a blank one is left out."""
    return "; ".join(part for part in parts if part)

"""Warnings for the head of the page of effects, in Danish. Source: docs/trial.md, 'Evaluation'."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from tasks.base.danish import dato
from tasks.evaluation.tables import ALL_PROJECTS, hidden_of

if TYPE_CHECKING:
    from tasks.evaluation.results import ProjectEffect, Step
    from tasks.evaluation.trial import Trial
    from tasks.rules.model import EvaluationTerms


def heads_of(
    trial: Trial,
    terms: EvaluationTerms,
    unregistered: Sequence[str],
    flow: Sequence[Step],
    projects: Sequence[ProjectEffect],
) -> list[str]:
    """Say what a reader must know before the first figure.

    `unregistered`: the projects left out because none of their controls has a spell.
    """
    heads = []
    if not trial.is_drawn.all():
        names = sorted({trial.projects[code] for code in trial.project[~trial.is_drawn]})
        heads.append(f"Uden lodtrækning i systemet, grupper som indberettet: {', '.join(names)}.")
    if not trial.is_reported:
        lost, drawn = (
            [(ALL_PROJECTS, arm, step, reason) for arm in ("participant", "control")]
            for step, reason in (("lost", "ikke_registreret"), ("drawn", ""))
        )
        counts, hidden = hidden_of(flow, terms.smallest_public_count)
        pairs = zip(lost, drawn, strict=True)
        shares = [Fraction(counts.get(cell, 0), max(1, counts.get(of, 0))) for cell, of in pairs]
        if abs(shares[0] - shares[1]) > Fraction(terms.lost_difference_share):
            own, others = (f"{float(share):.0%}" for share in shares)
            told = f"{own} af deltagerne og {others} af kontrollerne er lodtrukket, men ikke registreret."
            if not hidden.isdisjoint(lost + drawn):
                more, less = "deltagerne", "kontrollerne"
                if shares[0] < shares[1]:
                    more, less = less, more
                told = f"en større andel af {more} end af {less} er lodtrukket, men ikke registreret."
            heads.append(f"Flere er faldet fra i den ene gruppe: {told}")
        if unregistered:
            heads.append(f"Uden et eneste forløb for kontrolgruppen og derfor ikke med: {', '.join(unregistered)}.")
    uneven = [one.project_id for one in projects if one.draw_p < float(terms.uneven_arms_p)]
    if uneven:
        heads.append(f"Grupperne er mere ulige, end lodtrækning en til en giver: {', '.join(uneven)}.")
    if trial.hours_first_day is not None and trial.hours_first_day > trial.first_day:
        heads.append(
            f"Timefilen begynder den {dato(trial.hours_first_day)}, efter at den første blev lodtrukket: "
            "tiden før regnes som 0 timer."
        )
    return heads

"""The texts of a run's page in Prefect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tasks.artifacts.texts import beside_text
from tasks.draft.summary import EarlierYear, Summary, Unregistered

QUIET = Summary(
    year=2017,
    fingerprint="0" * 64,
    projects=1,
    missing=0,
    participants=0,
    controls=0,
    starts=0,
    completions=0,
    entitlement_dkk=Decimal(0),
    payable_dkk=Decimal(0),
    held_dkk=Decimal(0),
    to_decide=1,
    to_release=1,
    apart=0,
    apart_from=None,
    apart_to=None,
    first_letters=1,
    holds={},
    rejected={},
    titles={},
    earlier=[],
    unregistered=[],
    without_effect=[],
    out=Path("out"),
)


def test_what_asks_for_a_decision_beside_the_holds() -> None:
    summary = replace(
        QUIET,
        earlier=[EarlierYear(year=2016, projects=2, up_dkk=Decimal("6000.00"), down_dkk=Decimal("0.00"))],
        unregistered=[Unregistered("JF_187", Decimal("12000.00"))],
        passed_deadline=date(2018, 3, 8),
    )
    text = beside_text(summary)
    assert "- 2016: 2 projects, up 6.000,00 kr., down 0,00 kr." in text
    assert "`jobfirst backfill 2016 2016` would draft the differences." in text
    assert "- JF\\_187: 12.000,00 kr. posted" in text
    assert "The reply deadline for 2017 (2018-03-08) has passed: the letters of first decisions (1)" in text


def test_nothing_is_told_as_nothing() -> None:
    assert beside_text(QUIET) == "Nothing."

"""The tables and figures of fidelity and of an evaluation: titles in words, numbers as Danes write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tasks.evaluation import figures
from tasks.evaluation.hide import HIDDEN
from tasks.evaluation.run_table import evaluation_table
from tasks.fidelity.measure import Fidelity
from tasks.fidelity.run_table import fidelity_table


def test_fidelity_is_shown_in_words_and_danish_numbers() -> None:
    measured = {
        "project_id": "JF-187",
        "courses_due": 20,
        "jobfirst_lowest": Decimal("0.1500"),
        "jobfirst_highest": Decimal("0.7429"),
        "sum": 30,
        "band": "nogenlunde",
        "agreement": Decimal("0.7500"),
        "kappa": Decimal("-0.0313"),
        "pairs": 12,
    }
    missing = dict.fromkeys(measured) | {"project_id": "JF-253"}
    told, unknown = fidelity_table(Fidelity(2016, Path("fidelity"), [measured, missing]))
    assert told == {
        "Project": "JF-187",
        "Courses due": 20,
        "JobFirst, lowest, pct.": "15,0",
        "JobFirst, highest, pct.": "74,3",
        "Sum of grades": 30,
        "Band": "nogenlunde",
        "Two readers agree, pct.": "75,0",
        "Kappa": "\N{MINUS SIGN}0,03",
        "Pairs": 12,
    }
    assert {name: cell for name, cell in unknown.items() if cell} == {"Project": "JF-253", "Courses due": "unknown"}


def test_an_evaluation_is_shown_in_words_and_danish_numbers() -> None:
    effect = {
        "analysis": "primary",
        "outcome": "weekly_hours",
        "population": "all",
        "participants": "1234",
        "controls": HIDDEN,
        "mean_participants": "9.100000",
        "estimate": "-1.206100",
        "low": "-2.4",
        "high": "",
        "p": "0.0421",
        "note": "styrke 0.80, 5 procent",
    }
    assert evaluation_table([effect]) == [
        {
            "Analysis": "primary",
            "Outcome": "weekly_hours",
            "Population": "all",
            "Participants": "1.234",
            "Controls": HIDDEN,
            "Estimate": "\N{MINUS SIGN}1,21",
            "Low": "\N{MINUS SIGN}2,40",
            "High": "",
            "p": "0,042",
            "Note": "styrke 0,80, 5 procent",
        }
    ]


def test_a_figure_counts_who_was_followed_as_the_table_does() -> None:
    week = dict.fromkeys(("low", "estimate", "high"), "1.5") | {"participants": "1497", "controls": HIDDEN}
    drawn = figures.gap([week | {"week": str(number)} for number in (13, 26)])
    assert drawn
    assert ">1.497<" in drawn
    assert "1497" not in drawn

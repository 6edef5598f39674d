"""The table of fidelity on a run's page: titles in words, numbers as Danes write them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tasks.fidelity.measure import Fidelity
from tasks.fidelity.table import fidelity_table


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

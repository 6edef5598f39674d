"""Which core elements a citizen's spells fulfil, and on which day, to the day and the hour."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest

from tasks.rules.model import load_rules
from tasks.warehouse.statements import execute

ENROLLED = date(2016, 3, 1)

Spell = tuple[str, int, int]


def fulfilled(spells: list[Spell], hours: str | None = None) -> dict[str, int]:
    """Give the elements that spells fulfil, as days after the enrolment.

    A spell: its type, how many days after the enrolment it begins, and how many days it lasts. `hours`: of each a week.
    """
    rules = load_rules()
    assert rules.fidelity is not None
    terms = rules.fidelity
    qualifying = rules.programme("qualifying_spell_types")
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute(
            "CREATE TABLE run.fidelity_terms AS SELECT $snuse_type AS snuse_type, $snuse_max_days AS snuse_max_days, "
            "$kickstart_days AS kickstart_days, $covered_days AS covered_days, "
            "$subsidised_types::VARCHAR[] AS subsidised_types",
            {
                "snuse_type": terms.snuse_type,
                "snuse_max_days": terms.snuse_max_days,
                "kickstart_days": terms.kickstart_days,
                "covered_days": terms.covered_days,
                "subsidised_types": list(terms.subsidised_types),
            },
        )
        opened.execute(
            "CREATE TABLE run.fidelity_spells (delivery_no INTEGER, citizen_row_no INTEGER, spell_row_no INTEGER, "
            "visitationsdato DATE, type VARCHAR, is_qualifying BOOLEAN, hours DECIMAL(9, 2), start_day DATE, "
            "end_day DATE)"
        )
        for row_no, (kind, begins, lasts) in enumerate(spells, start=2):
            start = ENROLLED + timedelta(begins)
            end = start + timedelta(lasts - 1)
            opened.execute(
                "INSERT INTO run.fidelity_spells VALUES (1, 2, ?, ?, ?, ?, ?, ?, ?)",
                [row_no, ENROLLED, kind, kind in qualifying, hours and Decimal(hours), start, end],
            )
        execute(opened, "run/spell_elements")
        found = opened.execute("SELECT element, fulfilled_date FROM run.spell_elements").fetchall()
    return {element: (day - ENROLLED).days for element, day in found}


@pytest.mark.parametrize(
    ("spells", "day"),
    [
        ([("snusepraktik", 5, 90)], 5),
        ([("snusepraktik", 5, 91)], 5),
        ([("snusepraktik", 5, 92)], None),
        ([("snusepraktik", 5, 91), ("snusepraktik", 10, 92)], None),
        ([("virksomhedspraktik", 5, 92)], None),
    ],
)
def test_a_tasting_lasts_91_days_at_most(spells: list[Spell], day: int | None) -> None:
    assert fulfilled(spells).get("snuseperiode") == day


@pytest.mark.parametrize(
    ("spells", "day"),
    [
        ([("virksomhedspraktik", 27, 91)], 117),
        ([("virksomhedspraktik", 28, 91)], 118),
        ([("virksomhedspraktik", 29, 91)], None),
        ([("virksomhedspraktik", 28, 90)], None),
        ([("virksomhedspraktik", 28, 92)], 118),
        ([("snusepraktik", 28, 1), ("virksomhedspraktik", 40, 90)], 129),
        ([("virksomhedspraktik", 28, 50), ("virksomhedspraktik", 77, 41)], None),
        ([("virksomhedspraktik", 28, 50), ("virksomhedspraktik", 77, 42)], 118),
    ],
)
def test_a_kickstart_begins_within_28_days_and_covers_91(spells: list[Spell], day: int | None) -> None:
    assert fulfilled(spells).get("kickstart") == day


@pytest.mark.parametrize(
    ("kind", "hours", "day"),
    [
        ("virksomhedspraktik", None, None),
        ("virksomhedspraktik", "0", None),
        ("virksomhedspraktik", "0.01", 5),
        ("ordinaer_ansaettelse", "37", 5),
        ("loentilskud", "37", None),
    ],
)
def test_ordinary_hours_are_more_than_none_and_not_subsidised(kind: str, hours: str | None, day: int | None) -> None:
    assert fulfilled([(kind, 5, 10)], hours).get("ordinaere_timer") == day

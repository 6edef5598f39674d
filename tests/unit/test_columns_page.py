"""The columns of a delivery are described once, and what is said of them is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.columns import PAGE, columns_page
from tasks.base.moment import Moment
from tasks.base.paths import PROJECT
from tasks.check.check import check
from tasks.intake.tables import ALL_TABLES, BORGERE, FREE_TEXT, GRUNDELEMENTER, Kind, Table
from tests.reference.intake import OPTIONAL, REQUIRED
from tests.support.portfolio import cpr


def test_the_page_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == columns_page(), "run: python -m docs.columns"


def test_the_examples_are_a_delivery_that_counts(tmp_path: Path) -> None:
    for table in ALL_TABLES:
        cells = {column.name: column.example for column in table.described}
        if table is BORGERE:
            cells["cpr"] = cpr(1)
        (tmp_path / f"{table.name}.csv").write_text(
            f"{';'.join(cells)}\n{';'.join(cells.values())}\n", encoding="utf-8"
        )
    found = check(tmp_path, project_id=None, as_of="2016-12-31", register=None, now=Moment.parse("2018-02-15T12:00"))
    assert not found.broken
    assert found.is_accepted


def _text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_a_column_is_in_every_place_that_the_recipe_names(table: Table) -> None:
    places = {
        f"sql/intake/split_{table.name}.sql": frozenset(table.columns),
        f"sql/intake/keep_{table.name}.sql": frozenset(table.columns) - {FREE_TEXT},
    }
    if table is not GRUNDELEMENTER:
        kept_as_it_is = frozenset(table.columns) - {FREE_TEXT} - table.of_kind(Kind.CPR)
        dated = table.of_kind(Kind.DAY, Kind.AMOUNT)
        places |= {
            f"sql/schema/{table.core}.sql": kept_as_it_is,
            "sql/check/compare.sql": kept_as_it_is,
            f"sql/intake/suspect_texts_{table.name}.sql": dated,
        }
        assert set(table.required) == set(REQUIRED[table.name])
        assert set(table.columns) - set(table.required) == set(OPTIONAL[table.name])
    for path, names in places.items():
        assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", _text(path))] == [], path


def test_the_cap_is_applied_where_the_recipe_says() -> None:
    section = _text("docs/changing.md").split("## Where the 90 % cap is applied")[1].split("\n## ")[0]
    (statement,) = re.findall(r"`(sql/settlement/\w+\.sql)` the place", section)
    assert "least(gross_cumulative_dkk, cap_dkk)" in _text(statement)
    assert statement in _text("docs/glossary.md").split("| loft")[1].splitlines()[0]

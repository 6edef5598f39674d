"""The columns of a delivery are described once, and what is told of them is true."""

from __future__ import annotations

from pathlib import Path

from docs.columns import PAGE, columns_page
from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.intake.tables import ALL_TABLES, BORGERE
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

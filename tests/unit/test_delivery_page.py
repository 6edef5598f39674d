"""The page that tells municipalities how a delivery is written has the columns that are read."""

from __future__ import annotations

import pytest

from tasks.base.paths import PROJECT
from tasks.intake.tables import BY_NAME, Table

PAGE = (PROJECT / "docs" / "skriv-en-indberetning.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", BY_NAME.values(), ids=lambda table: table.name)
def test_the_page_has_every_column(table: Table) -> None:
    columns = (f"({name})" if name in table.optional else name for name in table.columns)
    assert f"- `{table.name}`: {', '.join(columns)}\n" in PAGE

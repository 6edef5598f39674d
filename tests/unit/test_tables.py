"""The page of tables is what the SQL files say, and each of them says what its table holds."""

from __future__ import annotations

import pytest

from docs.tables import PAGE, Made, made, tables_page


@pytest.mark.parametrize("one", made(), ids=lambda one: one.path)
def test_every_table_says_its_grain_and_key(one: Made) -> None:
    assert one.head.startswith("Grain: ")
    assert one.head.startswith("Grain: one row") or "Key: " in one.head


def test_the_page_is_what_the_sql_files_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == tables_page(), "run: python -m docs.tables"

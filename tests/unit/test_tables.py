"""The page of tables is what the SQL files say, and each of them says what its table holds."""

from __future__ import annotations

import duckdb
import pytest

from docs.tables import PAGE, Made, made, tables_page
from tasks.warehouse.connection import prepare


@pytest.mark.parametrize("one", made(), ids=lambda one: one.path)
def test_every_table_says_its_grain_and_key(one: Made) -> None:
    assert one.head.startswith("Grain: ")
    assert one.head.startswith("Grain: one row") or "Key: " in one.head


def test_the_warehouse_says_what_its_tables_and_columns_hold() -> None:
    kept = {one.name: one for one in made() if not one.name.startswith("run.")}
    with duckdb.connect() as connection:
        prepare(connection)
        of_tables = dict(
            connection.execute("""
                SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main'
                UNION ALL
                SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal
            """).fetchall()
        )
        undescribed = connection.execute("""
            SELECT table_name, column_name FROM duckdb_columns()
            WHERE schema_name = 'main' AND NOT internal AND (comment IS NULL OR comment NOT LIKE '%.')
        """).fetchall()
    assert undescribed == [], "say it in sql/schema/tables_core.sql or tables_draft.sql"
    assert of_tables.keys() == kept.keys()
    for name, comment in of_tables.items():
        grain = kept[name].head.removeprefix("Grain: ")
        assert comment.removesuffix(".").lower() == grain[: len(comment) - 1].lower(), name


def test_the_page_is_what_the_sql_files_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == tables_page(), "run: python -m docs.tables"

"""Python and SQL name each column that a workbook may have as a spreadsheet does."""

from __future__ import annotations

import duckdb
from openpyxl.utils import get_column_letter

from tasks.intake.cell_names import column_letters
from tasks.warehouse.statements import execute

MOST_COLUMNS = 16_384
PLACES = range(1, MOST_COLUMNS + 1)


def test_each_column_is_named_as_a_spreadsheet_names_it() -> None:
    with duckdb.connect() as connection:
        execute(connection, "macros/column_letters")
        by_sql = connection.execute("SELECT column_letters(place) FROM range(1, ? + 1) AS r (place)", [MOST_COLUMNS])
        assert [name for (name,) in by_sql.fetchall()] == [get_column_letter(place) for place in PLACES]
    assert [column_letters(place) for place in PLACES] == [get_column_letter(place) for place in PLACES]

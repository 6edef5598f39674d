"""No text cell that leaves is a live formula; the SQL macro says the same."""

from __future__ import annotations

import duckdb
import pytest

from tasks.base.cells import plain_cell
from tasks.warehouse.statements import execute


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("=1+1", "'=1+1"),
        ("+45 12345678", "'+45 12345678"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("", ""),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        ("1-1", "1-1"),
        ("Øst", "Øst"),
    ],
)
def test_plain_cell(text: str, plain: str) -> None:
    assert plain_cell(text) == plain
    with duckdb.connect() as connection:
        execute(connection, "macros/plain_cell")
        assert connection.execute("SELECT plain_cell($text)", {"text": text}).fetchall() == [(plain,)]

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
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("\t1", "'\t1"),
        ("B1;=1+41;x", "B1;'=1+41;x"),
        ("=1;=2;-3", "'=1;'=2;'-3"),
        ("a;;+1", "a;;'+1"),
        ("a\t@SUM(1)", "a\t'@SUM(1)"),
        ("a\n=1;x", "a\n'=1;x"),
        ("a\r\n-1", "a\r\n'-1"),
        ('B1;"=1+1;"x', 'B1;"\'=1+1;"x'),
        ("a; -1", "a; '-1"),
        ("a;'=1", "a;'=1"),
        ("a;b", "a;b"),
        ("a;1-1", "a;1-1"),
        ("a,=1", "a,=1"),
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

"""Amounts and counts as messages show them."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest


@pytest.mark.parametrize(
    ("amount_dkk", "shown"),
    [
        ("0.00", "0,00"),
        ("-0.50", "-0,50"),
        ("-1.00", "-1,00"),
        ("-1234567.89", "-1.234.567,89"),
        ("999.99", "999,99"),
        (None, None),
    ],
)
def test_amounts(warehouse: duckdb.DuckDBPyConnection, amount_dkk: str | None, shown: str | None) -> None:
    given = None if amount_dkk is None else Decimal(amount_dkk)
    rows = warehouse.execute("SELECT shown_grouped($given::DECIMAL(18, 2), '.,')", {"given": given}).fetchall()
    assert rows == [(shown,)]


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1_000, "1.000"), (-12, "-12")])
def test_counts(warehouse: duckdb.DuckDBPyConnection, count: int, shown: str) -> None:
    assert warehouse.execute("SELECT shown_grouped($count, '.,')", {"count": count}).fetchall() == [(shown,)]

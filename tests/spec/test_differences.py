"""Whether a year differs from the ledger: to the øre and by component, for the settled year and for others alike."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tasks.warehouse.statements import execute

GIVES = {"activity": Decimal(6000), "fixed": Decimal(500)}


@pytest.mark.parametrize(
    ("posted", "difference_dkk"),
    [
        ({"activity": "6000", "fixed": "500"}, None),
        ({"activity": "5999.99", "fixed": "500"}, "0.01"),
        ({"activity": "6000", "fixed": "500.01"}, "-0.01"),
        ({"activity": "5999.99", "fixed": "500.01"}, "0"),
        ({"activity": "6000.01", "fixed": "499.99"}, "0"),
        ({"activity": "6500"}, "0"),
        ({"activity": "6000"}, "500"),
    ],
    ids=[
        "as posted",
        "less activity grant is posted",
        "more fixed grant is posted",
        "as much less activity grant as more fixed grant",
        "as much more activity grant as less fixed grant",
        "all of it as activity grant",
        "no fixed grant is posted",
    ],
)
def test_a_year_differs_where_a_component_does(posted: dict[str, str], difference_dkk: str | None) -> None:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        for table in ("settlement", "every_year"):
            opened.execute(
                f"CREATE TABLE run.{table} AS SELECT 'JF-187' AS project_id, 2016 AS year, "
                "$activity AS activity_dkk, $fixed AS fixed_dkk, $activity + $fixed AS entitlement_dkk",
                GIVES,
            )
        for table in ("posted", "other_years_posted"):
            opened.execute(
                f"CREATE TABLE run.{table} "
                "(project_id VARCHAR, year INTEGER, component VARCHAR, posted_dkk DECIMAL(18, 2))"
            )
            opened.executemany(f"INSERT INTO run.{table} VALUES ('JF-187', 2016, ?, ?)", list(posted.items()))  # noqa: S608
        for name in ("payable", "differences", "other_years_differing"):
            execute(opened, f"settlement/{name}")
        of_settled_year = opened.execute("SELECT difference_dkk FROM run.differences").fetchall()
        of_others = opened.execute("SELECT project_id, year FROM run.other_years_differing").fetchall()
    assert of_settled_year == ([] if difference_dkk is None else [(Decimal(difference_dkk),)])
    assert of_others == ([] if difference_dkk is None else [("JF-187", 2016)])

"""Whether a year differs from the ledger: to the øre and by component, for the settled year and for others alike."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tasks.base.moment import Moment
from tasks.warehouse.connection import prepare
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute
from tasks.whatif.engine import start_stages

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


def test_a_plan_counts_each_registration_behind_a_difference_once() -> None:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute(
            "CREATE TABLE run.cause_rows AS FROM (VALUES ('start', 'A'), ('completion', 'A'), ('wages', 'A'), "
            "('start', 'B')) AS rows(subject, key), (VALUES (2016), (2017)) AS years(year), "
            "(VALUES ('JF-187')) AS projects(project_id)"
        )
        opened.execute(
            "CREATE TABLE run.causes (project_id VARCHAR, year INTEGER, position INTEGER, text_da VARCHAR, "
            "text_en VARCHAR, amount_dkk DECIMAL(38, 2))"
        )
        opened.execute(
            "CREATE TABLE run.differences AS SELECT 'JF-187' AS project_id, unnest([2016, 2017]) AS year, "
            "0.00 AS entitlement_dkk, 6000.00 AS posted_dkk, -6000.00 AS difference_dkk, true AS is_settled_before"
        )
        found = execute(opened, "backfill/plan", years=[2016]).fetchall()
    assert found == [(2016, "JF-187", Decimal(0), Decimal(6000), Decimal(-6000), True, 3, [])]


@pytest.mark.parametrize(
    ("before", "after", "held_base", "held_whatif"),
    [("hold", "ready", 4000, 0), ("ready", "hold", 0, 9000), ("hold", "hold", 4000, 9000), ("ready", "ready", 0, 0)],
)
def test_a_what_if_holds_what_is_payable_by_its_own_status(
    before: str, after: str, held_base: int, held_whatif: int
) -> None:
    with duckdb.connect() as opened:
        prepare(opened)
        start_stages(opened, Moment.now())
        execute(opened, "whatif/changes_laid")
        opened.execute("INSERT INTO run.changes_laid VALUES (0, 'a change', 'base', 'change 1', false)")
        for stage, status, entitlement in (("base", before, 6000), ("change 1", after, 11_000)):
            opened.execute(
                "INSERT INTO run.stage_projects VALUES ($1, 'JF-187', '187', $2, $3, 0, $3, 2000)",
                [stage, status, entitlement],
            )
        columns = ("base", "whatif", "payable_base", "payable_whatif", "held_base", "held_whatif")
        (found,) = rows_of(opened, "whatif/differences")
    assert [found[name] for name in columns] == [6000, 11_000, 4000, 9000, held_base, held_whatif]

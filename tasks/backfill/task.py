"""The task that plans a backfill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.backfill.plan import Plan, keep_plan, read_plan
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run


@step("plan the backfill")
def plan_backfill(
    connection: duckdb.DuckDBPyConnection, run: Run, years: Sequence[int], projects: Sequence[str] | None, reason: str
) -> Plan:
    """Read the plan from the run's tables, and keep it."""
    plan = read_plan(connection, years, projects, reason)
    keep_plan(connection, run, plan)
    return plan

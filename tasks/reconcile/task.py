"""The task that reconciles a settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.reconcile.reconcile import reconcile_settlement

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run


@step("reconcile rows and amounts")
def reconcile(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Compare received rows with accepted and rejected ones, and grants with their citizens' amounts."""
    reconcile_settlement(connection, run)

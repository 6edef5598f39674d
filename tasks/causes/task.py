"""The tasks that explain what is payable for a year that was posted before."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tasks.causes.explain import RuleChanges, explain_differences, take_stages
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


@step("take what was posted")
def take_posted(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    inputs: Inputs,
    years: Collection[int],
    own_fingerprint: str | None,
) -> RuleChanges:
    """Take what was posted for the years, and the stages between it and now."""
    return take_stages(connection, run, inputs, years, own_fingerprint)


@step("explain differences")
def explain(connection: duckdb.DuckDBPyConnection, changes: RuleChanges) -> None:
    """Fill run.causes."""
    explain_differences(connection, changes)

"""The tasks that explain the amount payable for a year that was posted before."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tasks.causes import earlier_rules, explain
from tasks.prefect_run.step import step
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.causes.rule_changes import RuleChanges
    from tasks.register.inputs import Inputs


@step("settle by earlier rules")
def settle_by_earlier_rules(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    inputs: Inputs,
    years: Collection[int],
    own_fingerprint: str | None,
) -> RuleChanges:
    """Settle by the rules that were in force when the years were posted, if they have changed; give the changes."""
    return earlier_rules.settle_by_earlier_rules(connection, run, inputs, years, own_fingerprint)


@step("explain differences")
def explain_differences(connection: duckdb.DuckDBPyConnection, changes: RuleChanges) -> None:
    """Fill run.causes and run.cause_rows, and what the letters intend to decide (run.intended)."""
    explain.explain_differences(connection, changes)
    execute(connection, "causes/intended")

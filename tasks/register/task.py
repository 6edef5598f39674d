"""The task that reads the rules and the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.register.inputs import Inputs, read_inputs

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run


@step("read rules and register")
def read_rules_and_register(connection: duckdb.DuckDBPyConnection, run: Run) -> Inputs:
    """Read the rules and the register, or those of an earlier moment."""
    return read_inputs(connection, run)

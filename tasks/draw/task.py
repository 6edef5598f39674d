"""The task that verifies the records of draws before a settlement rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.draw.verify import heal_draws, known_draws
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import KnownDraw


@step("verify draws")
def verify_draws(connection: duckdb.DuckDBPyConnection, run: Run) -> tuple[KnownDraw, ...]:
    """Give each project's draw as known at the run's moment, and what is wrong with its record, once it is healed."""
    heal_draws(connection, run.home)
    return known_draws(connection, run.home, run.known_at)

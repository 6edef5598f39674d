"""The tasks that gather what a run knows, and compute what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.settlement.compute import accept_citizens, compute_settlement
from tasks.settlement.narrow import narrow_to
from tasks.settlement.world import build_world

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


@step("gather what is known")
def gather(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, own_fingerprint: str | None) -> None:
    """Make the run's tables of projects, terms, deliveries in force and ledger.

    `own_fingerprint`: a draft whose own entries in the ledger don't count as posted before it.
    """
    build_world(
        connection,
        year=run.year,
        register=inputs.register,
        rules=inputs.rules,
        known_at=run.known_at,
        ledger_known_at=run.ledger_known_at,
        own_fingerprint=own_fingerprint,
    )


@step("accept citizens")
def accept(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the citizens whose rows no rule rejects."""
    accept_citizens(connection)


@step("compute starts, completions and money")
def compute(connection: duckdb.DuckDBPyConnection) -> None:
    """Compute events and money."""
    compute_settlement(connection)


@step("narrow to the drafted projects")
def narrow(connection: duckdb.DuckDBPyConnection, projects: tuple[str, ...]) -> None:
    """Leave out what the draft does not cover."""
    narrow_to(connection, projects)

"""The tasks of a settlement: gather what a run knows, and do the parts of `tasks/settlement/parts.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.settlement import compute, parts
from tasks.settlement.narrow import narrow_to
from tasks.settlement.world import build_world
from tasks.validation import guards, stages

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs
    from tasks.settlement.parts import ByShard
    from tasks.validation.verdicts import Judge


@step("gather what is known")
def gather(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, own_fingerprint: str | None) -> None:
    """Make the run's tables of projects, terms, deliveries in force and ledger, and check them.

    `own_fingerprint`: a draft whose own entries in the ledger don't count as posted before it.

    Raises GuardFailed when something that must hold of them does not.
    """
    build_world(
        connection,
        year=run.year,
        register=inputs.register,
        rules=inputs.rules,
        known_at=run.known_at,
        ledger_known_at=run.ledger_known_at,
        other_years_known_at=run.other_years_known_at,
        own_fingerprint=own_fingerprint,
        draws=inputs.draws,
    )
    guards.check_guards(connection, "core")
    guards.check_guards(connection, "run")
    stages.start(connection)


@step("judge citizens")
def judge_citizens(connection: duckdb.DuckDBPyConnection, by_shard: ByShard) -> None:
    """Judge every table's rows (R01), and those of borgere except C13."""
    by_shard(connection, parts.JUDGE_CITIZENS, _great_expectations())


@step("judge persons over all projects")
def judge_persons(connection: duckdb.DuckDBPyConnection) -> None:
    """Judge C13: a person is in the trial once, whichever project has them."""
    stages.judge_persons(connection, _great_expectations())


@step("judge spells and expenses, compute events")
def compute_events(connection: duckdb.DuckDBPyConnection, by_shard: ByShard) -> None:
    """Accept citizens, judge the rows of forloeb and udgifter, and compute starts, completions and wages."""
    by_shard(connection, parts.COMPUTE_EVENTS, _great_expectations())


@step("compute money")
def compute_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Compute the money of each year, and what the project rules judge."""
    compute.compute_money(connection)


@step("narrow to the drafted projects")
def narrow(connection: duckdb.DuckDBPyConnection, projects: tuple[str, ...]) -> None:
    """Leave out the projects that the draft does not cover."""
    narrow_to(connection, projects)


def _great_expectations() -> Judge:
    from tasks.validation.great_expectations_judge import judge_by_great_expectations

    return judge_by_great_expectations

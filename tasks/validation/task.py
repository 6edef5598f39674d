"""The tasks that judge: rows, projects, portfolio, by Great Expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.validation import stages, violations
from tasks.validation.guards import check_guards
from tasks.validation.page import validation_page

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.run import Run
    from tasks.validation.verdicts import Verdict


@step("judge citizens")
def judge_citizens(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Judge the rows of borgere."""
    from tasks.validation.great_expectations_judge import judge_by_great_expectations

    check_guards(connection, "core")
    check_guards(connection, "run")
    stages.start(connection)
    return stages.judge_citizens(connection, judge_by_great_expectations)


@step("judge spells and expenses")
def judge_spells_and_expenses(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Judge the rows of forloeb and udgifter."""
    from tasks.validation.great_expectations_judge import judge_by_great_expectations

    return stages.judge_spells_and_expenses(connection, judge_by_great_expectations)


@step("judge deliveries, projects and portfolio")
def judge_projects(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Judge deliveries, projects and portfolio, and tell every violation."""
    from tasks.validation.great_expectations_judge import judge_by_great_expectations

    check_guards(connection, "settlement")
    verdicts = stages.judge_projects(connection, judge_by_great_expectations)
    violations.tell(connection)
    return verdicts


@step("keep verdicts")
def keep_verdicts(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Keep the outcome of every rule that was judged, under the moment of the run; also after a crash."""
    stages.keep_results(connection, run.now.utc.isoformat())


@step("write validation page")
def write_validation_page(connection: duckdb.DuckDBPyConnection, run: Run, folder: Path) -> None:
    """Write `validation/index.html`."""
    page = folder / "validation" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(validation_page(connection, run.year), encoding="utf-8")

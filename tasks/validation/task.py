"""The tasks that judge all projects together, keep the verdicts, and write the page that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.prefect_run.step import step
from tasks.validation import guards, stages, violations
from tasks.validation.page import validation_page

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.run import Run
    from tasks.validation.verdicts import Verdict


@step("judge deliveries, projects and portfolio")
def judge_projects(connection: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """Judge deliveries, projects and portfolio, and report every violation."""
    from tasks.validation.great_expectations_judge import judge_by_great_expectations

    guards.check_guards(connection, "settlement")
    verdicts = stages.judge_projects(connection, judge_by_great_expectations)
    violations.report(connection)
    return verdicts


@step("keep verdicts")
def keep_verdicts(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Keep the outcome of every rule that was judged, under the moment of the run, also when a rule crashed."""
    stages.keep_results(connection, run.now.utc.isoformat())


@step("write validation page")
def write_validation_page(connection: duckdb.DuckDBPyConnection, run: Run, folder: Path) -> None:
    """Write `validation/index.html`."""
    page = folder / "validation" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(validation_page(connection, run.year), encoding="utf-8")

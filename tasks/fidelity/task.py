"""The tasks that measure fidelity and show its main figure on the run's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.run import AS_KNOWN_AT
from tasks.fidelity.measure import PAGE, Fidelity, measure
from tasks.fidelity.run_table import fidelity_table
from tasks.prefect_run.links import address
from tasks.prefect_run.page import show_table
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


@step("measure fidelity")
def measure_fidelity(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, project: str | None) -> Fidelity:
    """Measure the fidelity of all projects, or of one, and write its files."""
    return measure(connection, run, inputs, project)


@step("show fidelity")
def show_fidelity(found: Fidelity, run: Run) -> None:
    """Show how many courses were JobFirst, by project; nothing of a citizen."""
    page = address(run.home, found.folder / PAGE)
    told = f"Fidelity {run.year}: the share of JobFirst courses, by project\n\n[Page]({page})"
    show_table(
        f"fidelity-{run.year}-{AS_KNOWN_AT}" if run.is_replay else f"fidelity-{run.year}", fidelity_table(found), told
    )

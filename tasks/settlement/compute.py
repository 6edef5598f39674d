"""From accepted rows to events, from events to money: the order of the statements of `sql/settlement/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.settlement.chi_square import goodness_of_fit_p
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import run

if TYPE_CHECKING:
    import duckdb


def accept_citizens(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.accepted_citizens, once the rules of borgere are judged."""
    run(connection, "run/accepted_citizens")


def compute_settlement(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the events, the money of each programme year to the settled one, and what the project rules judge."""
    for name in ("qualifying_spells", "completions", "citizen_events", "wages", "settlement", "proportions"):
        run(connection, f"settlement/{name}")
    _tell_p_values(connection)
    for name in ("project_facts", "would_be_spells", "rejected_value"):
        run(connection, f"settlement/{name}")


def _tell_p_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Add each arm's goodness of fit to run.proportions."""
    import polars as pl

    arms = run(connection, "settlement/arm_counts").fetchall()
    frame = pl.DataFrame(
        [(project_id, arm, goodness_of_fit_p(counts, shares)) for project_id, arm, counts, shares in arms],
        schema={"project_id": pl.String, "arm": pl.String, "chi_square_p": pl.Float64},
        orient="row",
    )
    with registered(connection, p_values=frame):
        run(connection, "settlement/proportions_with_p")

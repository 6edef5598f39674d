"""From accepted rows to events, from events to money: the order of the statements of `sql/settlement/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.warehouse.statements import run
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

_STATEMENTS = (
    "qualifying_spells",
    "completions",
    "citizen_events",
    "wage_rows",
    "wages",
    "settlement",
    "proportions",
    "project_facts",
    "would_be_spells",
    "rejected_value",
)


def accept_citizens(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.accepted_citizens, once the rules of borgere are judged."""
    run(connection, "run/accepted_citizens")


def compute_settlement(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the events, the money of each programme year to the settled one, and what the project rules judge."""
    with transaction(connection):
        for name in _STATEMENTS:
            run(connection, f"settlement/{name}")

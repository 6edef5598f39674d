"""From accepted rows to events, from events to money: the order of the statements of `sql/settlement/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

# What a project's own rows decide, then what is computed from it for all projects together.
_BY_PROJECT = (
    "qualifying_spells",
    "completions",
    "citizen_events",
    "wage_rows",
    "wages",
    "would_be_spells",
    "rejected_value",
)
_TOGETHER = ("settlement", "differences", "proportions", "project_facts")


def accept_citizens(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.accepted_citizens, once the rules of borgere are judged."""
    with transaction(connection):
        execute(connection, "run/accepted_citizens")


def compute_settlement(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the events, the money of each programme year to the settled one, and what the project rules judge."""
    with transaction(connection):
        _run_all(connection, _BY_PROJECT)
        _run_all(connection, _TOGETHER)


def compute_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what a project's own rows decide: events, wages, and what rejected rows would have given."""
    with transaction(connection):
        _run_all(connection, _BY_PROJECT)


def compute_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rest of a settlement from the events and wages of all projects."""
    with transaction(connection):
        _run_all(connection, _TOGETHER)


def _run_all(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    for name in names:
        execute(connection, f"settlement/{name}")

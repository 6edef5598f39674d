"""From accepted rows to events, from events to money: the order of the statements of `sql/settlement/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.settlement.gone import find_gone
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

_EVENTS = (
    "qualifying_spells",
    "completions",
    "citizen_events",
    "wage_rows",
    "wages",
    "would_be_spells",
    "rejected_value",
)
_MONEY = (
    "every_year",
    "settlement",
    "payable",
    "differences",
    "other_years_differing",
    "proportions",
)


def accept_citizens(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.accepted_citizens, once the rules of borgere are judged."""
    with transaction(connection):
        execute(connection, "run/accepted_citizens")


def compute_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what a project's own rows decide: events, wages, and what rejected rows would have given."""
    _make(connection, _EVENTS)


def compute_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the money of each programme year to the settled one, and what the project rules judge."""
    _make(connection, _MONEY)
    with transaction(connection):
        find_gone(connection)
        execute(connection, "settlement/project_facts")


def _make(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    with transaction(connection):
        for name in names:
            execute(connection, f"settlement/{name}")

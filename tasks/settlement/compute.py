"""From accepted rows to events, from events to money: the order of the statements of `sql/settlement/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.judged.rows import take_rows
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

# What a project's own rows decide: what can stand, and what is made anew each time. Then what is computed from both for
# all projects together.
_STANDING = ("qualifying_spells", "completions", "citizen_events")
_BY_PROJECT = ("wage_rows", "wages", "would_be_spells", "rejected_value")
_TOGETHER = ("settlement", "differences", "proportions", "project_facts")


def accept_citizens(connection: duckdb.DuckDBPyConnection) -> None:
    """Make run.accepted_citizens, once the rules of borgere are judged."""
    with transaction(connection):
        execute(connection, "run/accepted_citizens")
        take_rows(connection, "accepted_citizens")


def compute_settlement(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the events, the money of each programme year to the settled one, and what the project rules judge."""
    with transaction(connection):
        _make_events(connection)
        _run_all(connection, _TOGETHER)


def compute_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what a project's own rows decide: events, wages, and what rejected rows would have given."""
    with transaction(connection):
        _make_events(connection)


def compute_money(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the rest of a settlement from the events and wages of all projects."""
    with transaction(connection):
        _run_all(connection, _TOGETHER)


def _make_events(connection: duckdb.DuckDBPyConnection) -> None:
    _run_all(connection, _STANDING)
    for name in _STANDING:
        take_rows(connection, name)
    _run_all(connection, _BY_PROJECT)


def _run_all(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    for name in names:
        execute(connection, f"settlement/{name}")

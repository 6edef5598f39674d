"""Keeping the contents of register and rules with the moment they were first seen, and reading them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment


def keep_known(connection: duckdb.DuckDBPyConnection, contents: dict[str, bytes], now: Moment) -> None:
    """Keep each of the contents that differs from the last seen under its name."""
    for name, data in contents.items():
        execute(connection, "register/keep_known", name=name, first_seen_at=now.timestamp, contents=data)


def known_contents(connection: duckdb.DuckDBPyConnection, known_at: Moment) -> dict[str, bytes]:
    """Give the contents as they were known at a moment, by name; a name that was not known yet is left out."""
    return dict(execute(connection, "register/known_contents", known_at=known_at.timestamp).fetchall())

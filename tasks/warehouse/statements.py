"""The statements under `sql/`: one per file, named by its path without the suffix, with values bound by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tasks.base.paths import SQL

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_FETCH_ROWS = 10_000


@cache
def statement(name: str) -> str:
    """Give the text of `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def execute(connection: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> duckdb.DuckDBPyConnection:
    """Execute `sql/<name>.sql` with `values` bound; DuckDB refuses a value that the statement does not use."""
    return connection.execute(statement(name), values or None)


def fetched(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a result, some at a time: all of them at once take several times their memory."""
    while rows := result.fetchmany(_FETCH_ROWS):
        yield from rows


def names(folder: str) -> list[str]:
    """Give the statements of a folder of `sql/`, in the order of their names."""
    return sorted(f"{folder}/{path.stem}" for path in (SQL / folder).glob("*.sql"))

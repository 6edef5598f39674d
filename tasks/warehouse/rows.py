"""Reading a statement's rows as mappings, with the time zone of every moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]


def rows_of(connection: duckdb.DuckDBPyConnection, name: str, /, **values: Any) -> list[Row]:
    """Run `sql/<name>.sql` and give its rows by column; moments, which the warehouse keeps in UTC, get that zone."""
    result = execute(connection, name, **values)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, map(_aware, row), strict=True)) for row in result.fetchall()]


def _aware(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    if isinstance(value, list):
        return [_aware(item) for item in value]
    if isinstance(value, dict):
        return {name: _aware(item) for name, item in value.items()}
    return value

"""What unit tests share: a warehouse in memory."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tasks.warehouse.connection import prepare


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty warehouse in memory, with its tables and macros."""
    connection = duckdb.connect()
    prepare(connection)
    yield connection
    connection.close()

"""A transaction: all of its statements or none."""

from __future__ import annotations

import duckdb
import pytest

from tasks.warehouse.transaction import transaction


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("CREATE TABLE posted (amount INTEGER)")
    return made


def test_what_ends_is_kept(connection: duckdb.DuckDBPyConnection) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO posted VALUES (1)")
    assert connection.execute("FROM posted").fetchall() == [(1,)]


@pytest.mark.parametrize("stopped_by", [ValueError, KeyboardInterrupt])
def test_what_raises_leaves_nothing(connection: duckdb.DuckDBPyConnection, stopped_by: type[BaseException]) -> None:
    def stop() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO posted VALUES (1)")
            raise stopped_by

    with pytest.raises(stopped_by):
        stop()
    assert connection.execute("FROM posted").fetchall() == []

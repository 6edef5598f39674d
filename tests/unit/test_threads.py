"""DuckDB has one thread for a small warehouse, and all that the machine has for a large one."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tasks.warehouse import connection as warehouse


def threads(home: Path, given: int | None = None) -> int:
    with warehouse.open_warehouse(home, given) as connection:
        row = connection.execute("SELECT current_setting('threads')").fetchone()
    assert row
    return int(row[0])


@pytest.fixture
def threads_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> int:
    """Give a machine three threads, whatever it has."""
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *given, config: connect(*given, config={"threads": 3, **config}))
    return 3


def test_a_warehouse_has_one_thread_until_it_is_large(
    tmp_path: Path, threads_of_the_machine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert threads(tmp_path) == 1
    size_bytes = (tmp_path / warehouse.FILE_NAME).stat().st_size
    monkeypatch.setattr(warehouse, "_LARGE_BYTES", size_bytes + 1)
    assert threads(tmp_path) == 1
    monkeypatch.setattr(warehouse, "_LARGE_BYTES", size_bytes)
    assert threads(tmp_path) == threads_of_the_machine


def test_a_worker_has_the_threads_that_it_is_given(tmp_path: Path) -> None:
    assert threads(tmp_path, 2) == 2

"""Warehouses of tests begin as a copy of an empty one, and keep the macros that they have.

A program makes the macros again whenever it opens a warehouse; most tests take less than that takes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tasks.warehouse import connection as warehouse

_HAS_MACROS = "has_the_macros_of_these_tests"
"""A macro beside the others, which shows that this process made them."""


def begin_as_copies(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Let every warehouse that this process opens begin so; give the empty one, made in `folder`."""
    prepare, connect = warehouse.prepare, warehouse._connect
    mark, empty = str(folder), folder / warehouse.FILE_NAME

    def keep_macros(connection: duckdb.DuckDBPyConnection) -> None:
        if _mark_of(connection) == mark:
            with pytest.MonkeyPatch.context() as without_macros:
                without_macros.setattr(warehouse, "names", lambda _folder: [])
                prepare(connection)
        else:
            prepare(connection)
            _set_mark(connection, mark)

    def connect_to_copy(path: Path, settings: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        if not path.exists() and path.parent.is_dir():
            shutil.copyfile(empty, path)
        return connect(path, settings)

    with warehouse.open_warehouse(folder) as connection:
        _set_mark(connection, mark)
    monkeypatch.setattr(warehouse, "prepare", keep_macros)
    monkeypatch.setattr(warehouse, "_connect", connect_to_copy)
    return empty


def _mark_of(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        ((mark,),) = connection.execute(f"SELECT {_HAS_MACROS}()").fetchall()
    except duckdb.CatalogException:
        return None
    return str(mark)


def _set_mark(connection: duckdb.DuckDBPyConnection, mark: str) -> None:
    connection.execute(f"CREATE OR REPLACE MACRO {_HAS_MACROS}() AS '{mark}'")

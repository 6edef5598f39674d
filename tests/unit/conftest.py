"""What unit tests share: an empty warehouse of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tasks.warehouse.connection import teach_masking


@pytest.fixture
def warehouse(empty_warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty warehouse, with its tables and macros."""
    copy = shutil.copy(empty_warehouse, tmp_path)
    with duckdb.connect(copy) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        teach_masking(connection)
        yield connection

"""How frames reach DuckDB."""

from __future__ import annotations

import duckdb
import polars as pl
import pyarrow as pa

from tasks.warehouse.frames import in_parts, registered

FRAMES = [pl.DataFrame({"number": [number], "text": [str(number)]}) for number in range(5)]


def test_parts_stay_parts() -> None:
    """One part would be read by one thread."""
    assert [part.num_rows for part in pa.RecordBatchReader.from_stream(in_parts(FRAMES))] == [1] * len(FRAMES)


def test_parts_are_one_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    with registered(warehouse, rows=in_parts(FRAMES)):
        rows = warehouse.execute("SELECT number, text FROM rows ORDER BY number").fetchall()
    assert rows == pl.concat(FRAMES).rows()

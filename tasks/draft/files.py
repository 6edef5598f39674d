"""The settlement's CSV files: written by DuckDB, the same bytes for the same state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb

SETTLEMENT, CITIZENS, VIOLATIONS = "settlement.csv", "citizens.csv", "violations.csv"


def write_csv_files(connection: duckdb.DuckDBPyConnection, year: int, folder: Path) -> None:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in ((SETTLEMENT, {"year": year}), (CITIZENS, None), (VIOLATIONS, None)):
        connection.sql(statement(f"draft/{name}"), params=values).write_csv(str(folder / name), header=True)

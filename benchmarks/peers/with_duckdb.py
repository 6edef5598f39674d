"""The settlement as one DuckDB script, `dbt/models` in turn: `python with_duckdb.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb
from inputs import as_sql

MODELS = Path(__file__).parent / "dbt" / "models"
TABLES = (
    "projects", "reach", "delivered_borgere", "delivered_forloeb", "delivered_udgifter", "delivered_files",
    "citizen_rows", "repeated_persons", "known_citizens", "spell_rows", "expense_rows", "spells", "completions",
    "events", "money",
)  # fmt: skip


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `out`."""
    given = as_sql(year, register, inbox)

    def query(model: Path) -> str:
        text = model.read_text(encoding="utf-8")
        text = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", text)
        return re.sub(r"\{\{ var\('(\w+)'\) \}\}", lambda found: given[found[1]], text)

    # A second thread costs a fifth more processor time.
    connection = duckdb.connect(config={"threads": 1})
    for table in TABLES:
        connection.execute(f"CREATE TEMP TABLE {table} AS {query(MODELS / f'{table}.sql')}")
    out.mkdir(parents=True, exist_ok=True)
    for model in sorted((MODELS / "files").iterdir()):
        connection.execute(f"COPY ({query(model)}) TO '{out / model.stem}.csv' (HEADER)")


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))

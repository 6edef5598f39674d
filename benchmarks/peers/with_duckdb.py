"""The settlement as one DuckDB script, tuned by hand: `python with_duckdb.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template

import duckdb
from inputs import as_sql

SETTLEMENT = Path(__file__).with_name("settlement.sql")


def settle(year: int, register: Path, inbox: Path, out: Path) -> None:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `out`."""
    given = {**as_sql(year, register, inbox), "out": str(out).replace("'", "''")}
    out.mkdir(parents=True, exist_ok=True)
    # A second thread would cost processor time: what it allocates, and what the two then merge.
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(Template(SETTLEMENT.read_text(encoding="utf-8")).substitute(given))


if __name__ == "__main__":
    settle(int(sys.argv[1]), *map(Path, sys.argv[2:]))

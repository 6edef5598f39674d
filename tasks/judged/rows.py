"""The verdicts and events that stand: those of a delivery that an earlier run judged, on the same basis.

A run leaves its tables in the warehouse, and `run.judged` says of which deliveries they hold all, and on what basis.
The next run puts them aside and makes `run.standing`. Each statement then makes its table of what is judged now
(`run.unjudged`), and what stands is added. `run.judged` is emptied before any of these tables changes, and filled when
all of them are made and the guards and the books hold: a run that ends before, or is of another kind, leaves nothing
that stands.

What a project's own rows decide can stand. Whether a person is in the trial once (C13) is judged anew, over all
projects, and what depends on it stands where that says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

TABLES = ("quarantine", "accepted_citizens", "qualifying_spells", "completions", "citizen_events")


def put_aside(connection: duckdb.DuckDBPyConnection, basis: str | None) -> None:
    """Make run.standing, once run.projects is made; `basis`: what the run's verdicts rest on (None: nothing stands)."""
    execute(connection, "judged/judged")
    execute(connection, "judged/standing", basis=basis)
    execute(connection, "judged/forget_judged")
    for table in TABLES:
        _run(connection, "drop", table=f"standing_{table}")
    if does_any_stand(connection):
        for table in TABLES:
            _run(connection, "rename", table=table, other=f"standing_{table}")


def does_any_stand(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the verdicts on some delivery stand."""
    return execute(connection, "judged/any").fetchall() == [(True,)]


def take_rows(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Put what stands of one of TABLES beside what it was made of now."""
    if does_any_stand(connection):
        _run(connection, "take_out", table=table)
        _run(connection, "add", table=table)
        _run(connection, "drop", table=table)
        _run(connection, "rename", table=f"standing_{table}", other=table)


def count_verdicts(connection: duckdb.DuckDBPyConnection, batch: str, codes: Sequence[str]) -> tuple[Counter[str], int]:
    """Give how many rows that stand break each of some rules, and how many rows of `batch` stand."""
    if not does_any_stand(connection):
        return Counter(), 0
    unexpected = dict(execute(connection, "judged/count_verdicts", codes=codes).fetchall())
    (rows,) = _run(connection, "count_rows", batch=batch).fetchall()[0]
    return Counter(unexpected), rows


def take_verdicts(connection: duckdb.DuckDBPyConnection, codes: Sequence[str]) -> None:
    """Take the rows that stand and break some rules."""
    if does_any_stand(connection):
        execute(connection, "judged/take_verdicts", codes=codes)


def narrow_standing(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    """Let no delivery stand of which a rule over all projects, judged anew, rejects other rows than before."""
    if does_any_stand(connection):
        execute(connection, "judged/narrow", code=code)


def keep_judged(connection: duckdb.DuckDBPyConnection, basis: str) -> None:
    """Note that the tables are made, of all deliveries in force, and that the checks of the run hold."""
    execute(connection, "judged/keep_judged", basis=basis)
    _run(connection, "drop", table="standing_quarantine")


def _run(connection: duckdb.DuckDBPyConnection, name: str, **names: str) -> duckdb.DuckDBPyConnection:
    """Run a statement whose places in braces take names of tables."""
    return connection.execute(statement(f"judged/{name}").format_map(names))

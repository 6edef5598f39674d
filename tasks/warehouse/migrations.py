"""The versions of a warehouse: a home outlives the program that made it.

`sql/schema/` is what a new warehouse is made from; `sql/migrations/`, one file per version, brings an older one to the
same tables. Both lead to the same columns (`tests/unit/test_migrations.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.program import program_version
from tasks.base.worded import phrase
from tasks.warehouse.statements import execute, names

if TYPE_CHECKING:
    import duckdb

DESCRIBED = ("schema/tables_core", "schema/tables_draft")
FIRST = 1
"""The version of a warehouse that has tables and names no version: it is older than the versions."""


def newest() -> int:
    """Give the version that this program works on. Raises ValueError when the files' numbers leave a gap."""
    numbers = [int(name.removeprefix("migrations/").split("_")[0]) for name in names("migrations")]
    if numbers != list(range(FIRST, len(numbers) + FIRST)):
        raise ValueError(f"sql/migrations/ is not numbered 001, 002, ...: {numbers}")
    return numbers[-1]


def version_of(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Give a warehouse's version; None where it is empty.

    Raises BusinessRefusal when a newer program brought it to a version that this one does not know.
    """
    there = {name for (name,) in execute(connection, "warehouse/kept_tables").fetchall()}
    if not there:
        return None
    if "core_migrations" not in there:
        return FIRST
    version, program = execute(connection, "warehouse/version").fetchall()[0]
    if version > newest():
        raise BusinessRefusal(
            phrase(
                "The home was written by JobFirst {program}, whose warehouse has version {version}, and this is "
                "JobFirst {own}, which knows no version after {newest}: use the newer program, or another --home.",
                program=program,
                version=version,
                own=program_version(),
                newest=newest(),
            )
        )
    return int(version)


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of an empty warehouse, or bring an older one to the newest version.

    Within the caller's transaction. Raises BusinessRefusal as `version_of` does.
    """
    version = version_of(connection)
    if version is None:
        for name in names("schema"):
            execute(connection, name)
        _keep_version(connection, newest())
        return
    if version == FIRST:
        execute(connection, "schema/core_migrations")
    for number in range(version + 1, newest() + 1):
        execute(connection, _name(number))
        _keep_version(connection, number)
    if version < newest():
        for name in DESCRIBED:
            execute(connection, name)


def _name(version: int) -> str:
    return names("migrations")[version - FIRST]


def _keep_version(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    name = _name(version).removeprefix("migrations/")
    execute(connection, "warehouse/keep_version", version=version, name=name, program=program_version())

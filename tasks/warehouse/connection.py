"""Opening the warehouse of a home folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb.sqltypes import VARCHAR

from tasks.base.cpr import mask
from tasks.base.durable import copy_durably
from tasks.base.errors import InputError
from tasks.base.failure import damaged, is_damage, system_refusal
from tasks.base.worded import phrase
from tasks.warehouse.migrations import bring_up_to_date, newest, version_of
from tasks.warehouse.missing import refuse_lost
from tasks.warehouse.statements import execute, names
from tasks.warehouse.transaction import transaction

FILE_NAME = "warehouse.duckdb"
MEMORY_VARIABLE = "JOBFIRST_MEMORY"
MEMORY = "1GB"
"""What DuckDB may hold in memory before it spills to disk: ten million spells are settled with it."""
_LARGE_BYTES = 100_000_000
"""From here on a warehouse is worth more than one thread: docs/decisions/081-one-thread-up-to-a-size.md."""
_IN_MEMORY: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,
    # Never a row on disk, also when memory is short.
    "temp_directory": "",
}
_LAYERS = {
    "macros/cpr_birth_date": 1,
    "macros/cpr_flaw": 1,
    "macros/is_day_first": 1,
    "macros/is_month_first": 1,
    "macros/is_of_either_order": 1,
    "macros/invisible_name": 1,
    "macros/foreign_character": 2,
    "macros/text_flaw": 3,
    "macros/cvr_flaw": 4,
    "macros/date_flaw": 4,
    "macros/number_flaw": 4,
    "macros/remaining_flaw": 4,
    "macros/yes_no_flaw": 4,
    "macros/hint": 5,
    "macros/split_place": 1,
    "macros/posted_to_leads": 1,
    "macros/shown_counted": 1,
    "macros/masked_amount": 2,
    "macros/as_amount": 3,
    "macros/is_one_group": 4,
    "macros/comparable": 3,
    "macros/kept_code": 3,
    "macros/written_code": 3,
    "macros/nearest_code": 3,
    "macros/standing_refused": 3,
    "macros/without_effect": 3,
}


def memory() -> str:
    """Give DuckDB's memory limit: JOBFIRST_MEMORY, or MEMORY. Raises InputError when it is no size."""
    given = os.environ.get(MEMORY_VARIABLE, MEMORY)
    if not re.fullmatch(r"[1-9][0-9]{0,6} ?(MB|GB|MiB|GiB)", given):
        raise InputError(
            phrase(
                "{variable} is not a size: {given!r}; write a number and MB or GB, such as {memory}.",
                variable=MEMORY_VARIABLE,
                given=given,
                memory=MEMORY,
            )
        )
    return given


class WarehouseHeld(InputError):  # noqa: N818 - it is reported as wrong use, and passes
    """Another program has the warehouse open; it will have closed it after a while."""


def _settings(home: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": memory(),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(home / "spill"),
        # Rows carry their own numbers; keeping the order of insertion besides would cost memory.
        "preserve_insertion_order": False,
        # Kept rows are added and never changed: a checkpoint would write them once more, to fill row groups up.
        "max_vacuum_tasks": 0,
        **({} if _is_large(home / FILE_NAME) else {"threads": 1}),
    }


def _is_large(path: Path) -> bool:
    return path.exists() and path.stat().st_size >= _LARGE_BYTES


def _builds_on_others(name: str) -> int:
    """Order the macros: DuckDB wants a macro to be there before another uses it."""
    return _LAYERS.get(name, 0)


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are kept for ever, or bring them to the newest version; make the macros and schema `run`.

    Raises BusinessRefusal when a newer program made them.
    """
    connection.execute("SET TimeZone = 'UTC'")
    # DuckDB takes a worker's process for an interactive one, and would draw a bar on standard output.
    connection.execute("SET enable_progress_bar = false")
    teach_masking(connection)
    with transaction(connection):
        bring_up_to_date(connection)
        for name in sorted(names("macros"), key=_builds_on_others):
            execute(connection, name)
        connection.execute("CREATE SCHEMA IF NOT EXISTS run")


def teach_masking(connection: duckdb.DuckDBPyConnection) -> None:
    """Let SQL mask personal numbers as Python does: the macro `masked` asks the function for the few that need it."""
    try:
        connection.execute("SELECT mask_numbers('')")
    except duckdb.CatalogException:
        connection.create_function("mask_numbers", mask, [VARCHAR], VARCHAR)


@contextmanager
def open_warehouse(home: Path, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open `home`'s warehouse, made on first use, and close it at the end.

    One of an older version is brought to the newest, and its copy is kept until that has succeeded. None is made where
    a home has records that it would not fit.

    `threads`: how many DuckDB may use; None: one, and all that the machine has where the file is large.

    Raises InputError when the file is no warehouse or can't be opened, or JOBFIRST_MEMORY is no size; InternalFailure
    when it is empty; BusinessRefusal when a newer program made it, or it is missing.
    """
    if not (home / FILE_NAME).exists():
        refuse_lost(home)
    settings = _settings(home) | ({} if threads is None else {"threads": threads})
    connection = _connect(home / FILE_NAME, settings)
    copy = home / f"{FILE_NAME}.before"
    try:
        _forget_spilled(home)
        version = version_of(connection)
        if version is not None and version < newest():
            # When it is closed, the warehouse is one file, without a log of data still to be written.
            connection.close()
            copy_durably(home / FILE_NAME, copy)
            connection = _connect(home / FILE_NAME, settings)
        prepare(connection)
        copy.unlink(missing_ok=True)
        yield connection
    finally:
        connection.close()


def _forget_spilled(home: Path) -> None:
    """Remove what a killed process spilled: nobody else has the warehouse, and this one has spilled nothing yet."""
    for left in (home / "spill").glob("duckdb_temp*"):
        left.unlink(missing_ok=True)


def _connect(path: Path, settings: dict[str, str | bool | int | float | list[str]]) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=settings)
    except duckdb.Error as error:
        if system_refusal(error) is not None or is_damage(error):
            raise
        if is_emptied(path):
            raise damaged() from error
        is_held = isinstance(error, duckdb.IOException) and "set lock" in str(error)
        raise (WarehouseHeld if is_held else InputError)(
            phrase(
                "The warehouse {path} can't be opened ({kind}): check that the file is JobFirst's own and "
                "that no other program holds it, or name another folder with --home.",
                path=path,
                kind=type(error).__name__,
            )
        ) from error


def is_emptied(path: Path) -> bool:
    """Whether nothing is left of a warehouse's file, as after a full disk or a wrong redirection."""
    return path.is_file() and path.stat().st_size == 0


@contextmanager
def in_memory() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse in memory, and forget it at the end: no row of a delivery is on disk, even if memory is short.

    Raises InputError as `connect_in_memory` does.
    """
    connection = connect_in_memory()
    try:
        prepare(connection)
        yield connection
    finally:
        connection.close()


def connect_in_memory() -> duckdb.DuckDBPyConnection:
    """Connect to an empty database in memory, which never has a row on disk.

    It takes all that the machine has, unless JOBFIRST_MEMORY is set. Raises InputError when that is no size.
    """
    limit = {"memory_limit": memory()} if MEMORY_VARIABLE in os.environ else {}
    return duckdb.connect(config=_IN_MEMORY | limit)


@contextmanager
def without_spilling(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keep DuckDB from putting on disk what it holds beside the warehouse, since that may be personal numbers.

    Raises duckdb.OutOfMemoryException when its memory is too little for that.
    """
    connection.execute("SET max_temp_directory_size = '0B'")
    try:
        yield
    finally:
        connection.execute("RESET max_temp_directory_size")

"""A home's warehouse to read from: attached read-only to a database in memory, which holds whatever is computed.

Nothing is written to the home: no lock file is made where there is none, and data that do not fit in memory are an
error.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.failure import damaged, is_damage
from tasks.base.worded import phrase
from tasks.warehouse.connection import FILE_NAME, connect_in_memory, is_emptied, prepare
from tasks.warehouse.lock import LOCK_NAME, held_by_another
from tasks.warehouse.migrations import newest, version_of
from tasks.warehouse.missing import refuse_missing
from tasks.warehouse.statements import execute

WAIT_SECONDS = 60.0
_PAUSE_SECONDS = 0.1
_ATTACHED = "home"


@contextmanager
def read_warehouse(home: Path, wait_seconds: float = WAIT_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory with the statements' macros, whose `core_*` tables are views on `home`'s warehouse.

    Several may read at once. While one writes, it waits up to `wait_seconds`; a writer waits for the readers.

    Raises InputError when there is no warehouse or it can't be read, HomeHeld or BusinessRefusal when another process
    still writes to it, BusinessRefusal when it is missing.
    """
    path = home / FILE_NAME
    if not path.exists():
        refuse_missing(home)
        raise InputError(
            phrase(
                "There is no delivery in {home}: settle a year first, or name another folder with --home.", home=home
            )
        )
    until = time.monotonic() + wait_seconds
    with _as_reader(home, until):
        connection = connect_in_memory()
        try:
            prepare(connection)
            connection.execute("DROP TABLE IF EXISTS core_migrations")
            _attach(connection, path, until)
            for (name,) in execute(connection, "warehouse/attached_tables").fetchall():
                connection.execute(f'DROP TABLE IF EXISTS "{name}"')
                connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_ATTACHED}."{name}"')  # noqa: S608
            if version_of(connection) != newest():
                raise BusinessRefusal(
                    phrase(
                        "The warehouse {path} was made by an earlier version: settle once with this one, and ask "
                        "again.",
                        path=path,
                    )
                )
            yield connection
        finally:
            connection.close()


@contextmanager
def _as_reader(home: Path, until: float) -> Iterator[None]:
    """Share the home's lock with other readers, where it has one."""
    try:
        descriptor = os.open(home / LOCK_NAME, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        while not _is_shared(descriptor):
            if time.monotonic() > until:
                raise held_by_another(home)
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _is_shared(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, until: float) -> None:
    quoted = str(path).replace("'", "''")
    while True:
        try:
            connection.execute(f"ATTACH '{quoted}' AS {_ATTACHED} (READ_ONLY)")
        except duckdb.Error as error:
            if is_damage(error):
                raise
            if is_emptied(path):
                raise damaged() from error
            if "set lock" not in str(error):
                raise InputError(
                    phrase(
                        "The warehouse {path} can't be read ({kind}): check that the file is JobFirst's own, or name "
                        "another folder with --home.",
                        path=path,
                        kind=type(error).__name__,
                    )
                ) from error
            if time.monotonic() > until:
                raise BusinessRefusal(
                    phrase("Another run writes to {parent}. Run again when it has ended.", parent=path.parent)
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return

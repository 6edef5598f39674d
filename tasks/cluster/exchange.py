"""The folder through which coordinator and workers exchange tables: `HOME/shards`, which all of them see.

Its files hold what the warehouse holds, and no CPR number. Each attempt at a work writes to a folder of its own, so
that a second attempt disturbs nobody.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.durable import FOLDER_MODE
from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb

FOLDER = "shards"


@contextmanager
def exchange(home: Path) -> Iterator[Path]:
    """Give the folder, empty, and remove it at the end; a folder that a killed run left is removed too."""
    folder = home.resolve() / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=FOLDER_MODE, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fresh(folder: Path, name: str) -> Path:
    """Make a folder for one attempt."""
    made = folder / f"{name}-{uuid.uuid4().hex}"
    made.mkdir(mode=FOLDER_MODE)
    return made


def file_of(folder: Path, table: str) -> Path:
    """Give a table's file in a folder."""
    return folder / f"{table}.parquet"


def give(connection: duckdb.DuckDBPyConnection, folder: Path, tables: Sequence[str]) -> None:
    """Write whole tables to files of a folder."""
    for table in tables:
        text = statement("cluster/give_table").replace("{table}", table)
        connection.execute(text, {"path": str(file_of(folder, table))})


def take(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path], tables: Sequence[str]) -> None:
    """Make tables of the run from their files in all `folders`."""
    for table in tables:
        text = statement("cluster/take_table").replace("{table}", table)
        connection.execute(text, {"paths": [str(file_of(folder, table)) for folder in folders]})


def add(connection: duckdb.DuckDBPyConnection, table: str, paths: Sequence[Path]) -> None:
    """Add the rows of files to a table that is there."""
    if paths:
        text = statement("cluster/take_rows").replace("{table}", table)
        connection.execute(text, {"paths": [str(path) for path in paths]})

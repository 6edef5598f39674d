"""Count the work of a settlement, and hold it against what it was: `python -m benchmarks.work` (`make bench-check`).

Seconds depend on the machine and on what else it does; these counts do not. `benchmarks/work.yaml` has them for a
portfolio, for one of twice the citizens, and for the first settled again after one delivery has changed; `--write`
writes it again, for a change that is meant.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import yaml

from benchmarks.again import change
from tasks.sample.portfolio import write_sample

RECORDED = Path(__file__).parent / "work.yaml"
PROJECTS, CITIZENS, SEED, YEAR = 14, 220, 1, 2016
ROWS = ("rows_scanned", "rows_between")
MOST_ROWS_TIMES = 1.02
"""How many times the recorded rows give no complaint: a small table may be read once more."""
MOST_GROWTH_TIMES = 2.1
"""How many times the rows twice as many citizens may take; spells of a citizen vary, so it is not quite two."""

_HEADER = "# The work of a settlement, counted by `python -m benchmarks.work --write`; see benchmarks/work.py.\n"
_METRICS = {"query.total_rows_scanned": "rows_scanned", "query.total_intermediate_rows": "rows_between"}
_MEASURED = re.compile(rf"'metric': ({'|'.join(_METRICS)}), 'value': (\d+)")
_OWN_STATEMENTS = (
    # How rows are shared out must not depend on the machine.
    "SET threads = 2",
    "SET profiling_coverage = 'ALL'",
    "SET enable_profiling = 'no_output'",
    f"SET tracked_metrics = {list(_METRICS)}",
)
_LOG_BYTES = 1 << 24


@dataclass(frozen=True)
class Work:
    """What a settlement did.

    `tasks_started`: Prefect's. `statements`: that DuckDB ran, whoever asked. `files_opened`: of the register, the inbox
    and the home folder, by Python and DuckDB; one that is opened twice counts twice. `rows_scanned`: read from tables;
    `rows_between`: handed from one operator of a query to the next.
    """

    tasks_started: int
    statements: int
    files_opened: int
    rows_scanned: int
    rows_between: int


class Recorder:
    """Counts while it is on; `work` gives what was counted."""

    def __init__(self, folders: tuple[Path, ...], log: Path) -> None:
        self._folders = tuple(f"{folder.resolve()}/" for folder in folders)
        self._log = log
        self._tasks = self._files = 0

    @contextmanager
    def on(self) -> Iterator[None]:
        """Count what happens inside."""
        from prefect import Task

        connect, cursor, call = duckdb.connect, duckdb.DuckDBPyConnection.cursor, Task.__call__

        def connect_watched(*given: Any, **named: Any) -> duckdb.DuckDBPyConnection:
            connection = connect(*given, **named)
            connection.execute(
                "CALL enable_logging($types, storage = 'file', storage_config = {'path': $path})",
                {"types": ["QueryLog", "FileSystem", "Metrics"], "path": str(self._log)},
            )
            return _profiled(connection)

        def call_counted(task: Task[..., Any], *given: Any, **named: Any) -> Any:
            self._tasks += 1
            return call(task, *given, **named)

        _hear_of_files()
        _counting.append(self)
        try:
            with (
                mock.patch.object(duckdb, "connect", connect_watched),
                mock.patch.object(duckdb.DuckDBPyConnection, "cursor", lambda one: _profiled(cursor(one))),
                mock.patch.object(Task, "__call__", call_counted),
            ):
                yield
        finally:
            _counting.remove(self)

    def hear_of_file(self, path: str) -> None:
        """Count a file that Python opens."""
        self._files += self._is_counted(path)

    def _is_counted(self, path: str) -> bool:
        return path.startswith(self._folders)

    def work(self) -> Work:
        """Give what was counted, DuckDB's part from its log."""
        statements, files, rows = 0, 0, dict.fromkeys(ROWS, 0)
        csv.field_size_limit(_LOG_BYTES)
        with (self._log / "duckdb_log_entries.csv").open(encoding="utf-8", newline="") as entries:
            for entry in csv.DictReader(entries):
                message = entry["message"]
                if entry["type"] == "QueryLog":
                    statements += message not in _OWN_STATEMENTS
                elif entry["type"] == "FileSystem" and message.endswith('"op":"OPEN"}'):
                    files += self._is_counted(json.loads(message)["path"])
                elif measured := _MEASURED.search(message):
                    rows[_METRICS[measured[1]]] += int(measured[2])
        return Work(self._tasks, statements, self._files + files, **rows)


_counting: list[Recorder] = []


@cache
def _hear_of_files() -> None:
    """Hear of each file that Python opens, from now on: an audit hook can't be taken away, so there is one."""

    def hear(event: str, given: tuple[Any, ...]) -> None:
        if _counting and event == "open" and isinstance(given[0], str):
            for recorder in _counting:
                recorder.hear_of_file(given[0])

    sys.addaudithook(hear)


def _profiled(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Have a connection count rows; DuckDB keeps these settings by connection."""
    for own in _OWN_STATEMENTS:
        connection.execute(own)
    return connection


def count_work(folder: Path) -> dict[str, Work]:
    """Count a settlement, one of twice the citizens, and the first again after one change; a Prefect API must be there.

    What a process does at its first settlement only is not counted.
    """
    work_of(2, folder / "first", projects=1)
    return {
        "once": work_of(CITIZENS, folder / "once"),
        "twice": work_of(2 * CITIZENS, folder / "twice"),
        "changed": work_of_change(folder / "once"),
    }


def work_of(citizens: int, folder: Path, projects: int = PROJECTS) -> Work:
    """Count a settlement of a made-up portfolio, below `folder`."""
    write_sample(folder, projects=projects, citizens=citizens, seed=SEED, form="csv")
    return _work_of_settling(folder, folder / "log")


def work_of_change(folder: Path) -> Work:
    """Count a settlement of what was settled below `folder`, after one delivery has changed."""
    first = min((folder / "inbox").iterdir())
    change(max(first.iterdir()))
    return _work_of_settling(folder, folder / "log after change")


def _work_of_settling(folder: Path, log: Path) -> Work:
    from flows.settle import settle

    register, inbox, home = (folder / name for name in ("register", "inbox", "home"))
    recorder = Recorder((register, inbox, home), log)
    with recorder.on():
        settle(register, inbox, home, YEAR)
    return recorder.work()


def complaints(counted: dict[str, Work], recorded: dict[str, dict[str, int]]) -> list[str]:
    """Say where a settlement does more than recorded, or more than in proportion to the citizens."""
    told = []
    for name, work in counted.items():
        for what, count in asdict(work).items():
            if count > recorded[name][what] * (MOST_ROWS_TIMES if what in ROWS else 1):
                told.append(f"{what}, {name}: {count}, recorded are {recorded[name][what]}")
    for what, count in asdict(counted["once"]).items():
        most = count * MOST_GROWTH_TIMES if what in ROWS else count
        twice = getattr(counted["twice"], what)
        if twice > most:
            told.append(f"{what} grow with the citizens: {count}, for twice as many {twice}")
    return told


def read_recorded() -> dict[str, dict[str, int]]:
    """Read `work.yaml`."""
    recorded: dict[str, dict[str, int]] = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    return recorded


def main(arguments: list[str], say: Callable[[str], object] = sys.stdout.write) -> int:
    """Count, and compare or write; 1 where there is more than recorded."""
    from flows.server.api import prefect_api

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with prefect_api(folder / "prefect"):
            counted = count_work(folder)
    told = yaml.safe_dump({name: asdict(work) for name, work in counted.items()}, sort_keys=False)
    say(told)
    if arguments == ["--write"]:
        RECORDED.write_text(_HEADER + told, encoding="utf-8")
        return 0
    found = complaints(counted, read_recorded())
    say("".join(f"more work: {one}\n" for one in found))
    return 1 if found else 0


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    # As the command line does: the interpreter's tear-down would let the database's bindings complain.
    os._exit(status)

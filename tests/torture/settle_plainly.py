"""Settles a portfolio in a process of its own, without a server: FOLDER HOME YEAR NOW THREADS."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from flows.settle import draft
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE, Run
from tasks.warehouse import connection as warehouse
from tests.support.settling import call_tasks_plainly


def main(folder: Path, home: Path, year: int, now: str, threads: int) -> None:
    """Settle, with so many threads in the database."""
    home.mkdir()
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        monkeypatch.setenv(PREPARED_BY_VARIABLE, "Anna")
        settings: Any = warehouse._settings
        monkeypatch.setattr(warehouse, "_settings", lambda home: {**settings(home), "threads": threads})
        run = Run(year, folder / "register", folder / "inbox", home, Moment.parse(now))
        with warehouse.open_warehouse(home) as connection:
            draft(connection, run, Silence())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]))

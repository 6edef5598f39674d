"""Settling without a server: the steps of the flow, called as the functions that they are."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import prefect
import pytest
from prefect.utilities.annotations import opaque

from flows.settle import compute_year
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.charts import canvas
from tasks.validation import guards
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.connection import open_warehouse
from tests.support.files import read_rows
from tests.support.portfolio import Portfolio

_JUDGE = "tasks.validation.great_expectations_judge"
LONG_AFTER = "2018-02-15T12:00"
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'


def call_tasks_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a task be called as its function, so that no server is needed, and judge by the rules' own SQL, unguarded.

    That Great Expectations gives the same verdicts, and that its guards hold, are tests of their own. Here it is not
    even imported, which takes longer than a small settlement. Figures are blank; what they show has tests, too.
    """
    judge = ModuleType(_JUDGE)
    judge.__dict__["judge_by_great_expectations"] = judge_by_own_sql
    monkeypatch.setitem(sys.modules, _JUDGE, judge)
    monkeypatch.setattr(guards, "check_guards", lambda *_: 0)
    monkeypatch.setattr(prefect.Task, "__call__", _call_plainly)
    monkeypatch.setattr(canvas, "drawn", lambda _: BLANK)


def _call_plainly(task: prefect.Task[..., Any], *given: Any, **named: Any) -> Any:
    return task.fn(*map(_bare, given), **{name: _bare(value) for name, value in named.items()})


def _bare(given: Any) -> Any:
    return given.unwrap() if isinstance(given, opaque) else given


def settled(portfolio: Portfolio, year: int, *, now: str = LONG_AFTER, home: Path | None = None) -> dict[str, Any]:
    """Settle a year; give the rows of its files: `settlement` by project, `citizens`, `violations`."""
    portfolio.write_register()
    home = home or portfolio.folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    run = Run(year, portfolio.register, portfolio.inbox, home, Moment.parse(now))
    out = home / "out" / str(year)
    with open_warehouse(home) as connection:
        compute_year(connection, run, Silence(), out)
    found = {name: read_rows(out / f"{name}.csv") for name in ("settlement", "citizens", "violations")}
    return {**found, "settlement": {row["project_id"]: row for row in found["settlement"]}}

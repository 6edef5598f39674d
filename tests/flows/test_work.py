"""A settlement does no more work than `benchmarks/work.yaml` says, and what does more is noticed."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import duckdb
import pytest

from benchmarks.work import CITIZENS, PROJECTS, Work, complaints, count_work, read_recorded, work_of
from tasks.settlement.compute import accept_citizens


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Work]:
    return count_work(tmp_path_factory.mktemp("work"))


def test_no_more_work_than_recorded(counted: dict[str, Work]) -> None:
    assert complaints(counted, read_recorded()) == []
    assert all(all(asdict(work).values()) for work in counted.values()), "what counts nothing guards nothing"


def test_after_one_change_the_other_deliveries_are_not_read_again(counted: dict[str, Work]) -> None:
    assert counted["changed"].rows_between < counted["once"].rows_between * 4 / 5


def test_one_statement_a_project_is_noticed(
    counted: dict[str, Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_by_one(connection: duckdb.DuckDBPyConnection) -> None:
        accept_citizens(connection)
        for delivery in connection.execute("SELECT delivery_no FROM run.projects").fetchall():
            # A table, not the view on it: what its joins hand on would be near what is let pass.
            connection.execute("SELECT max(startdato) FROM core_spells WHERE delivery_no = ?", delivery).fetchall()

    monkeypatch.setattr("tasks.settlement.parts.accept_citizens", one_by_one)
    slower = work_of(CITIZENS, tmp_path)
    assert slower.statements == counted["once"].statements + PROJECTS + 1
    told = complaints({**counted, "once": slower}, {name: asdict(work) for name, work in counted.items()})
    assert [one.split(",")[0] for one in told] == ["statements", "rows_scanned"]


@pytest.mark.parametrize("what", ["tasks_started", "statements", "files_opened"])
def test_what_grows_with_the_citizens_is_noticed(what: str) -> None:
    once = Work(20, 400, 200, 1000, 2000)
    twice = replace(once, **{what: getattr(once, what) + 1}, rows_scanned=2000, rows_between=4000)
    told = complaints({"once": once, "twice": twice}, {"once": asdict(once), "twice": asdict(twice)})
    assert [one.split(" ")[:2] for one in told] == [[what, "grow"]]


@pytest.mark.parametrize("what", ["rows_scanned", "rows_between"])
def test_rows_that_grow_faster_than_the_citizens_are_noticed(what: str) -> None:
    once = Work(20, 400, 200, 1000, 1000)
    twice = replace(once, **{what: 2500})
    told = complaints({"once": once, "twice": twice}, {"once": asdict(once), "twice": asdict(twice)})
    assert [one.split(" ")[:2] for one in told] == [[what, "grow"]]

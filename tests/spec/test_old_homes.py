"""Homes of earlier versions go on: the ledger verifies, a release is made again, and the next year is settled."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from flows.commands.release import as_text
from tasks.ledger.record import verify
from tasks.warehouse.connection import FILE_NAME, open_warehouse
from tasks.warehouse.migrations import newest, version_of
from tasks.warehouse.statements import execute
from tests.homes.make import KEY
from tests.support.portfolio import Portfolio
from tests.support.releasing import JF, OTHER, Office

HOMES = Path(__file__).parents[1] / "homes"


@pytest.fixture(params=sorted(path.name for path in HOMES.iterdir() if (path / "ledger.jsonl").exists()))
def old(request: pytest.FixtureRequest, portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office that has worked with an earlier version until now."""
    kept = HOMES / request.param
    office = Office(portfolio, monkeypatch)
    monkeypatch.setenv("JOBFIRST_KEY", KEY)
    for name in ("inbox", "register"):
        shutil.copytree(kept / name, portfolio.folder / name)
    office.home.mkdir()
    for name in ("ledger.jsonl", "ledger.head"):
        shutil.copy(kept / name, office.home)
    with duckdb.connect(str(office.home / FILE_NAME)) as connection:
        execute(connection, "migrations/001_first")
        for path in sorted(kept.glob("*.csv")):
            connection.execute(f"COPY {path.stem} FROM '{path}' (HEADER, NULLSTR '\\N')")
    return office


def test_it_is_brought_to_the_newest_version_and_its_ledger_verifies(old: Office) -> None:
    with open_warehouse(old.home) as connection:
        assert version_of(connection) == newest()
        assert verify(connection, old.home).is_sound
    assert {(entry[0], entry[1]) for entry in old.posted()} == {(JF, 2016), (OTHER, 2016)}


def test_its_release_is_made_again_with_the_amounts_that_were_posted(old: Office) -> None:
    again = old.replay(2016, now="2018-03-01T08:00", known_at="2017-02-10T12:00")
    first = {entry.run: entry for entry in old.entries()}
    (run,) = [entry for entry in first.values() if entry.run == again.years[0].run]
    total = sum(entry.amount_dkk for entry in old.entries() if entry.run == run.run)
    assert sum(one.amount_dkk for one in again.years[0].decided) == total
    assert "made again" in as_text(again)


def test_the_next_year_is_settled_and_released(old: Office) -> None:
    posted = old.posted()
    old.settle(2017, now="2018-03-01T08:00")
    assert (old.out(2017) / "settlement.csv").is_file()
    assert old.posted() == posted

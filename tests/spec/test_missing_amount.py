"""What a project without an accepted delivery is owed is unknown, and never told as 0 kr."""

from __future__ import annotations

import pytest

from flows.settle import draft
from tasks.artifacts.tables import UNKNOWN, settlement_table
from tasks.artifacts.texts import holds_text
from tasks.base.progress import Silence
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import without_papers
from tests.support.releasing import JF, OTHER, Office, deliver

NOW = "2017-02-15T08:00"


def test_the_pages_of_a_run_say_that_it_is_unknown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    without_papers(monkeypatch)
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.portfolio.project(OTHER, municipalities=("253",))
    office.portfolio.write_register()
    run = office.run(2016, NOW)
    with open_warehouse(office.home) as connection:
        draft(connection, run, Silence())
        assert f"### {OTHER}: unknown" in holds_text(connection, 2016)
        told = {row["Project"]: row["Payable, kr."] for row in settlement_table(connection, 2016)}
    assert told == {JF: "6.000,00", OTHER: UNKNOWN}

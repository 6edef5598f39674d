"""What a project without an accepted delivery is owed is unknown, and never shown as 0 kr."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.commands.settle import as_object as settlement_object
from flows.settle import draft
from tasks.artifacts.tables import UNKNOWN, settlement_table
from tasks.artifacts.texts import holds_text
from tasks.base.progress import Silence
from tasks.explain.read import as_object, read_explanation
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
        summary = draft(connection, run, Silence())
        assert f"### {OTHER}: unknown" in holds_text(connection, 2016)
        told = {row["Project"]: row["Payable, kr."] for row in settlement_table(connection, 2016)}
        of_other = as_object(read_explanation(connection, OTHER, 2016, run.known_at))
        of_one = as_object(read_explanation(connection, JF, 2016, run.known_at))
    assert told == {JF: "6.000,00", OTHER: UNKNOWN}
    assert (of_other["entitlement_dkk"], of_other["payable_dkk"]) == (None, None)
    assert {name for name, value in of_other["money"].items() if value is not None} == {"cap_dkk", "fixed_max_dkk"}
    assert {part["amount_dkk"] for part in of_other["parts"]} == {None}
    assert of_one["payable_dkk"] == 6_000
    assert settlement_object(summary)["payable_dkk"] == 6_000
    assert settlement_object(replace(summary, projects=1))["payable_dkk"] is None, "nobody has delivered"

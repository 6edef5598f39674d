"""Every parameter of the rules file matters: another value gives another result, and a what-if foretells it to the øre.

One portfolio in which each parameter decides something; for each parameter a changed value and what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.register import inputs
from tasks.replay.state import State, state_of
from tasks.rules.model import RULES_FILE, load_rules
from tasks.warehouse.reading import read_warehouse
from tasks.whatif.asked import overlay_of
from tasks.whatif.engine import BASE, compute, start_stages, take_stage
from tasks.whatif.overlay import Laid, lay
from tests.support.portfolio import COMPANIES, Portfolio
from tests.support.settling import LONG_AFTER, call_tasks_plainly, settled

YEAR = 2017

CHANGED = {
    "appropriation_dkk": "1000",
    "programme_first_day": "2016-03-01",
    "programme_last_day": "2018-12-31",
    "fixed_grant_max_dkk": "10000",
    "fixed_grant_categories": ["materiale"],
    "activity_grant_per_citizen_max_dkk": "100",
    "activity_cap_share": "0.01",
    "start_rate_dkk": "7000",
    "completion_rate_dkk": "11000",
    "completion_days": 200,
    "chain_break_working_days": 3,
    "qualifying_spell_types": ["loentilskud"],
    "snusepraktik_max_days": 10,
    "arm_min_citizens": 1,
    "enrolment_window_years": 2,
    "minimum_age_years": 20,
    "public_support_min_years": 0,
    "public_support_target_groups": [],
    "no_integration_target_groups": [],
    "proportion_tolerance_share": "0.99",
    "hold_rejected_share": "0.99",
    "hold_gone_share": "0.99",
}


def deliver(portfolio: Portfolio) -> None:
    """Deliver a project in which every parameter decides something."""
    project = portfolio.project(target=100, commitment="15000")
    delivery = project.delivery("2017-12-31")
    delivery.completed(2, "2016-03-01", "2016-06-30")
    bridged = delivery.citizen("a day between")
    delivery.spell(bridged, "2016-04-04", "2016-05-10")
    delivery.spell(bridged, "2016-05-12", "2016-07-20")
    subsidised = delivery.citizen("subsidised")
    delivery.spell(subsidised, "2016-05-02", "2016-06-01", type="loentilskud", virksomhed_cvr=COMPANIES[1])
    delivery.spell(delivery.citizen("taster"), "2016-05-02", "2016-06-10", type="snusepraktik")
    delivery.spell(delivery.citizen("goes on"), "2017-12-01", "2018-03-31")
    delivery.citizen("late", visitationsdato="2017-03-01")
    delivery.citizen("young", cpr="6101900000")
    unlucky = {"maalgruppe": "aktivitetsparat", "ydelse": "kontanthjaelp"}
    delivery.citizen("short support", **unlucky, offentlig_forsoergelse_siden="2016-01-15")
    delivery.citizen("in integration", **unlucky, offentlig_forsoergelse_siden="2010-01-15", integrationsprogram="ja")
    for number in range(3):
        delivery.citizen(f"long support {number}", **unlucky, offentlig_forsoergelse_siden="2010-01-15")
    delivery.wages("2016-06-30", "12000")
    delivery.wages("2016-06-30", "900", kategori="materiale")
    delivery.write(portfolio.inbox)
    before = project.delivery("2017-06-30")
    for _ in range(3):
        before.wages("2016-06-30", "4000")
    before.write(portfolio.inbox)


def result(portfolio: Portfolio, home: Path) -> Any:
    """Settle into a home of its own; a register that the rules don't allow is a result, too."""
    try:
        return settled(portfolio, YEAR, home=home)
    except InputError as error:
        return str(error)


def told(files: Any) -> object:
    """Give what of a result may differ by a parameter."""
    if isinstance(files, str):
        return files
    violations = [(row["code"], row["key"], row["message_en"]) for row in files["violations"]]
    return files["settlement"], files["citizens"], violations


@pytest.fixture(scope="module")
def by_the_rules(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portfolio, Any]:
    """Settle by the rules as they are."""
    portfolio = Portfolio(tmp_path_factory.mktemp("by the rules"))
    deliver(portfolio)
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        return portfolio, result(portfolio, portfolio.folder / "home")


@pytest.fixture(scope="module")
def reading(by_the_rules: tuple[Portfolio, Any]) -> Iterator[tuple[duckdb.DuckDBPyConnection, State]]:
    """Read what was settled, as a what-if does."""
    home, now = by_the_rules[0].folder / "home", Moment.parse(LONG_AFTER)
    with read_warehouse(home, wait_seconds=0) as connection:
        start_stages(connection, now)
        state = state_of(connection, home, now, now)
        compute(connection, state, Laid(state.rules), YEAR)
        take_stage(connection, BASE)
        yield connection, state


def foretold(connection: duckdb.DuckDBPyConnection, state: State, text: str) -> dict[str, tuple[str, Decimal]] | str:
    """Give each project's status and entitlement by a change on its own, as a what-if computes them."""
    try:
        overlay = overlay_of(state.rules, [("set", text)])
        compute(connection, state, lay(state.rules, overlay.changes), YEAR)
    except InputError as error:
        return str(error)
    take_stage(connection, text)
    rows = connection.execute(
        "SELECT project_id, status, entitlement_dkk FROM run.stage_projects WHERE stage = ?", [text]
    ).fetchall()
    return {project: (status, entitlement) for project, status, entitlement in rows}


def test_every_parameter_is_tried() -> None:
    assert set(CHANGED) == set(load_rules().parameters)


@pytest.mark.parametrize("name", CHANGED)
def test_another_value_gives_another_result_and_a_what_if_foretells_it(
    by_the_rules: tuple[Portfolio, Any],
    reading: tuple[duckdb.DuckDBPyConnection, State],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    call_tasks_plainly(monkeypatch)
    portfolio, before = by_the_rules
    value = CHANGED[name]
    answer = foretold(*reading, f"{name}={','.join(value) if isinstance(value, list) else value}")
    rules = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    changed = yaml.safe_load(str(value)) if rules["parameters"][name]["unit"] == "date" else value
    (first,) = rules["parameters"][name]["values"]
    rules["parameters"][name]["values"] = {first: changed}
    file = tmp_path / RULES_FILE.name
    file.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(inputs, "RULES_FILE", file)
    after = result(portfolio, tmp_path / "after")
    assert told(after) != told(before)
    if isinstance(after, str):
        assert answer == after
        return
    assert answer == {
        project: (row["status"], Decimal(row["activity_cumulative"]) + Decimal(row["fixed_cumulative"]))
        for project, row in after["settlement"].items()
    }

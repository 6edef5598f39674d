"""Every parameter of the rules file matters: another value gives another result.

One portfolio in which each parameter decides something; for each parameter a changed value and what it changes.
"""

from __future__ import annotations

import shutil

import pytest
import yaml

from tasks.base.errors import InputError
from tasks.register import inputs
from tasks.rules.model import RULES_FILE, load_rules
from tests.support.portfolio import COMPANIES, Portfolio
from tests.support.settling import call_tasks_plainly, settled

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


def result(portfolio: Portfolio) -> object:
    """Settle; a register that the rules don't allow is a result, too."""
    try:
        files = settled(portfolio, 2017)
    except InputError as error:
        return str(error)
    told = [(row["code"], row["key"], row["message_en"]) for row in files["violations"]]
    return files["settlement"], files["citizens"], told


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portfolio, object]:
    """Give a portfolio that was settled by the rules as they are, and what came out, each time."""
    portfolio = Portfolio(tmp_path_factory.mktemp("before"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        deliver(portfolio)
        came_out = result(portfolio)
        assert result(portfolio) == came_out
    return portfolio, came_out


def test_every_parameter_is_tried() -> None:
    assert set(CHANGED) == set(load_rules().parameters)


@pytest.mark.parametrize("name", CHANGED)
def test_another_value_gives_another_result(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, as_it_is: tuple[Portfolio, object], name: str
) -> None:
    settled_before, before = as_it_is
    shutil.copytree(settled_before.folder, portfolio.folder, dirs_exist_ok=True)
    portfolio.projects[:] = settled_before.projects
    rules = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    changed = CHANGED[name]
    if rules["parameters"][name]["unit"] == "date":
        changed = yaml.safe_load(str(changed))
    (first,) = rules["parameters"][name]["values"]
    rules["parameters"][name]["values"] = {first: changed}
    file = portfolio.folder / RULES_FILE.name
    file.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(inputs, "RULES_FILE", file)
    assert result(portfolio) != before

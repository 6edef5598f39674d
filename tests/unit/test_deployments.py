"""What prefect.yaml promises holds against the rules file and the flows."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect import flow
from prefect.exceptions import ObjectNotFound, SignatureMismatchError
from prefect.server.schemas.schedules import CronSchedule
from prefect.utilities.callables import parameters_to_args_kwargs

from flows import deployed
from flows.server.schedules import SETTLEMENT, set_schedules
from flows.settle import year_due
from tasks.base.errors import InputError
from tasks.base.paths import PROJECT
from tasks.prefect_run.ended import REFUSED
from tasks.rules.model import load_rules
from tests.support.portfolio import cpr

DEPLOYMENTS: dict[str, dict[str, Any]] = {
    deployment["entrypoint"].rsplit(".", 1)[1]: deployment
    for deployment in yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
}
FLOWS = ("receive", "settle", "backfill", "release", "fidelity", "evaluate")


def _crons(flow: str) -> list[str]:
    return [schedule["cron"] for schedule in DEPLOYMENTS[flow].get("schedules", [])]


def _schema(flow: str) -> dict[str, Any]:
    module, _, name = DEPLOYMENTS[flow]["entrypoint"].rpartition(".")
    fields: dict[str, Any] = getattr(import_module(module), name).parameters.properties
    return fields


def test_each_flow_has_one_deployment() -> None:
    assert tuple(DEPLOYMENTS) == FLOWS
    assert f"settle/{DEPLOYMENTS['settle']['name']}" == SETTLEMENT


def test_the_settlement_is_scheduled_on_the_day_of_the_rules_calendar() -> None:
    (cron,) = _crons("settle")
    _, _, day, month, weekday = cron.split()
    days = {
        (str(days.settlement_date.day), str(days.settlement_date.month))
        for days in load_rules().calendar.years.values()
    }
    assert {(day, month)} == days
    assert weekday == "*"


def test_the_schedule_is_off_once_the_calendar_has_ended() -> None:
    calendar = load_rules().calendar
    last = max(days.settlement_date for days in calendar.years.values())
    assert not calendar.has_ended(last)
    assert calendar.has_ended(last + timedelta(days=1))
    client = Mock()
    client.read_deployment_by_name.return_value = SimpleNamespace(
        id="settle", schedules=[SimpleNamespace(id="on", active=True), SimpleNamespace(id="off", active=False)]
    )
    set_schedules(client, is_on=False)
    client.update_deployment_schedule.assert_called_once_with("settle", "on", active=False)


def test_a_schedule_of_nothing_deployed_is_wrong_input() -> None:
    client = Mock()
    client.read_deployment_by_name.side_effect = ObjectNotFound(http_exc=OSError())
    with pytest.raises(InputError, match=r"^The server has no deployment settle/jobfirst: deploy it first"):
        set_schedules(client, is_on=True)


def test_on_the_settlement_day_the_year_before_is_due_and_on_no_other_day() -> None:
    for year, days in load_rules().calendar.years.items():
        assert year_due(days.settlement_date) == year
        with pytest.raises(InputError, match=f"No year is settled on {year}-02-14"):
            year_due(date(year, 2, 14))


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (("settle", "year", "anyOf", 0, "enum"), [2016, 2017]),
        (("backfill", "from_year", "enum"), [2016, 2017]),
        (("release", "years", "items", "enum"), [2016, 2017]),
        (("release", "years", "minItems"), 1),
        (("settle", "as_known_at", "anyOf", 0, "format"), "date-time"),
        (("evaluate", "hours", "anyOf", 0, "format"), "path"),
    ],
)
def test_the_form_has_choices_and_checks(path: tuple[Any, ...], allowed: object) -> None:
    flow, name, *rest = path
    found: Any = _schema(flow)[name]
    for step in rest:
        found = found[step]
    assert found == allowed


@pytest.mark.parametrize("flow", FLOWS)
def test_every_field_of_the_form_says_what_it_is(flow: str) -> None:
    fields = _schema(flow)
    assert fields or flow == "receive"
    for name, field in fields.items():
        assert field["description"], name
        assert {"type", "anyOf"} & set(field), name


@pytest.mark.parametrize(
    ("text", "is_allowed"),
    [
        ("late deliveries", True),
        (f"for {cpr(1)}", False),
        (f"{cpr(2)[:6]}-{cpr(2)[6:]}", False),
        (f"{cpr(3)[:6]}\u200e{cpr(3)[6:]}", False),
        ("\uff16\uff11\uff10\uff11\uff17\uff10-\uff10\uff10\uff10\uff14", False),
        ("1234567890123", True),
        ("Åse – “sen” fra 2017-03-08 til 2017-03-09 ’", True),
        ("\u200eaftalt 2017-03-08", True),
    ],
)
def test_a_personal_number_is_no_reason(text: str, is_allowed: bool) -> None:
    pattern = _schema("backfill")["reason"]["pattern"]
    assert (re.search(pattern, text) is not None) == is_allowed


HIDDEN = [f"{cpr(5)[:6]}{sign}{cpr(5)[6:]}" for sign in "\u00ad\u200b\u200e\u0301\ufe0f\U000e0001"]
HIDDEN += [f"{cpr(6)[0]}\u200b{cpr(6)[1:]}", "".join(chr(0xFF10 + int(digit)) for digit in cpr(7))]


def _texts(found: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give all texts within a schema, beneath whatever they lie, with where they are."""
    if isinstance(found, dict):
        if found.get("type") == "string":
            yield where, found
        for name, one in found.items():
            yield from _texts(one, f"{where}.{name}")
    elif isinstance(found, list):
        for one in found:
            yield from _texts(one, where)


@pytest.mark.parametrize("flow", FLOWS)
def test_no_text_of_a_form_may_hold_a_personal_number(flow: str) -> None:
    """Prefect keeps a run's parameters as they came."""
    module, _, name = DEPLOYMENTS[flow]["entrypoint"].rpartition(".")
    schema = getattr(import_module(module), name).parameters
    for where, text in [*_texts(schema.properties, flow), *_texts(schema.definitions, flow)]:
        for number in (cpr(1), f"{cpr(2)[:6]}-{cpr(2)[6:]}", f"/srv/{cpr(3)}.csv", f"2017-02-01 {cpr(4)}", *HIDDEN):
            assert re.search(text["pattern"], number) is None, where


@pytest.mark.parametrize("flow", ["receive", "settle"])
def test_schedules_are_in_danish_time(flow: str) -> None:
    schedules = DEPLOYMENTS[flow]["schedules"]
    assert schedules
    for schedule in schedules:
        assert ZoneInfo(schedule["timezone"]) == ZoneInfo("Europe/Copenhagen")


def test_prefect_finds_the_next_settlement_day() -> None:
    (schedule,) = DEPLOYMENTS["settle"]["schedules"]
    known = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    found = asyncio.run(known.get_dates(2, start=datetime(2017, 1, 1, tzinfo=ZoneInfo("UTC"))))
    assert [str(moment) for moment in found] == ["2017-02-15 06:00:00+01:00", "2018-02-15 06:00:00+01:00"]


@pytest.mark.parametrize("flow", ["backfill", "release", "fidelity", "evaluate"])
def test_what_a_person_decides_is_not_scheduled(flow: str) -> None:
    assert _crons(flow) == []


@pytest.mark.parametrize("flow", FLOWS)
def test_one_run_at_a_time_in_the_shared_pool_with_checked_parameters(flow: str) -> None:
    deployment = DEPLOYMENTS[flow]
    assert deployment["work_pool"]["name"] == "jobfirst"
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert deployment["enforce_parameter_schema"] is True


@pytest.mark.parametrize("flow", FLOWS)
def test_the_folders_are_the_deployments_and_no_field_of_the_form(
    flow: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, run = getattr(import_module(f"flows.{flow}"), flow), getattr(deployed, flow)
    assert run.name == command.name
    asked = set(command.parameters.properties) & set(deployed.FOLDERS)
    assert asked
    assert set(command.parameters.properties) - set(run.parameters.properties) == asked
    assert not set(deployed.FOLDERS) & set(re.findall(r"^ +(\w+): ", run.description or "", re.MULTILINE))
    assert "parameters" not in DEPLOYMENTS[flow]
    variables = DEPLOYMENTS[flow]["work_pool"]["job_variables"]["env"]
    for name in deployed.FOLDERS:
        variable = f"JOBFIRST_{name.upper()}"
        assert variables[variable] == f"{{{{ ${variable} }}}}"
        monkeypatch.setenv(variable, str(tmp_path / name))
    assert deployed.folders() == {name: tmp_path / name for name in deployed.FOLDERS}
    with pytest.raises(SignatureMismatchError):
        parameters_to_args_kwargs(run.fn, {"home": tmp_path / "elsewhere"})
    assert list(tmp_path.iterdir()) == []


def test_a_run_gets_its_parameters_by_place_or_by_name_and_its_folders_besides(monkeypatch: pytest.MonkeyPatch) -> None:
    @flow(name="given", flow_run_name="given", validate_parameters=False)
    def given(first: int, register: Path, inbox: Path, home: Path = Path("var"), last: str = "") -> list[object]:
        return [first, register, inbox, home, last]

    for name in deployed.FOLDERS:
        monkeypatch.setenv(f"JOBFIRST_{name.upper()}", name)
    run = deployed.deployed(given).fn
    assert run(1) == [1, Path("register"), Path("inbox"), Path("home"), ""]
    assert run(1, "by place") == run(last="by place", first=1) == [1, *map(Path, deployed.FOLDERS), "by place"]


def test_what_a_run_writes_is_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker's process has whichever mask it was started with."""

    @flow(name="written", flow_run_name="written", validate_parameters=False)
    def written(home: Path) -> None:
        (home / "letters").mkdir()
        (home / "letters" / "JF-187.html").touch()

    monkeypatch.setenv("JOBFIRST_HOME", str(tmp_path))
    before = os.umask(0)
    try:
        deployed.deployed(written).fn()
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o027 for path in tmp_path.rglob("*")] == [0, 0]


@pytest.mark.parametrize("name", deployed.FOLDERS)
def test_a_folder_that_the_deployment_does_not_name_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in deployed.FOLDERS:
        monkeypatch.setenv(f"JOBFIRST_{one.upper()}", " " if one == name else "somewhere")
    with pytest.raises(InputError, match=f"names no {name}: set JOBFIRST_{name.upper()}"):
        deployed.folders()


def test_the_form_of_a_release_asks_for_its_drafts() -> None:
    assert deployed.release.parameters.required == ["years", "drafts", "approved_by"]
    assert "don't prove" in _schema("release")["signature"]["description"]


def test_a_refused_run_is_told_and_is_none_that_went_silent() -> None:
    """The state of a refused run has a name of its own, and Prefect names the event after it."""
    file = yaml.safe_load((PROJECT / "automations.yaml").read_text(encoding="utf-8"))
    expected = [set(one["trigger"]["expect"]) for one in file["automations"]]
    failed = [one for one in expected if "prefect.flow-run.Failed" in one]
    assert len(failed) == 2
    assert all(f"prefect.flow-run.{REFUSED}" in one for one in failed)


@pytest.mark.parametrize(
    ("name", "parameters", "told"),
    [
        ("release", {"years": [2016, 2017]}, "release 2016 2017"),
        ("release", {"years": [2016], "plan": False, "as_known_at": None}, "release 2016"),
        ("release", {"years": [2016], "plan": True}, "release 2016 --plan"),
        ("release", {"years": [2016], "as_known_at": "2017-04-01"}, "release 2016 as-known-at"),
        ("settle", {"year": 2016}, "settle 2016"),
        ("settle", {"year": 2016, "as_known_at": "2017-04-01"}, "settle 2016 as-known-at"),
    ],
)
def test_a_run_that_posts_or_drafts_nothing_has_a_name_that_says_so(
    monkeypatch: pytest.MonkeyPatch, name: str, parameters: dict[str, Any], told: str
) -> None:
    """In a list of runs, a plan that completed would otherwise look like money that was released."""
    module = import_module(f"flows.{name}")
    monkeypatch.setattr(module, "flow_run", SimpleNamespace(parameters=parameters))
    assert getattr(module, name).flow_run_name() == told

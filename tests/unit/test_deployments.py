"""What prefect.yaml promises holds against the rules file and the flows."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tasks.paths import PROJECT
from tasks.rules.model import load_rules

DEPLOYMENTS: dict[str, dict[str, Any]] = {
    deployment["entrypoint"].rsplit(".", 1)[1]: deployment
    for deployment in yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
}
FLOWS = ("receive", "settle", "backfill", "release")


def _crons(flow: str) -> list[str]:
    return [schedule["cron"] for schedule in DEPLOYMENTS[flow].get("schedules", [])]


def test_each_flow_has_one_deployment() -> None:
    assert tuple(DEPLOYMENTS) == FLOWS


def test_the_settlement_is_scheduled_on_the_day_of_the_rules_calendar() -> None:
    (cron,) = _crons("settle")
    _, _, day, month, weekday = cron.split()
    days = {
        (str(days.settlement_date.day), str(days.settlement_date.month))
        for days in load_rules().calendar.years.values()
    }
    assert {(day, month)} == days
    assert weekday == "*"


@pytest.mark.parametrize("flow", ["receive", "settle"])
def test_schedules_are_in_danish_time(flow: str) -> None:
    for schedule in DEPLOYMENTS[flow]["schedules"]:
        assert ZoneInfo(schedule["timezone"]) == ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize("flow", ["backfill", "release"])
def test_what_a_person_decides_is_not_scheduled(flow: str) -> None:
    assert _crons(flow) == []


@pytest.mark.parametrize("flow", FLOWS)
def test_one_run_at_a_time_in_the_shared_pool_with_checked_parameters(flow: str) -> None:
    deployment = DEPLOYMENTS[flow]
    assert deployment["work_pool"] == {"name": "jobfirst"}
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}
    assert deployment["enforce_parameter_schema"] is True
    assert deployment["parameters"] == {
        name: f"{{{{ $JOBFIRST_{name.upper()} }}}}" for name in ("register", "inbox", "home")
    }

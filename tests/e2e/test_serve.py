"""Everything on one machine, as an operator has it: deployments, runs and their story, messages, crashes, ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from flows.server.running import answers
from tests.support.files import hashes
from tests.support.portfolio import Portfolio, cpr
from tests.support.releasing import JF, OTHER, deliver
from tests.support.serving import RUN_SECONDS, Refused, Served, is_alive, wait_for, webhook

MESSAGE_SECONDS = 300
pytestmark = pytest.mark.long


@dataclass
class House:
    """What is served now, from which folders, and what the webhook was sent."""

    served: Served
    portfolio: Portfolio
    told: list[dict[str, str]]
    webhook: str

    def told_of(self, *words: str) -> dict[str, str]:
        """Wait for a message with all the words."""
        return wait_for(
            lambda: next((one for one in self.told if all(word in json.dumps(one) for word in words)), None),
            MESSAGE_SECONDS,
        )

    def restart(self) -> None:
        """Serve again, on the same home."""
        self.served = Served(self.portfolio, self.served.home, self.webhook)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("serve")
    portfolio = Portfolio(folder)
    delivery = portfolio.project(JF).delivery("2017-12-31")
    delivery.started(20, "2016-03-01")
    delivery.wages("2017-05-31", "1.000,00")
    delivery.write(portfolio.inbox)
    deliver(portfolio.inbox, portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
    portfolio.write_register()
    with webhook() as (url, told):
        house = House(Served(portfolio, folder / "home", url), portfolio, told, url)
        try:
            yield house
        finally:
            if house.served.process.poll() is None:
                house.served.kill()


def test_a_backfill_shows_its_plan_and_drafts_the_years_in_order(house: House) -> None:
    command = "prefect deployment run backfill/jobfirst -p from_year=2016 -p to_year=2017 --watch"
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        env=house.served.environment | {"PREFECT_API_URL": house.served.url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr + house.served.log.read_text(encoding="utf-8")
    (run,) = house.served.ask("/flow_runs/filter", flows={"name": {"any_": ["backfill"]}})
    assert run["name"] == "backfill 2016-2017"
    shown = house.served.artifacts(run["id"])
    assert [one["key"] for one in shown[:2]] == ["plan-2016-2017", "letters-2016"]
    keys = {"settlement-2017", "holds-2016", "rejected-rows-2017", "forecast-2017", "files-2017"}
    assert {one["key"] for one in shown} >= keys
    plan = json.loads(shown[0]["data"])
    assert [(row["Year"], row["Project"], row["Difference, kr."]) for row in plan] == [
        (2016, JF, "120.000,00"),
        (2016, OTHER, "12.000,00"),
        (2017, JF, "1.000,00"),
    ]
    assert (house.served.home / "out" / "2016" / "letters" / f"{JF}.pdf").exists()
    tasks = {one["name"] for one in house.served.ask("/task_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})}
    assert "letters 2016 · 2 projects" in tasks


def test_a_settlement_with_holds_is_told(house: House) -> None:
    message = house.told_of("settlement 2016 has holds")
    assert "12.000,00 kr. wait" in message["text"]
    assert f"{house.served.url.removesuffix('/api')}/runs/flow-run/" in message["text"]


@pytest.mark.parametrize(
    ("flow", "parameters"),
    [
        ("backfill", {"from_year": 2015, "to_year": 2017}),
        ("backfill", {"from_year": 2016, "to_year": 2017, "reason": f"For {cpr(3)}"}),
        ("settle", {"year": "soon"}),
        ("settle", {"year": 2016, "as_known_at": ""}),
        ("settle", {"year": 2016, "as_known_at": cpr(5)}),
        ("settle", {"year": 2016, "cluster": cpr(5)}),
        ("evaluate", {"hours": f"/srv/{cpr(5)}.csv"}),
        ("release", {"years": [2016], "drafts": [cpr(5)], "approved_by": "Bo"}),
        ("release", {"years": [2016], "drafts": ["00000000"], "approved_by": "Bo", "signature": cpr(5)}),
        ("release", {"years": [], "drafts": ["00000000"], "approved_by": "Bo Holm"}),
        ("release", {"years": [2016], "approved_by": "Bo Holm"}),
        ("release", {"years": [2016], "drafts": ["00000000"], "approved_by": " "}),
        (
            "release",
            {
                "years": [2016],
                "drafts": ["00000000"],
                "approved_by": "Bo",
                "waivers": [{"project": JF, "code": "P04", "reason": cpr(4)}],
            },
        ),
    ],
)
def test_what_the_form_does_not_allow_becomes_no_run(house: House, flow: str, parameters: dict[str, object]) -> None:
    with pytest.raises(Refused, match="409"):
        house.served.start_run(flow, **parameters)


def test_a_run_on_a_day_that_settles_no_year_fails_and_is_told(house: House) -> None:
    run = house.served.start_run("settle")
    assert house.served.ended(run) == "Failed"
    assert "No year is settled on" in house.told_of("settle", "Failed")["text"]


def test_a_late_run_is_told(house: House) -> None:
    house.served.pause(is_paused=True)
    run = house.served.start_run("receive")
    assert "It waits for a worker" in house.told_of("Late")["text"]
    house.served.pause(is_paused=False)
    assert house.served.ended(run) == "Completed"


def test_killed_runs_leave_nothing_that_blocks(house: House) -> None:
    """First a run's process alone, which its worker reports; then all at once, which the next start reports."""
    assert house.served.ended(house.served.start_run("settle", year=2016)) == "Completed"
    before = hashes(house.served.home / "out" / "2016")
    run = house.served.start_run("settle", year=2016)
    os.kill(house.served.holder(), signal.SIGKILL)
    assert house.served.ended(run) == "Crashed"
    house.told_of("settle 2016", "Crashed")

    run = house.served.start_run("settle", year=2016)
    wait_for(lambda: house.served.state(run)["type"] == "RUNNING", RUN_SECONDS)
    house.served.kill()
    house.restart()
    assert house.served.state(run)["name"] == "Crashed"

    (house.served.home / "out" / "2016" / "report.html").unlink()
    assert house.served.ended(house.served.start_run("settle", year=2016)) == "Completed"
    assert hashes(house.served.home / "out" / "2016") == before


def test_ctrl_c_ends_all_of_it(house: House) -> None:
    processes = house.served.processes()
    assert len(processes) >= 3
    assert house.served.end() == 0
    wait_for(lambda: not any(map(is_alive, processes)), RUN_SECONDS)
    assert not answers(house.served.url)
    assert not (house.served.home / "prefect" / "served.url").exists()

"""What a run shows on its page in Prefect and in events; no personal number in any of it."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from prefect.logging.handlers import APILogWorker

from flows.commands.cli import command
from flows.receive import receive
from flows.settle import settle
from tasks.base.errors import InputError
from tasks.letters import task as letters_task
from tasks.prefect_run import page as runpage
from tests.support.portfolio import Portfolio, cpr
from tests.support.prefect_page import shown
from tests.support.releasing import JF, OTHER, deliver

PLANTED = [cpr(number, 1962) for number in range(12)]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Collect the events that are raised."""
    raised: list[dict[str, Any]] = []
    monkeypatch.setattr(runpage, "emit_event", lambda **event: raised.append(event))
    return raised


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portfolio:
    """Two projects, one of which is held and has a refused delivery; numbers planted where people write."""
    portfolio = Portfolio(tmp_path)
    deliver(portfolio.inbox, portfolio.project(JF), starts=1, waiting=0)
    deliver(portfolio.inbox, portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
    portfolio.write_register()
    projects = portfolio.register / "projekter.csv"
    projects.write_text(projects.read_text().replace("16/000", PLANTED[0]).replace("Kontakt", PLANTED[1]))
    borgere = portfolio.inbox / JF / "2016-12-31" / "borgere.csv"
    borgere.write_text(borgere.read_text() + f"{PLANTED[2]};{PLANTED[3]};{PLANTED[4]};x;x;x;x;x;{PLANTED[5]}\n")
    refused = portfolio.inbox / OTHER / "2017-01-31"
    refused.mkdir()
    (refused / "borgere.csv").write_text(f"borger_id;{PLANTED[6]};{PLANTED[6]}\n1;{PLANTED[7]};2\n")
    (portfolio.inbox / OTHER / PLANTED[8]).mkdir()
    (portfolio.inbox / f"{PLANTED[9]}.txt").touch()
    for name in ("register", "inbox", "home"):
        monkeypatch.setenv(f"JOBFIRST_{name.upper()}", str(tmp_path / name))
    return portfolio


def kept_by_prefect() -> str:
    """Give all that the server has in its database."""
    APILogWorker.drain_all(timeout=300, at_exit=False)
    database = sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")
    try:
        return "\n".join(database.iterdump())
    finally:
        database.close()


def _planted_in(text: str) -> list[str]:
    return [number for number in PLANTED if number in text or f"{number[:6]}-{number[6:]}" in text]


def test_a_refused_delivery_is_shown_with_how_to_mend_it_and_told_once(
    portfolio: Portfolio, tmp_path: Path, events: list[dict[str, Any]]
) -> None:
    first = receive(portfolio.register, portfolio.inbox, tmp_path / "home")
    assert (first.deliveries, first.accepted, first.refused) == (4, 2, 2)
    assert first.strays == ["******-****.txt"]
    codes = {(one.project_id, one.delivery): set() for one in first.waiting}  # type: dict[tuple[str, str], set[str]]
    for one in first.waiting:
        codes[one.project_id, one.delivery].add(one.code)
        assert one.is_new
        assert one.mend_da
    assert codes == {(OTHER, "2017-01-31"): {"F02", "F03"}, (OTHER, "******-****"): {"F02", "F05"}}
    (event,) = events
    assert event["event"] == "jobfirst.delivery.refused"
    assert event["payload"]["projects"] == [OTHER]
    kept = kept_by_prefect()
    assert "refused-deliveries" in kept
    assert "Indberetningen 2017-01-31 er ikke modtaget. F02: tabellerne forloeb og udgifter mangler" in kept
    assert _planted_in(kept) == []

    again = receive(portfolio.register, portfolio.inbox, tmp_path / "home")
    assert (again.read, again.accepted, again.refused) == (2, 0, 0)
    assert [one.code for one in again.waiting] == [one.code for one in first.waiting]
    assert len(events) == 1

    deliver(portfolio.inbox, portfolio.projects[1], starts=2, as_of="2017-02-28")
    assert receive(portfolio.register, portfolio.inbox, tmp_path / "home").waiting == []


def test_a_settlement_and_a_backfill_tell_their_story(
    portfolio: Portfolio, events: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["settle", "2016"]) == 0
    # Whichever run meets a refused delivery first reports it.
    refused, held = events
    assert (refused["event"], refused["payload"]["projects"]) == ("jobfirst.delivery.refused", [OTHER])
    assert held["resource"]["prefect.resource.id"] == "jobfirst.settlement.2016"
    assert held["payload"]["holds"] == {JF: ["P06"], OTHER: ["P04", "P05"]}
    assert "Indberetningen 2017-01-31 er ikke modtaget" in shown("refused-deliveries")[0]
    assert command(["backfill", "2016", "2017", "--project", JF, "--reason", f"for {PLANTED[10]}"]) == 0
    kept = kept_by_prefect()
    for told in ("settlement", "holds", "beside-holds", "rejected-rows", "files", "letters", "plan"):
        assert f"'{told}-2016{'-2017' if told == 'plan' else ''}'" in kept
    assert "No accepted delivery covers the year to 2016-12-31" in kept
    assert f"of {JF}, because: for ******-****: up 6.000,00 kr." in kept
    assert_each_leads_to_report_letters_and_validation(portfolio.folder / "home" / "out" / "2016")
    assert _planted_in(kept + capsys.readouterr().err) == []


def assert_each_leads_to_report_letters_and_validation(out: Path) -> None:
    keys = ("settlement", "holds", "beside-holds", "rejected-rows", "forecast", "files", "letters", "lineage", "plan")
    for key in keys:
        told = " ".join(shown(f"{key}-2016{'-2017' if key == 'plan' else ''}"))
        for file in ("report.html", "letters/", "validation/index.html"):
            assert f"({out.as_uri()}/{file})" in told, (key, file)


def test_an_error_that_quotes_a_value_is_told_without_it(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def quoting(*_: object) -> None:
        raise ValueError(f"could not set {PLANTED[11]}")

    monkeypatch.setattr(letters_task, "render_letters", quoting)
    assert command(["settle", "2016"]) == 3
    assert "an internal failure, ValueError in tests/flows/test_story.py" in capsys.readouterr().err
    kept = kept_by_prefect()
    assert "an internal failure, ValueError in tests/flows/test_story.py" in kept
    assert _planted_in(kept) == []


@pytest.mark.parametrize(("moment", "year"), [("2017-02-15T05:00:00Z", 2016), ("2018-02-14T23:30:00Z", 2017)])
def test_without_a_year_the_one_that_is_due_is_settled(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, year: int
) -> None:
    of_the_run = SimpleNamespace(scheduled_start_time=datetime.fromisoformat(moment), parameters={"year": None})
    monkeypatch.setattr("flows.settle.flow_run", of_the_run)
    (portfolio.register / "projekter.csv").unlink()
    with pytest.raises(InputError, match="projekter"):
        settle(portfolio.register, portfolio.inbox, tmp_path / "home")
    assert f"'settle {year}'" in kept_by_prefect()


def test_on_a_day_that_settles_nothing_the_run_says_so(portfolio: Portfolio, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No year is settled on"):
        settle(portfolio.register, portfolio.inbox, tmp_path / "home")

"""The release as a user runs it: the commands, their exit status, and the story that the run tells."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import command
from tests.support.files import hashes
from tests.support.portfolio import Portfolio, cpr
from tests.support.prefect_page import shown as page
from tests.support.releasing import JF, OTHER, deliver


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portfolio:
    portfolio = Portfolio(tmp_path)
    deliver(portfolio.inbox, portfolio.project(JF), starts=1)
    deliver(portfolio.inbox, portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
    portfolio.write_register()
    for name in ("register", "inbox", "home"):
        monkeypatch.setenv(f"JOBFIRST_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("JOBFIRST_PREPARED_BY", "Anna Hansen")
    return portfolio


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """Run a command; give its exit status, what it printed as JSON, and what it said."""
    status = command([*arguments, "--json"])
    printed = capsys.readouterr()
    return status, json.loads(printed.out or "null"), printed.err


def test_settle_release_ledger_and_release_again(portfolio: Portfolio, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["settle", "2016"]) == 0
    drafted = re.search(r"jobfirst release 2016 --draft ([0-9a-f]{12}) --approved-by NAME", capsys.readouterr().out)
    assert drafted is not None
    status, _, said = run(capsys, "release", "2016", "--draft", "00000000", "--approved-by", "Bo Holm")
    assert status == 1
    assert f"The newest draft of 2016 is {drafted[1]}, and --draft approves 00000000" in said
    status, _, said = run(capsys, "release", "2016", "--draft", drafted[1], "--approved-by", "ANNA HANSEN")
    assert status == 1
    assert "Anna Hansen prepared the draft of 2016 and can't approve it" in said

    number = cpr(7, 1961)
    waiver = ("--waive", f"{OTHER}:P04", "--reason", f"Set for {number}.")
    accepted = ("--accept", "H03", "--reason", "En prøve på én maskine.")
    approved = ("--draft", drafted[1], "--approved-by", "Bo Holm", *accepted)
    status, released, _ = run(capsys, "release", "2016", *approved, *waiver)
    assert status == 0
    (year,) = released["years"]
    assert (released["to_pay_dkk"], year["waived"], year["held"]) == ("18000.00", 1, {})
    names, parameters = told()
    assert names == {"release 2016"}
    assert "Bo Holm" in parameters
    assert number not in parameters

    assert_the_page_tells(portfolio, released, year["run"])
    status, shown, _ = run(capsys, "ledger")
    assert status == 0
    assert [entry["amount_dkk"] for entry in shown["entries"]] == ["6000.00", "0.00", "12000.00", "0.00"]
    assert shown["entries"][2]["waivers"] == [{"code": "P04", "reason": "Set for ******-****."}]
    assert shown["newest_sha256"] == released["ledger_sha256"]
    assert run(capsys, "ledger", "verify")[0] == 0

    status, again, _ = run(capsys, "release", "2016", *approved[:4], *waiver)
    assert status == 0
    assert again["years"][0]["run"] is None

    known_at = datetime.now(UTC).isoformat()
    status, replayed, _ = run(capsys, "release", "2016", "--as-known-at", known_at)
    assert status == 0
    assert hashes(Path(replayed["years"][0]["out"])) == hashes(Path(year["out"]))
    assert (year["is_replay"], replayed["years"][0]["is_replay"]) == (False, True)
    assert replayed["years"][0]["posted_at"] == year["posted_at"]
    assert run(capsys, "release", "2016", "--as-known-at", known_at, "--project", JF)[0] == 2


def assert_the_page_tells(portfolio: Portfolio, released: dict[str, Any], name: str) -> None:
    """Assert that the run's page says what was posted, by whom, why, and where everything lies."""
    text, description = page("release-2016")
    assert f"### 2016: {name}" in text
    assert f"Released: {name}; to pay out 18.000,00 kr." in description
    assert f"| {OTHER} | udbetaling | 12.000,00 | 3, 4 |" in text
    assert f"- {OTHER}, P04 (" in text
    assert "Set for " in text
    assert "******" in text.replace("\\", "")
    assert "- H03: En prøve på én maskine." in text
    assert f"4 entries; the newest hash is `{released['ledger_sha256']}`" in text
    out = portfolio.folder / "home" / "out" / "2016"
    for path in ("report.html", "letters/", "validation/index.html", f"released/{name}/letters/"):
        assert f"({out.as_uri()}/{path})" in text, path
    way, _ = page("lineage-2016")
    assert re.search(rf"\\| {JF} \\| 2016-12-31 \\| .* \\| 6\\.000,00 \\| 1-2 \\({name}\\): 6\\.000,00 \\|", way), way


def told() -> tuple[set[str], str]:
    """Give the names and the parameters of every release run that Prefect holds."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowFilter

    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(flow_filter=FlowFilter.model_validate({"name": {"any_": ["release"]}}))
    return {one.name for one in runs}, json.dumps([one.parameters for one in runs], default=str)

"""How a release is asked for on the command line, and what the ledger commands say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows.commands.cli import command
from flows.commands.release import as_text, reasoned
from tasks.base.errors import InputError
from tasks.base.person import account
from tasks.letters.kind import Kind
from tasks.release.approval import AcceptedFinding, Approval, WaivedHold, approve
from tasks.release.summary import Decided, Released, ReleasedYear
from tasks.warehouse.connection import open_warehouse
from tests.support.ledger_examples import append_release

REASON = ("--reason", "Set og godkendt.")


def test_each_waiver_has_the_reason_after_it() -> None:
    given = [("--waive", "JF-187:p02"), ("--reason", "Én mangler."), ("--waive", "PORTFOLIO:B01"), REASON]
    assert approve("Bo", None, reasoned(given)[0]).waivers == (
        WaivedHold("JF-187", "P02", "Én mangler."),
        WaivedHold("PORTFOLIO", "B01", "Set og godkendt."),
    )


@pytest.mark.parametrize(
    "given",
    [
        [("--waive", "JF-187:P02")],
        [REASON],
        [("--waive", "JF-187:P02"), REASON, REASON],
        [("--waive", "JF-187:P02"), ("--waive", "JF-187:P01"), REASON, REASON],
    ],
)
def test_a_waiver_without_its_reason_is_wrong(given: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError, match="write them in pairs"):
        reasoned(given)


@pytest.mark.parametrize(
    ("reason", "is_enough"),
    [("Ti tegn nu", True), ("Ni tegn n", False), ("  Ni tegn n  ", False), (" Ti tegn nu ", True)],
)
def test_a_reason_has_at_least_ten_characters(reason: str, is_enough: bool) -> None:
    for given in (
        {"waivers": [WaivedHold("JF-187", "P02", reason)]},
        {"waivers": [], "accepted": [AcceptedFinding("H02", reason)]},
    ):
        if is_enough:
            assert approve("Bo", None, **given).approved_by == "Bo"  # type: ignore[arg-type]
        else:
            with pytest.raises(InputError, match="a reason has at least 10 characters"):
                approve("Bo", None, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("hold", ["P02", "JF-187:", ":P02", "JF-187 P02"])
def test_a_hold_is_written_as_project_and_code(hold: str) -> None:
    with pytest.raises(InputError, match="write it as PROJECT:CODE"):
        reasoned([("--waive", hold), REASON])


def test_an_approval_may_come_as_the_parameters_of_a_deployment() -> None:
    given = {"project": "JF-187", "code": "P02", "reason": "Set og godkendt."}
    assert approve("Bo", ["JF-187"], [given]) == Approval(
        "Bo", ("JF-187",), (WaivedHold("JF-187", "P02", "Set og godkendt."),), approved_as=account()
    )
    with pytest.raises(InputError, match="and nothing else"):
        approve("Bo", None, [given | {"amount": "1"}])


@pytest.mark.parametrize("approver", ["", "  "])
def test_somebody_approves(approver: str) -> None:
    with pytest.raises(InputError, match="name who approves"):
        approve(approver, None, [])


@pytest.mark.parametrize("draft", ["04f6b0c", "04f6b0cg", "", "0" * 65])
def test_a_draft_is_named_by_its_fingerprint(draft: str) -> None:
    with pytest.raises(InputError, match="the first 8 digits of its fingerprint"):
        approve("Bo", None, [], [draft])


@pytest.mark.parametrize(
    ("years", "drafts"), [(["2016"], []), (["2016", "2017"], ["04f6b0c2"]), (["2017", "2016"], [])]
)
def test_a_release_names_a_draft_of_each_year(
    years: list[str], drafts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [f"--{name}={tmp_path}" for name in ("register", "inbox", "home")]
    named = [f"--draft={draft}" for draft in drafts]
    assert command(["release", *years, *named, "--approved-by", "Bo", *folders]) == 2
    assert f"Name with --draft which draft of {', '.join(sorted(years))} you approve" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_replay", [False, True])
def test_a_release_that_is_made_again_does_not_tell_of_money_now(is_replay: bool) -> None:
    year = ReleasedYear(
        year=2016,
        fingerprint="ab" * 32,
        prepared_by="Anna",
        approved_by="Bo",
        run="2016-abababababab-1",
        decided=(Decided("JF-187", Kind.UDBETALING, Decimal("6000.00")),),
        waived=0,
        held={},
        unchanged=(),
        released_before=(),
        not_chosen=0,
        out=Path("out"),
        posted_at=datetime(2018, 2, 15, 9, 15, tzinfo=UTC),
        is_replay=is_replay,
    )
    text = as_text(Released((year,), None, 2, "cd" * 32))
    assert "prepared by Anna, approved by Bo\n  Posted 2018-02-15 10:15:00 CET" in text
    assert ("made again: nothing is posted or paid now" in text) == is_replay
    assert ("Released now" in text) != is_replay
    assert ("To pay out" in text) != is_replay
    assert ("Paid out then" in text) == is_replay


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_warehouse(tmp_path) as connection:
        append_release(connection, tmp_path, 1)
        append_release(connection, tmp_path, 9)
    return tmp_path


def test_the_ledger_as_a_table(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["ledger", "--home", str(home)]) == 0
    header, first, *_, count, newest = capsys.readouterr().out.splitlines()
    assert header.split() == ["No.", "Posted", "Project", "Year", "Component", "Amount", "Approved", "by"]
    assert first.split() == ["1", "2018-02-15", "02:15:00", "CET", "JF-0", "2017", "activity", "-1.000,01", "bo"]
    assert count == "12 entries, the newest with hash"
    assert len(newest.strip()) == 64


def test_the_ledger_as_known_at(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["ledger", "--home", str(home), "--as-known-at", "2018-02-15T05:00"]) == 0
    assert "6 entries" in capsys.readouterr().out


def test_what_cant_be_healed_is_reported_as_any_other_finding(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "ledger.head").write_bytes(b"torn")
    assert command(["ledger", "verify", "--json", "--home", str(home)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["is_sound"], found["entries"]) == (False, 12)
    assert found["finding"] == "ledger.head is not as it was written."
    assert command(["ledger", "--home", str(home)]) == 0
    assert "The ledger does not verify now. ledger.head is not as it was written." in capsys.readouterr().out


def test_verify_names_the_first_bad_entry(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["ledger", "verify", "--home", str(home)]) == 0
    assert "The ledger verifies: 12 entries" in capsys.readouterr().out
    lines = (home / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (home / "ledger.jsonl").write_bytes(b"".join([*lines[:6], *lines[7:]]))
    assert command(["ledger", "verify", "--home", str(home)]) == 1
    assert "The ledger does not verify. Entry 7: in ledger.jsonl another entry stands" in capsys.readouterr().out
    assert command(["ledger", "--home", str(home)]) == 0
    assert "The ledger does not verify now. Entry 7: in ledger.jsonl another entry" in capsys.readouterr().out


def test_a_home_without_a_ledger_is_wrong_input_and_stays_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(["ledger", "verify", "--home", str(tmp_path)]) == 2
    assert "holds no ledger" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

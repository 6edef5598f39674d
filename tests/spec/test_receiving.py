"""What comes of a delivery over time: received, replaced, refused, received again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.settle import take_in
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.moment import Moment
from tasks.base.progress import Lines
from tasks.base.run import Run
from tasks.intake import delivery, inbox, receive
from tasks.intake.delimited import read_delimited
from tasks.intake.delivery import read_delivery
from tasks.intake.inbox import places_of
from tasks.intake.key import KEY_FILE, KEY_VARIABLE
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import Delivery, Portfolio
from tests.support.settling import LONG_AFTER, settled


def delivered(portfolio: Portfolio, *, starts: int, as_of: str = "2016-12-31") -> Delivery:
    """Deliver a number of starts."""
    project = portfolio.projects[0] if portfolio.projects else portfolio.project()
    handed_in = project.delivery(as_of)
    handed_in.started(starts, "2016-03-01")
    handed_in.write(portfolio.inbox)
    return handed_in


def told(result: dict[str, Any], table: str = "delivery") -> list[tuple[str, str, str]]:
    """Give what is reported of a table: project, key, code."""
    return [(row["project_id"], row["key"], row["code"]) for row in result["violations"] if row["table"] == table]


def starts(result: dict[str, Any]) -> str:
    """Give the starts of the project."""
    return str(result["settlement"]["JF-187"]["starts"])


def test_a_delivery_replaces_the_one_before(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    assert starts(settled(portfolio, 2016)) == "1"
    delivered(portfolio, starts=2)
    assert starts(settled(portfolio, 2016)) == "2"


def test_the_same_delivery_again_after_another_is_the_newest(portfolio: Portfolio) -> None:
    for count in (1, 2, 1):
        delivered(portfolio, starts=count)
        assert starts(settled(portfolio, 2016)) == str(count)


def test_another_key_is_refused(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under another key a person is another one, and would be paid for again in another project."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    delivered(portfolio, starts=1)
    settled(portfolio, 2016)
    own = portfolio.folder / "home" / KEY_FILE
    kept = own.read_bytes()
    delivered(portfolio, starts=2)
    monkeypatch.setenv(KEY_VARIABLE, "k" * 32)
    with pytest.raises(InputError, match=r"is not the one that this home's persons are known by"):
        settled(portfolio, 2016)
    monkeypatch.delenv(KEY_VARIABLE)
    own.unlink()
    with pytest.raises(InputError, match=r"give the key that it had before"):
        settled(portfolio, 2016)
    assert not own.exists()
    own.write_bytes(kept)
    assert starts(settled(portfolio, 2016)) == "2"


def test_a_later_as_of_date_wins_whatever_comes_last(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=3, as_of="2017-06-30")
    settled(portfolio, 2016)
    delivered(portfolio, starts=1)
    assert starts(settled(portfolio, 2016)) == "3"


def test_a_clock_behind_what_was_received_is_refused(portfolio: Portfolio) -> None:
    """What was received "later" would not count, and nothing would say so."""
    delivered(portfolio, starts=1)
    settled(portfolio, 2016, now="2036-01-01T12:00")
    with pytest.raises(BusinessRefusal, match=r"clock says 2018-02-15 12:00:00 CET, .* \(2036-01-01 12:00:00 CET\)"):
        settled(portfolio, 2016)


def test_a_home_in_the_inbox_is_refused(portfolio: Portfolio) -> None:
    """Its output would be received, and its drafts would change with every settlement."""
    delivered(portfolio, starts=1)
    with pytest.raises(InputError, match=r"lies in the inbox .*: name a home outside it with --home\.$"):
        settled(portfolio, 2016, home=portfolio.inbox / "home")


def test_a_delivery_taken_out_of_the_inbox_stays_in_force(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    settled(portfolio, 2016)
    shutil.rmtree(portfolio.inbox / "JF-187")
    assert starts(settled(portfolio, 2016)) == "1"


def test_a_refused_delivery_leaves_the_one_before_in_force_and_holds(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    settled(portfolio, 2016)
    folder = delivered(portfolio, starts=2).write(portfolio.inbox)
    (folder / "forloeb.csv").unlink()
    result = settled(portfolio, 2016)
    assert starts(result) == "1"
    assert "P05" in result["settlement"]["JF-187"]["holds"].split()
    assert ("JF-187", "2016-12-31", "F02") in told(result)


def test_a_mended_delivery_lifts_the_hold(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    folder = delivered(portfolio, starts=2, as_of="2017-01-15").write(portfolio.inbox)
    text = (folder / "forloeb.csv").read_text(encoding="utf-8")
    (folder / "forloeb.csv").write_text('"' + text, encoding="utf-8")
    result = settled(portfolio, 2016)
    assert "P05" in result["settlement"]["JF-187"]["holds"].split()
    (folder / "forloeb.csv").write_text(text, encoding="utf-8")
    result = settled(portfolio, 2016)
    assert starts(result) == "2"
    assert "P05" not in result["settlement"]["JF-187"]["holds"].split()


@pytest.mark.parametrize("name", ["31-12-2016", "2071-12-31"])
def test_a_date_that_says_nothing_holds_until_what_is_in_force_came_later(portfolio: Portfolio, name: str) -> None:
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    shutil.copytree(folder, folder.with_name(name))

    def holds(now: str) -> list[str]:
        return settled(portfolio, 2016, now=now)["settlement"]["JF-187"]["holds"].split()

    assert "P05" in holds("2018-02-28T12:00")
    shutil.rmtree(folder.with_name(name))
    assert "P05" in holds("2018-03-01T12:00"), "nothing came in its place"
    delivered(portfolio, starts=2, as_of="2016-11-30").write(portfolio.inbox)
    assert "P05" in holds("2018-03-02T12:00"), "what came is not in force"
    delivered(portfolio, starts=2, as_of="2017-01-31").write(portfolio.inbox)
    assert "P05" not in holds("2018-03-03T12:00")
    result = settled(portfolio, 2016, now="2018-03-03T13:00")
    assert not [row for row in result["violations"] if row["code"] == "F05"]


@pytest.mark.parametrize(("as_of", "holds_on"), [("2018-02-28", True), ("2018-03-01", True), ("2018-03-02", False)])
def test_a_refused_delivery_of_today_stands_just_after_midnight(
    portfolio: Portfolio, as_of: str, holds_on: bool
) -> None:
    """It is the evening before in UTC; one of tomorrow has no date that says anything."""
    folder = delivered(portfolio, starts=1, as_of=as_of).write(portfolio.inbox)
    (folder / "forloeb.csv").unlink()
    settled(portfolio, 2016, now="2018-03-01T00:30")
    shutil.rmtree(folder)
    delivered(portfolio, starts=1)
    holds = settled(portfolio, 2016, now="2018-03-02T12:00")["settlement"]["JF-187"]["holds"].split()
    assert ("P05" in holds) is holds_on


def test_an_unreadable_delivery_is_nobody_elses_loss(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    other = portfolio.project("JF-101", municipalities=("101",)).delivery("2016-12-31")
    folder = other.write(portfolio.inbox)
    (folder / "borgere.csv").write_bytes(b"\0\0\0")
    result = settled(portfolio, 2016)
    assert starts(result) == "1"
    assert result["settlement"]["JF-101"]["status"] == "missing"
    assert ("JF-101", "2016-12-31", "F01") in told(result)


def test_a_defect_that_one_file_brings_out_refuses_that_delivery_alone(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered(portfolio, starts=1)
    other = portfolio.project("JF-101", municipalities=("101",)).delivery("2016-12-31")
    folder = other.write(portfolio.inbox)
    (folder / "borgere.csv").write_text("odd 0707614285", encoding="utf-8")
    _break_on_odd_files(monkeypatch, ZeroDivisionError("met odd 0707614285"))
    result = settled(portfolio, 2016)
    assert starts(result) == "1"
    assert result["settlement"]["JF-101"]["status"] == "missing"
    (text,) = [row["message_en"] for row in result["violations"] if row["code"] == "F01"]
    assert "borgere.csv: the program failed to read the file because of a bug" in text
    assert "(ZeroDivisionError, tests/spec/test_receiving.py:" in text
    assert "0707614285" not in text


def test_a_stop_while_a_file_is_read_refuses_no_delivery(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB raises this where ctrl-C comes while it computes."""
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    (folder / "borgere.csv").write_text("odd", encoding="utf-8")
    _break_on_odd_files(monkeypatch, RuntimeError("Query interrupted"))
    with pytest.raises(KeyboardInterrupt):
        settled(portfolio, 2016)
    with open_warehouse(portfolio.folder / "home") as connection:
        assert connection.execute("SELECT count(*) FROM core_deliveries").fetchall() == [(0,)]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), MemoryError()])
def test_what_the_system_refuses_is_told_of_no_delivery(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    (folder / "borgere.csv").write_text("odd", encoding="utf-8")
    _break_on_odd_files(monkeypatch, error)
    with pytest.raises((OSError, InternalFailure), match=r"No space|MemoryError"):
        settled(portfolio, 2016)


def _break_on_odd_files(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(data: bytes) -> Any:
        if data.startswith(b"odd"):
            raise error
        return read_delimited(data)

    monkeypatch.setattr(delivery, "read_delimited", broken)


def test_a_delivery_of_tomorrow_is_accepted_tomorrow(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1, as_of="2018-03-01")
    result = settled(portfolio, 2016, now="2018-02-28T23:30")
    assert ("JF-187", "2018-03-01", "F05") in told(result)
    assert result["settlement"]["JF-187"]["status"] == "missing"
    result = settled(portfolio, 2016, now="2018-03-01T00:30")
    assert starts(result) == "1"


def test_an_unknown_project_is_told_under_its_folder(portfolio: Portfolio) -> None:
    delivered(portfolio, starts=1)
    shutil.copytree(portfolio.inbox / "JF-187", portfolio.inbox / "JF-178")
    assert ("JF-178", "2016-12-31", "F04") in told(settled(portfolio, 2016))


@pytest.mark.parametrize("suffix", [".zip", ".ZIP"])
def test_a_folder_and_an_archive_of_one_day_refuse_each_other(portfolio: Portfolio, suffix: str) -> None:
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    archive = shutil.make_archive(str(folder), "zip", folder)
    Path(archive).rename(folder.with_suffix(suffix))
    codes = [(key, code) for _, key, code in told(settled(portfolio, 2016))]
    assert ("2016-12-31", "F02") in codes
    assert (f"2016-12-31{suffix}", "F02") in codes


@pytest.mark.parametrize(("inner", "suffix"), [("", ".zip"), ("top", ".ZIP")])
def test_an_archive_may_have_one_top_folder(portfolio: Portfolio, inner: str, suffix: str) -> None:
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    root = portfolio.folder / "packed"
    shutil.copytree(folder, root / inner if inner else root)
    archive = shutil.make_archive(str(folder), "zip", root)
    Path(archive).rename(folder.with_suffix(suffix))
    shutil.rmtree(folder)
    assert starts(settled(portfolio, 2016)) == "1"


def test_what_systems_leave_behind_is_as_if_not_there(portfolio: Portfolio) -> None:
    folder = delivered(portfolio, starts=1).write(portfolio.inbox)
    before = settled(portfolio, 2016), _tables(portfolio.folder / "home")
    (folder / "__MACOSX").mkdir()
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/borgere.csv", "../Thumbs.db", "../../desktop.ini"):
        (folder / name).write_bytes(b"left behind")
    places, strays, unreadable = places_of(portfolio.inbox)
    assert ([place.as_of_folder for place in places], strays, unreadable) == (["2016-12-31"], [], [])
    assert (settled(portfolio, 2016), _tables(portfolio.folder / "home")) == before


@pytest.mark.parametrize("name", ["2017-12-31", "2017-12-31.zip"])
def test_a_link_in_place_of_a_delivery_is_refused_and_not_followed(portfolio: Portfolio, name: str) -> None:
    own = delivered(portfolio, starts=1).write(portfolio.inbox)
    others = portfolio.project("JF-259", municipalities=("259",)).delivery("2016-12-31").write(portfolio.inbox)
    (own.parent / name).symlink_to("/dev/zero" if name.endswith(".zip") else others)
    result = settled(portfolio, 2016)
    assert starts(result) == "1"
    assert [(project, key) for project, key, code in told(result) if code == "F06"] == [("JF-187", name)]
    (message,) = (row["message_da"] for row in result["violations"] if row["code"] == "F06")
    assert f"{name}: er et link: aflevér selve mappen eller arkivet" in message


def test_a_projects_folder_may_be_a_link_for_it_is_the_operators(portfolio: Portfolio, tmp_path: Path) -> None:
    delivered(portfolio, starts=1)
    (portfolio.inbox / "JF-187").rename(tmp_path / "elsewhere")
    (portfolio.inbox / "JF-187").symlink_to(tmp_path / "elsewhere")
    assert starts(settled(portfolio, 2016)) == "1"


def test_a_projects_folder_that_can_not_be_read_stops_no_other_project(
    portfolio: Portfolio, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered(portfolio, starts=1)
    (portfolio.inbox / "JF-101" / "2016-12-31").mkdir(parents=True)
    entries = inbox._entries

    def refusing(folder: Path) -> list[Path]:
        # The rights themselves would not stop a test that runs as root.
        if folder.name == "JF-101":
            raise PermissionError(13, "Permission denied", str(folder))
        return entries(folder)

    monkeypatch.setattr(inbox, "_entries", refusing)
    assert [place.project_folder for place in places_of(portfolio.inbox)[0]] == ["JF-187"]
    take_in_of(portfolio)
    assert "give the run the right to read it): JF-101 (Permission denied)\n" in capsys.readouterr().err


def test_a_pipe_in_place_of_a_delivery_is_not_waited_for(
    portfolio: Portfolio, capsys: pytest.CaptureFixture[str]
) -> None:
    delivered(portfolio, starts=1)
    os.mkfifo(portfolio.inbox / "JF-187" / "2017-12-31.zip")
    assert [place.as_of_folder for place in places_of(portfolio.inbox)[0]] == ["2016-12-31"]
    take_in_of(portfolio)
    assert "in the inbox, and no delivery: JF-187/2017-12-31.zip\n" in capsys.readouterr().err


def test_what_is_no_delivery_is_named(portfolio: Portfolio, capsys: pytest.CaptureFixture[str]) -> None:
    delivered(portfolio, starts=1)
    (portfolio.inbox / "JF-187" / "2016-12-31.xlsx").touch()
    take_in_of(portfolio)
    assert "in the inbox, and no delivery: JF-187/2016-12-31.xlsx\n" in capsys.readouterr().err


def test_a_folder_of_no_project_is_named_every_time(portfolio: Portfolio, capsys: pytest.CaptureFixture[str]) -> None:
    delivered(portfolio, starts=1)
    for name in ("JF-l87", "010190-1234"):
        shutil.copytree(portfolio.inbox / "JF-187", portfolio.inbox / name)
    for _ in range(2):
        take_in_of(portfolio)
        told = (
            "in the inbox, and refused, since the register has no such project: ******-****, JF-l87 (nearest: JF-187)\n"
        )
        assert told in capsys.readouterr().err


def take_in_of(portfolio: Portfolio) -> None:
    portfolio.write_register()
    home = portfolio.folder / "home"
    home.mkdir(exist_ok=True)
    with open_warehouse(home) as connection:
        run = Run(2016, portfolio.register, portfolio.inbox, home, Moment.parse(LONG_AFTER))
        take_in(connection, run, Lines())


def test_control_totals_notice_a_cut_off_file(portfolio: Portfolio) -> None:
    folder = delivered(portfolio, starts=2).write(portfolio.inbox)
    (folder / "kontroltal.csv").write_text("tabel;antal;sum_beloeb\nforloeb;2;\nudgifter;0;0\n", encoding="utf-8")
    assert starts(settled(portfolio, 2016)) == "2"
    lines = (folder / "forloeb.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "forloeb.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    result = settled(portfolio, 2016)
    assert starts(result) == "2"
    assert ("JF-187", "2016-12-31", "F08") in told(result)


def test_an_error_cell_is_no_blank(portfolio: Portfolio, tmp_path: Path) -> None:
    """A formula that fails in slutdato must not read as a spell that still runs."""
    from openpyxl import Workbook

    from tests.support.portfolio import BORGERE, FORLOEB, UDGIFTER

    handed_in = portfolio.project().delivery("2016-12-31")
    handed_in.spell(handed_in.citizen("Anna"), "2016-03-01", "#N/A")
    folder = portfolio.inbox / "JF-187" / "2016-12-31"
    folder.mkdir(parents=True)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, columns, rows in (
        ("borgere", BORGERE, handed_in.borgere),
        ("forloeb", FORLOEB, handed_in.forloeb),
        ("udgifter", UDGIFTER, handed_in.udgifter),
    ):
        sheet = workbook.create_sheet(name)
        sheet.append(columns.split())
        for row in rows:
            sheet.append([row.get(column) for column in columns.split()])
    workbook.save(folder / "indberetning.xlsx")
    assert ("JF-187", "F1", "S08") in told(settled(portfolio, 2016), "forloeb")


def test_deliveries_enter_batch_by_batch_as_they_enter_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portfolio: Portfolio
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "one key for both homes, so that persons are alike")
    _three_deliveries(portfolio)
    together = settled(portfolio, 2016), _tables(portfolio.folder / "home")
    monkeypatch.setattr(receive, "BATCH_CHARACTERS", 0)
    by_batch = settled(portfolio, 2016, home=tmp_path / "another"), _tables(tmp_path / "another")
    assert by_batch == together
    assert [row[1] for row in by_batch[1]["core_receipts"]] == [1, 2, 3]


def test_what_stopped_half_way_goes_on_from_there(monkeypatch: pytest.MonkeyPatch, portfolio: Portfolio) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "one key for both homes, so that persons are alike")
    _three_deliveries(portfolio)
    together = settled(portfolio, 2016, home=portfolio.folder / "undisturbed")
    monkeypatch.setattr(receive, "BATCH_CHARACTERS", 0)
    seen = []

    def stops_at_the_second(*given: Any, **named: Any) -> Any:
        seen.append(given)
        if len(seen) == 2:
            raise OSError(28, "No space left on device")
        return read_delivery(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(receive, "read_delivery", stops_at_the_second)
        with pytest.raises(OSError, match="No space"):
            settled(portfolio, 2016)
    kept = _tables(portfolio.folder / "home")
    assert [len(kept[name]) for name in ("core_deliveries", "core_receipts", "core_row_counts")] == [1, 1, 3]
    assert settled(portfolio, 2016, now="2018-02-16T12:00") == together
    found, undisturbed = _tables(portfolio.folder / "home"), _tables(portfolio.folder / "undisturbed")
    assert [str(row[2]) for row in found.pop("core_receipts")] == ["2018-02-15 11:00:00", *["2018-02-16 11:00:00"] * 2]
    assert undisturbed.pop("core_receipts")
    assert found == undisturbed


def _three_deliveries(portfolio: Portfolio) -> None:
    for number, project_id in enumerate(("JF-187", "JF-253", "JF-101")):
        project = portfolio.project(project_id, municipalities=(project_id[-3:],))
        folder = project.delivery("2016-12-31")
        folder.started(number + 1, "2016-03-01")
        written = folder.write(portfolio.inbox)
        if project_id == "JF-253":
            (written / "forloeb.csv").unlink()


def _tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_warehouse(home) as connection:
        return {
            name: connection.table(name).order("ALL").fetchall()
            for name in (
                "core_deliveries",
                "core_files",
                "core_receipts",
                "core_faults",
                "core_citizens",
                "core_spells",
                "core_expenses",
                "core_row_counts",
            )
        }

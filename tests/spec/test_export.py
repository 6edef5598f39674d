"""`jobfirst export`: what a home has decided, for those who read, with nobody in it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows.commands.cli import command
from tasks.export.write import FILES
from tests.support.files import read_rows
from tests.support.portfolio import Portfolio, cpr
from tests.support.releasing import JF, OTHER, Office, deliver


@pytest.fixture
def home(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with a released year, a row that does not count, a hold, a refused delivery and a planted number."""
    office = Office(portfolio, monkeypatch)
    number = cpr(3, 1963)
    deliver(office.inbox, portfolio.project(JF), starts=2)
    deliver(office.inbox, portfolio.project(OTHER, municipalities=("253",)), starts=1, as_of="2016-11-30")
    borgere = office.inbox / JF / "2016-12-31" / "borgere.csv"
    borgere.write_text(borgere.read_text() + f"{number};{cpr(9)};999;x;x;;nej;deltager;2016-02-01\n")
    refused = office.inbox / OTHER / "2017-01-15"
    refused.mkdir()
    (refused / "borgere.csv").write_text(f"{number}\n")
    portfolio.write_register()
    office.settle(2016, now="2017-02-15T08:00", by="Anna Hansen")
    waivers = [(OTHER, "P04", f"Bo har set {number}."), (OTHER, "P05", "Den næste er på vej.")]
    office.release(2016, now="2017-03-15T08:00", by="Bo Holm", waivers=waivers)
    return office.home


def read(folder: Path, name: str) -> list[dict[str, object]]:
    rows = duckdb.sql("FROM read_parquet($path)", params={"path": str(folder / f"{name}.parquet")})
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


def test_drafts_events_ledger_and_violations_leave_without_anybody(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bi"
    assert command(["export", str(folder), "--home", str(home), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    tables = {name: read(folder, name) for name in FILES}
    assert told["rows"] == {name: len(rows) for name, rows in tables.items()}
    assert all(tables.values()), "each has something to be held"
    (draft,) = tables["drafts"]
    assert draft["is_newest"] is True
    settled = {(row["project_id"], row["year"]): row for row in tables["settlements"]}
    ledger: dict[object, Decimal] = {}
    for row in tables["ledger"]:
        assert isinstance(row["amount_dkk"], Decimal)
        ledger[row["project_id"]] = ledger.get(row["project_id"], Decimal(0)) + row["amount_dkk"]
    assert ledger == {project_id: settled[project_id, 2016]["entitlement_dkk"] for project_id in (JF, OTHER)}
    events = [row for row in tables["events"] if row["event"] == "start"]
    assert len({row["citizen"] for row in events}) == len(events) == 3
    gross = sum((row["gross_activity_dkk"] for row in settled.values()), Decimal(0))  # type: ignore[misc]
    assert sum((row["amount_dkk"] for row in events), Decimal(0)) == gross  # type: ignore[misc]
    assert {(row["project_id"], row["action"], row["code"]) for row in tables["violations"]} == {
        *((JF, "reject", code) for code in ("C04", "C05", "C06", "C15")),
        *((OTHER, "hold", code) for code in ("P04", "P05")),
        *((OTHER, "refuse", code) for code in ("F02", "F03")),
    }, "no remark, as F09 of every delivery here, is among them"
    assert {tuple(row["waived"]) for row in tables["ledger"]} == {(), ("P04", "P05")}  # type: ignore[arg-type]
    data = b"".join(path.read_bytes() for path in folder.iterdir()) + json.dumps(tables, default=str).encode()
    for name in ("Anna", "Bo ", cpr(3, 1963), "har set", "The office of the tests"):
        assert name.encode() not in data, name


def test_every_column_is_documented_and_no_other(home: Path, tmp_path: Path) -> None:
    assert command(["export", str(tmp_path / "bi"), "--home", str(home)]) == 0
    said = [(row["file"], row["column"]) for row in read_rows(tmp_path / "bi" / "columns.csv", ";") if row["holds"]]
    assert said == [(f"{name}.parquet", column) for name in FILES for column in read(tmp_path / "bi", name)[0]]


def test_the_pseudonyms_are_the_exports_own_and_stay(home: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        assert command(["export", str(tmp_path / name), "--home", str(home)]) == 0
    citizens = [{row["citizen"] for row in read(tmp_path / name, "events")} for name in ("first", "second")]
    assert citizens[0] == citizens[1]
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        kept = {
            text for row in connection.execute("SELECT person, borger_id FROM core_citizens").fetchall() for text in row
        }
    assert not citizens[0] & kept


def test_a_folder_that_is_there_is_not_written_into(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bi").mkdir()
    assert command(["export", str(tmp_path / "bi"), "--home", str(home)]) == 0
    assert command(["export", str(tmp_path / "bi"), "--home", str(home)]) == 2
    assert "is there and not empty" in capsys.readouterr().err
    assert command(["export", str(tmp_path / "x"), "--home", str(tmp_path / "nothing")]) == 2


def test_what_lies_beside_the_export_stays(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder in which an export is made may have a name that somebody has taken, and what is in it is theirs."""
    for name in (".bi.new", ".bi.exporting"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("the only copy")
    assert command(["export", str(tmp_path / "bi"), "--home", str(home)]) == 2
    assert f"{tmp_path / '.bi.exporting'} holds something else" in capsys.readouterr().err
    assert len(list(tmp_path.glob(".bi.*/mine.txt"))) == 2
    (tmp_path / ".bi.exporting").rename(tmp_path / "moved")
    assert command(["export", str(tmp_path / "bi"), "--home", str(home)]) == 0
    assert {path.name for path in tmp_path.iterdir()} >= {".bi.new", "moved", "bi"}
    assert not (tmp_path / ".bi.exporting").exists()

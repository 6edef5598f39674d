"""The empty workbook as a municipality uses it: filled in, saved by LibreOffice, and checked before it is handed in."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.support.portfolio import Portfolio

DAY = dt.date(2016, 3, 1)
ROWS: dict[str, list[tuple[object, ...]]] = {
    "borgere": [
        ("B1", "7001802911", "187", "aktivitetsparat", "kontanthjaelp", dt.date(2010, 1, 1), None, "deltager", DAY),
        ("B2", "700180-3659", "187", "ressourceforloeb", "ressourceforloebsydelse", None, "nej", "kontrol", DAY),
    ],
    "forloeb": [("F1", "B1", "virksomhedspraktik", "99134364", DAY, dt.date(2016, 6, 1), 7.5)],
    "udgifter": [("1", DAY, "projektledelse", 40000.5, None, "løn")],
}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=600)


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """Fill the empty workbook in, let LibreOffice save it, and hand it in as a delivery of JF-187."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    portfolio = Portfolio(tmp_path)
    portfolio.project()
    portfolio.write_register()
    made = run(Path(sys.executable).with_name("jobfirst"), "template", tmp_path / "indberetning.xlsx")
    assert (made.returncode, made.stderr) == (0, "")
    book = openpyxl.load_workbook(tmp_path / "indberetning.xlsx")
    for name, rows in ROWS.items():
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                book[name].cell(number, column).value = value  # type: ignore[assignment]
    book.save(tmp_path / "indberetning.xlsx")
    folder = tmp_path / "inbox" / "JF-187" / "2016-12-31"
    folder.mkdir(parents=True)
    run(
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        folder,
        tmp_path / "indberetning.xlsx",
    )
    return folder


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    register = folder.parents[2] / "register"
    return run(Path(sys.executable).with_name("jobfirst"), "check", folder, "--register", register)


def test_a_filled_in_workbook_passes_and_one_that_lost_a_row_does_not(delivery: Path) -> None:
    clean = check(delivery)
    assert (clean.returncode, clean.stderr.count("\n")) == (0, 1), clean.stdout
    assert "I ORDEN" in clean.stdout
    assert "F09" not in clean.stdout, "the control totals are in the workbook"

    path = delivery / "indberetning.xlsx"
    book = openpyxl.load_workbook(path, data_only=True)
    book["borgere"].delete_rows(3)
    book.save(path)
    lost = check(delivery)
    assert lost.returncode == 1
    assert "F08" in lost.stdout
    assert path.name in lost.stdout

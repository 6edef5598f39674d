"""The plain reference refuses deliveries, rejects rows and chooses the delivery in force as the contract says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import stat
import zipfile
from pathlib import Path

import pytest

from tests.reference.output import citizens_csv, settle_directories, settlement_csv, violations_csv

CITIZENS = (
    "borger_id;cpr;kommunekode;maalgruppe;ydelse;offentlig_forsoergelse_siden;gruppe;visitationsdato\n"
    "B1;610170-1234;187;ressourceforloeb;ressourceforloebsydelse;;deltager;01-03-2016\n"
)
SPELLS = (
    "forloeb_id;borger_id;type;virksomhed_cvr;startdato;slutdato\n"
    "F1;B1;virksomhedspraktik;64942212;01-03-2016;23-03-2016\n"
    "F2;B1;Ordinær ansættelse;64942212;29-03-2016;\n"
)
EXPENSES = "bilagsnr;dato;kategori;beloeb\nU1;01-04-2016;projektledelse;400.000,00\n"
FILES = {"borgere.csv": CITIZENS, "Forløb.csv": SPELLS, "udgifter.csv": EXPENSES}
TODAY = dt.date(2018, 2, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "projekter.csv").write_text(
        "projekt_id;projektnavn;sagsnummer;tilsagnshaver;kommuner;projektstart;maaltal;tilsagn_fast;kontaktperson;email\n"
        "JF-187;Vallensbæk;16/145;187;187 183;01-02-2016;100;850.000;Anna;a@example.dk\n"
    )
    (tmp_path / "register" / "maalgrupper.csv").write_text(
        "kommunekode;maalgruppe;antal\n187;ressourceforloeb;9\n187;aktivitetsparat;1\n"
        "183;ressourceforloeb;0\n183;aktivitetsparat;0\n"
    )
    (tmp_path / "inbox").mkdir()
    deliver(tmp_path, "2016-12-31", FILES)
    return tmp_path


def deliver(root: Path, name: str, files: dict[str, str], project: str = "JF-187") -> None:
    folder = root / "inbox" / project / name
    folder.mkdir(parents=True)
    for path, text in files.items():
        (folder / path).write_bytes(text.encode("latin-1"))


def told(root: Path, year: int = 2016) -> list[str]:
    """Return what is reported, without the remark that every delivery here lacks control totals."""
    text = violations_csv(settle_directories(root / "register", root / "inbox", year, TODAY))
    rows = csv.reader(io.StringIO(text))
    return [" ".join(row) for row in rows if row[4] not in ("F09", "code")]


def settled(root: Path, year: int = 2016) -> dict[str, str]:
    text = settlement_csv(settle_directories(root / "register", root / "inbox", year, TODAY))
    return next(csv.DictReader(io.StringIO(text)))


def test_a_delivery_is_settled(root: Path) -> None:
    assert told(root) == ["JF-187 borgere 2 B1 C14 remark"]
    row = settled(root)
    assert (row["status"], row["starts"], row["completions"]) == ("ready", "1", "1")
    assert (row["activity"], row["fixed"], row["payable"]) == ("16000.00", "400000.00", "416000.00")
    settlement = settle_directories(root / "register", root / "inbox", 2016, TODAY)
    assert citizens_csv(settlement).splitlines()[1] == "JF-187,B1,participant,ressourceforloeb,2016-03-01,2016-05-30"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("borgere.csv", "", "F01"),
        ("borgere.csv", CITIZENS + '"B2', "F01"),
        ("borgere.csv", CITIZENS + "\x00", "F01"),
        ("borgere.csv", CITIZENS + "\x81", "F01"),
        ("borgere.parquet", "PAR1", "F01 F02"),
        ("Borgere.csv", CITIZENS, "F02"),
        ("udgifter.csv", EXPENSES.replace("beloeb", "bel"), "F03 F07"),
        ("udgifter.csv", EXPENSES.replace("beloeb", "beloeb;BELØB"), "F03"),
        ("indberetning.xlsm", "x", "F06"),
        ("note.txt", "x", "F07"),
        ("kontroltal.csv", "tabel;antal;sum_beloeb\nborgere;2;\n", "F08"),
        ("kontroltal.csv", "tabel;antal;sum_beloeb\nudgifter;1;400000,01\n", "F08"),
        ("kontroltal.csv", "tabel;antal;sum_beloeb\nforloeb;2;\nUdgifter;1;400.000\n", ""),
        (".DS_Store", "x", ""),
    ],
)
def test_codes_of_a_delivery(root: Path, path: str, text: str, code: str) -> None:
    deliver(root, "2017-01-31", FILES | {path: text})
    codes = [line.split()[-2] for line in told(root) if " delivery " in line]
    assert " ".join(codes) == code


def test_a_refused_newer_delivery_holds_the_project(root: Path) -> None:
    deliver(root, "2017-01-31", {"borgere.csv": CITIZENS})
    deliver(root, "2016-06-30", {})
    deliver(root, "2016-12-31", FILES, project="JF-999")
    assert settled(root)["holds"] == "P05"
    assert [line for line in told(root) if "borgere" not in line] == [
        "JF-187 delivery  2017-01-31 F02 refuse",
        "JF-187 project   P05 hold",
        "JF-999 delivery  2016-12-31 F04 refuse",
    ]


@pytest.mark.parametrize("name", ["2016-1-31", "2018-02-02"])
def test_an_as_of_date_is_readable_and_past(root: Path, name: str) -> None:
    deliver(root, name, FILES)
    assert f"JF-187 delivery  {name} F05 refuse" in told(root)


@pytest.mark.parametrize(
    ("entry", "content", "mode", "code"),
    [
        ("levering/note.txt", b"x", 0, "F07"),
        ("../note.txt", b"x", 0, "F06"),
        ("levering/link", b"x", stat.S_IFLNK, "F06"),
        ("levering/.big", b" " * 1_000_000, 0, "F06"),
        ("__MACOSX/x", b"x", 0, ""),
    ],
)
def test_archives(root: Path, entry: str, content: bytes, mode: int, code: str) -> None:
    with zipfile.ZipFile(root / "inbox" / "JF-187" / "2017-01-31.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in FILES.items():
            archive.writestr(f"levering/{path}", text)
        info = zipfile.ZipInfo(entry)
        info.external_attr, info.compress_type = mode << 16, zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
    codes = [line.split()[-2] for line in told(root) if " delivery " in line]
    assert " ".join(codes) == code


def test_folder_and_archive_of_one_day_are_both_refused(root: Path) -> None:
    (root / "inbox" / "JF-187" / "2016-12-31.zip").write_bytes(b"")
    assert settled(root)["status"] == "missing"
    assert [line.split()[2:4] for line in told(root) if " delivery " in line] == [
        ["2016-12-31", "F02"],
        ["2016-12-31.zip", "F01"],
        ["2016-12-31.zip", "F02"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("610170-1234", "", "B1 C03"),
        ("610170-1234", "620386-1234", "B1 C10"),
        ("187;ress", "147;ress", "B1 C04"),
        ("ressourceforloebsydelse;;", "kontanthjælp;;", "B1 C06"),
        ("deltager", "Deltager", ""),
        ("01-03-2016", "31-01-2016", "B1 C09"),
        ("01-03-2016", "02-01-2017", "B1 C08"),
        ("01-03-2016", "1/3/16", "B1 C08"),
        ("B1;", "6101701234;", "******-**** C15"),
        ("\nB1", "\n;;;\nB1", ""),
        ("01-03-2016\n", "01-03-2016;x\n", " R01"),
    ],
)
def test_citizen_rules(root: Path, old: str, new: str, expected: str) -> None:
    deliver(root, "2017-01-01", {**FILES, "borgere.csv": CITIZENS.replace(old, new)})
    rejected = [line for line in told(root) if line.endswith("reject") and " borgere " in line]
    assert [line.split(" ", 3)[3].removesuffix(" reject") for line in rejected] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("F1", "F2", ["F2 S02", "F2 S02"]),
        ("F2;B1", "F2;B2", ["F2 S03"]),
        ("01-03-2016", "29-02-2016", ["F1 S09"]),
        ("23-03-2016", "29-02-2016", ["F1 S08"]),
        ("64942212;29", "64942213;29", ["F2 S06"]),
        ("29-03-2016", "01-01-2018", ["F2 S07", "F2 S10"]),
    ],
)
def test_spell_rules(root: Path, old: str, new: str, expected: list[str]) -> None:
    deliver(root, "2017-12-31", {**FILES, "Forløb.csv": SPELLS.replace(old, new)})
    rejected = [line for line in told(root, 2017) if line.endswith("reject")]
    assert [" ".join(line.split()[3:5]) for line in rejected] == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("01-04-2016", "31-01-2016", ["E04"]),
        ("01-04-2016", "01-04-2018", ["E03", "E04"]),
        ("projektledelse", "løn", ["E05"]),
        ("400.000,00", "0 kr.", ["E06"]),
        ("400.000,00", "-1", []),
    ],
)
def test_expense_rules(root: Path, old: str, new: str, expected: list[str]) -> None:
    deliver(root, "2017-12-31", {**FILES, "udgifter.csv": EXPENSES.replace(old, new)})
    assert [line.split()[4] for line in told(root, 2017) if line.endswith("reject")] == expected

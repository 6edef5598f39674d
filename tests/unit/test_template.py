"""The empty workbook: what it offers, what its cells check, and that a filled-in one holds what its totals say."""

from __future__ import annotations

import csv
import datetime as dt
import random
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tasks.base.errors import InputError
from tasks.intake.tables import ALL_TABLES, ALWAYS, KONTROLTAL
from tasks.rules.model import load_rules
from tasks.sample.numbers import company_number
from tasks.sample.portfolio import write_sample
from tasks.template import workbook
from tasks.template.guide import column_guides, steps
from tasks.template.workbook import code_lists, write_template
from tests.reference.intake import in_force, read_inbox
from tests.reference.register import read_register
from tests.reference.rules import judge

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

DAY = dt.date(2016, 3, 1)
CITIZENS = (
    ("B1", "7001802911", "187", "aktivitetsparat", "kontanthjaelp", dt.date(2010, 1, 1), None, "deltager", DAY),
    ("B2", "700180-3659", "183", "ressourceforloeb", "ressourceforloebsydelse", None, "nej", "kontrol", DAY),
)
SPELLS = (("F1", "B1", "virksomhedspraktik", "99134364", DAY, dt.date(2016, 6, 1), 7.5),)
EXPENSES = (
    ("1", DAY, "projektledelse", 40000.005, None, "løn"),
    ("2", DAY, "projektledelse", -500, "nej", None),
    ("3", DAY, "materiale", 0.1, None, None),
)


def _convert(source: Path, suffix: str, folder: Path) -> Path:
    """Open a file in LibreOffice, in a profile of its own, and save it as another."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / f"{source.stem}.{suffix.split(':')[0]}"


def _cells(check: DataValidation) -> CellRange:
    (cells,) = check.sqref.ranges
    return cells


def _fill(sheet: Worksheet, rows: dict[int, tuple[object, ...]]) -> None:
    for number, row in rows.items():
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column).value = value


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "indberetning.xlsx"
    write_template(path)
    return path


def test_same_bytes_each_time(empty: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == empty.read_bytes()


def test_sheets_have_the_delivered_columns_and_no_rows(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    assert book.sheetnames == ["vejledning", *(table.name for table in ALL_TABLES), KONTROLTAL.name, "koder"]
    for table in ALL_TABLES:
        rows = list(book[table.name].iter_rows(values_only=True))
        assert rows == [table.columns]
        assert book[table.name].freeze_panes == "B2"


def test_lists_offer_the_codes_of_the_rules(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    offered = {}
    for table in ALL_TABLES:
        sheet = book[table.name]
        for check in sheet.data_validations.dataValidation:
            if check.type == "list":
                column = sheet.cell(1, _cells(check).min_col).value
                cells = book["koder"][check.formula1.split("!")[1].replace("$", "")]
                offered[column] = [cell.value for (cell,) in cells]
    words = load_rules().vocabulary
    assert offered.pop("kommunekode")[:2] == ["101", "147"]
    assert offered == {
        "maalgruppe": list(words.target_groups),
        "ydelse": [benefit for group in words.target_groups.values() for benefit in group.benefits],
        "gruppe": list(words.arms),
        "type": list(words.spell_types),
        "kategori": list(words.expense_categories),
        "integrationsprogram": ["ja", "nej"],
        "lovpligtig": ["ja", "nej"],
        "element": ["rollefordeling", "jobmaal", "justering", "fastholdelse", "min_plan"],
        "opfyldt": ["ja", "nej"],
        "kilde": ["selv", "konsulent"],
    }
    assert len(code_lists(load_rules())[-1].codes) == 98


def test_every_column_has_a_check_in_every_row(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for table in ALL_TABLES:
        checks = book[table.name].data_validations.dataValidation
        ranges = {_cells(each).min_col: each for each in checks}
        assert sorted(ranges) == list(range(1, len(table.columns) + 1))
        for at, check in ranges.items():
            assert _cells(check).max_row == workbook.ROWS[table.name] + 1
            assert (check.type is not None) is (table.columns[at - 1] != "tekst")


@pytest.mark.parametrize("column", ["cpr", "kommunekode", "virksomhed_cvr", "borger_id", "forloeb_id", "bilagsnr"])
def test_numbers_that_are_names_are_kept_as_text(empty: Path, column: str) -> None:
    book = openpyxl.load_workbook(empty)
    tables = [table for table in ALL_TABLES if column in table.columns]
    assert tables
    for table in tables:
        letter = openpyxl.utils.get_column_letter(table.columns.index(column) + 1)
        dimension = book[table.name].column_dimensions[letter]
        assert dimension.number_format == "@"


def test_every_column_is_explained_and_fits_its_prompt() -> None:
    guides = column_guides(load_rules())
    assert {name: tuple(columns) for name, columns in guides.items()} == {
        table.name: table.columns for table in ALL_TABLES
    }
    for table in ALL_TABLES:
        for column, guide in guides[table.name].items():
            assert len(column) <= 32, "the longest title that Excel takes"
            assert len(guide.meaning_da) <= 255, "the longest message"
            assert guide.filled_da == ALWAYS or column not in {"borger_id", "cpr", "startdato", "beloeb"}
            assert guide.width >= len(column) * 0.9


def test_guidance_tells_the_file_name_and_the_sheets(empty: Path) -> None:
    text = " ".join(steps(load_rules()))
    assert "indberetning.xlsx" in text
    assert all(table.name in text for table in (*ALL_TABLES, KONTROLTAL))
    cells = openpyxl.load_workbook(empty)["vejledning"].iter_rows(values_only=True)
    assert any(cell is not None and "indberetning.xlsx" in str(cell) for row in cells for cell in row)


@pytest.mark.parametrize(
    ("name", "said"), [("skema.xls", "end in .xlsx"), ("ingen/skema.xlsx", "does not exist"), ("her.xlsx", "already")]
)
def test_a_bad_name_is_told(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "her.xlsx").write_bytes(b"filled in")
    with pytest.raises(InputError, match=said):
        write_template(tmp_path / name)
    assert (tmp_path / "her.xlsx").read_bytes() == b"filled in"


@needs_libreoffice
def test_control_totals_are_right_after_libreoffice_and_wrong_after_a_loss(empty: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(empty)
    _fill(book["borgere"], {2: CITIZENS[0], 3: (" ",), 5: CITIZENS[1], 9: (None,) * 8 + (DAY,)})
    _fill(book["forloeb"], {2: SPELLS[0]})
    _fill(book["udgifter"], {2: EXPENSES[0], 3: EXPENSES[1], 7: EXPENSES[2], 8: (None,) * 5 + ("mangler",)})
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    saved = _convert(filled, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    told = openpyxl.load_workbook(saved, data_only=True)
    totals = list(told[KONTROLTAL.name].iter_rows(min_row=2, max_col=3, values_only=True))
    # The row of a space is blank; a row with its last cell alone is not. 40000.005 is read as 40000.01.
    assert totals == [("borgere", 3, None), ("forloeb", 1, None), ("udgifter", 4, 39500.11)]

    inbox = tmp_path / "data" / "inbox"
    write_sample(tmp_path / "data", projects=1, citizens=1, seed=1)
    shutil.rmtree(inbox)
    delivery = inbox / "JF-187" / "2016-12-31"
    delivery.mkdir(parents=True)
    shutil.copy(saved, delivery / "indberetning.xlsx")
    register = read_register(tmp_path / "data" / "register")
    (read,) = read_inbox(inbox, register, dt.date(2017, 2, 1))
    assert read.codes == set()
    rows = judge(register, in_force([read])).rows
    assert [row.codes for row in rows["JF-187", "borgere"]][:2] == [set(), set()]
    assert [row.codes for row in rows["JF-187", "forloeb"]] == [set()]
    assert [row.codes for row in rows["JF-187", "udgifter"]][:3] == [set(), set(), set()]

    told["udgifter"].delete_rows(2)
    told.save(delivery / "indberetning.xlsx")
    (read,) = read_inbox(inbox, register, dt.date(2017, 2, 1))
    assert read.codes == {"F08"}


@needs_libreoffice
def test_control_sheet_warns_of_amounts_as_text_and_of_rows_beyond_its_reach(empty: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(empty)
    beyond = workbook.ROWS["borgere"] + 2
    _fill(book["borgere"], {beyond: ("B1",)})
    _fill(book["udgifter"], {2: ("1", DAY, "revision", "1.234,56")})
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    saved = _convert(filled, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    sheet = openpyxl.load_workbook(saved, data_only=True)[KONTROLTAL.name]
    warnings = [sheet.cell(row, 5).value for row in (2, 3, 4)]
    assert f"efter række {beyond - 1}" in warnings[0]
    assert not warnings[1]
    assert "som tekst" in warnings[2]


@needs_libreoffice
def test_cell_checks_take_what_is_right_and_refuse_what_is_not(tmp_path: Path) -> None:
    good_company = company_number(random.Random(1))
    cases = [
        ("cpr", "7001801232", True),
        ("cpr", "700180-1232", True),
        ("cpr", "290280 1232", True),
        ("cpr", "910280-1232", False),
        ("cpr", "311380-1232", False),
        ("cpr", "000180-1232", False),
        ("cpr", "70018012", False),
        ("cpr", "700180-12A2", False),
        ("cvr", good_company, True),
        ("cvr", good_company[:7] + str((int(good_company[7]) + 1) % 10), False),
        ("cvr", good_company[:7], False),
        ("cvr", "00000000", False),
        ("cvr", "9900001A", False),
    ]
    formulas = {"cpr": workbook.cpr_formula, "cvr": workbook.cvr_formula}
    path = tmp_path / "checks.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row, (kind, text, _) in enumerate(cases, start=1):
        sheet.write_string(row - 1, 0, text)
        formula = formulas[kind](f"A{row}").removeprefix("=")
        sheet.write_formula(row - 1, 1, f'=IF(IFERROR({formula},FALSE),"yes","no")', None, "")
    book.close()
    # A workbook without stored results is calculated when it is opened.
    plain = openpyxl.load_workbook(path)
    plain.save(path)
    with _convert(path, "csv", tmp_path / "out").open(encoding="utf-8", newline="") as file:
        verdicts = [row[1] for row in csv.reader(file)]
    assert verdicts == ["yes" if good else "no" for _, _, good in cases]
    assert all(len(formula("X25001")) <= 255 for formula in formulas.values()), "the longest that Excel takes"

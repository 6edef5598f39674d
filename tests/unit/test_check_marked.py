"""The marked copy of a checked delivery: the right cells, and nothing of a person."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.findings import Checked
from tasks.check.marked import check_report_path, marked_copy, write_marked_copy
from tests.support.portfolio import Delivery, Portfolio, cpr

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Portfolio(tmp_path).project().delivery("2016-12-31")


def checked(delivery: Delivery, inbox: Path) -> Checked:
    path = delivery.write(inbox)
    return check(path, project_id=None, as_of=None, register=None, now=Moment.parse("2018-02-15T12:00"))


def copied(delivery: Delivery, folder: Path) -> openpyxl.Workbook:
    write_marked_copy(checked(delivery, folder / "inbox"), folder / "fejl.xlsx")
    return openpyxl.load_workbook(folder / "fejl.xlsx")


def cell(book: openpyxl.Workbook, sheet: str, row: int, column: str) -> openpyxl.cell.Cell:
    names = [one.value for one in book[sheet][1]]
    return book[sheet].cell(row, names.index(column) + 1)


def test_a_cell_that_breaks_a_rule_is_marked_where_the_file_has_it(delivery: Delivery, tmp_path: Path) -> None:
    delivery.citizen("Anna")
    delivery.citizen("Bo", gruppe="reserve")
    book = copied(delivery, tmp_path)
    assert book.sheetnames == ["Fejl", "borgere", "forloeb", "udgifter"]
    wrong = cell(book, "borgere", 3, "gruppe")
    assert (wrong.value, wrong.fill.fgColor.rgb) == ("reserve", RED)
    assert wrong.comment is not None
    assert wrong.comment.text.startswith('C07: gruppe er "reserve"; den skal være deltager eller kontrol.')
    assert "Sådan rettes det: Skriv den gruppe" in wrong.comment.text
    right = cell(book, "borgere", 2, "gruppe")
    assert (right.value, right.comment, right.fill.fgColor.rgb) == ("deltager", None, "00000000")


def test_a_blank_cell_is_marked_and_a_remark_is_yellow(delivery: Delivery, tmp_path: Path) -> None:
    delivery.citizen("Anna", visitationsdato="")
    delivery.spell(delivery.citizen("Bo"), "2016-03-01", "2016-12-01", type="snusepraktik")
    book = copied(delivery, tmp_path)
    blank = cell(book, "borgere", 2, "visitationsdato")
    assert (blank.value, blank.fill.fgColor.rgb) == (None, RED)
    assert cell(book, "forloeb", 2, "slutdato").fill.fgColor.rgb == YELLOW


def test_a_cell_that_breaks_two_rules_says_both(delivery: Delivery, tmp_path: Path) -> None:
    delivery.citizen("Anna")
    delivery.spell("Anna", "2018-03-01")
    comment = cell(copied(delivery, tmp_path), "forloeb", 2, "startdato").comment
    assert comment is not None
    assert [line[:3] for line in comment.text.split("\n") if re.match(r"[A-Z]\d\d:", line)] == ["S07", "S10"]


def test_every_error_is_listed_with_a_link_to_its_cell(delivery: Delivery, tmp_path: Path) -> None:
    delivery.citizen("Anna")
    delivery.citizen("Bo", gruppe="reserve")
    sheet = copied(delivery, tmp_path)["Fejl"]
    lines = {row[0].value: row for row in sheet.iter_rows(min_row=6)}
    assert set(lines) == {"F09", "P06", "C07"}
    place = lines["C07"][2]
    assert (place.value, place.hyperlink.location) == ("H3", "borgere!H3")
    assert [one.value for one in lines["C07"][3:7]] == ["borgere.csv", 3, "gruppe", "Bo"]
    assert "1 AF 2 RÆKKER AFVISES" in str(sheet["A2"].value)


def test_a_cell_has_the_name_that_it_has_in_the_file(delivery: Delivery, tmp_path: Path) -> None:
    delivery.citizen("Anna", gruppe="reserve")
    path = delivery.write(tmp_path / "inbox")
    header, row = (line.split(";") for line in (path / "borgere.csv").read_text(encoding="utf-8").splitlines())
    turned = [[extra, *cells[::-1]] for cells, extra in ((header, "note"), (row, "ukendt"))]
    (path / "borgere.csv").write_text("".join(";".join(cells) + "\n" for cells in turned), encoding="utf-8")
    found = check(path, project_id=None, as_of=None, register=None, now=Moment.parse("2018-02-15T12:00"))
    write_marked_copy(found, tmp_path / "fejl.xlsx")
    book = openpyxl.load_workbook(tmp_path / "fejl.xlsx")
    wrong = cell(book, "borgere", 2, "gruppe")
    (spot,) = [spot for broken in found.broken if broken.rule.code == "C07" for spot in broken.spots]
    (place,) = [row[2] for row in book["Fejl"].iter_rows(min_row=6) if row[0].value == "C07"]
    assert spot.cell == f"borgere!{wrong.coordinate}" == place.hyperlink.location
    assert (place.value, wrong.value, wrong.fill.fgColor.rgb) == (wrong.coordinate, "reserve", RED)
    assert "ukendt" not in [one.value for one in book["borgere"][2]]


def test_beyond_a_bound_an_error_has_its_colour_alone(delivery: Delivery, tmp_path: Path) -> None:
    for name in ("Anna", "Bo", "Cy"):
        delivery.citizen(name, gruppe="reserve")
    found = checked(delivery, tmp_path / "inbox")
    book = openpyxl.load_workbook(io.BytesIO(marked_copy(found, most=2)))
    cells = [cell(book, "borgere", row, "gruppe") for row in (2, 3, 4)]
    assert [one.fill.fgColor.rgb for one in cells] == [RED] * 3
    assert [one.comment is not None for one in cells] == [True, True, False]
    listed = [row[2].value for row in book["Fejl"].iter_rows(min_row=6) if row[0].value == "C07"]
    assert listed == ["H2", "H3", None]
    assert "Kun de første 2 fejl er vist." in [one.value for one in book["Fejl"]["H"]]


def test_a_refused_delivery_has_the_list_and_what_could_be_read(delivery: Delivery, tmp_path: Path) -> None:
    path = delivery.write(tmp_path / "inbox")
    (path / "forloeb.csv").unlink()
    found = check(path, project_id=None, as_of=None, register=None, now=Moment.parse("2018-02-15T12:00"))
    write_marked_copy(found, tmp_path / "fejl.xlsx")
    book = openpyxl.load_workbook(tmp_path / "fejl.xlsx")
    assert book.sheetnames == ["Fejl", "borgere", "udgifter"]
    assert "tabellen forloeb mangler" in [cell.value for cell in book["Fejl"]["H"]]


def test_a_text_is_never_a_formula(delivery: Delivery, tmp_path: Path) -> None:
    texts = ["=1+1", "+45 12", "-a", "@SUM(1)", "=cmd|' /C calc'!A0"]
    for text in texts:
        delivery.citizen(text)
        delivery.wages("2016-03-01", "-500", kategori=text)
    book = copied(delivery, tmp_path)
    for sheet in book:
        for row in sheet.iter_rows():
            for one in row:
                assert one.data_type != "f"
                assert one.value not in texts
    for row_no, text in enumerate(texts, 2):
        assert cell(book, "borgere", row_no, "borger_id").value == "'" + text
        assert cell(book, "udgifter", row_no, "beloeb").value == "-500"


def test_no_personal_number_is_in_any_part_of_the_file(delivery: Delivery, tmp_path: Path) -> None:
    planted = "611270-1234"
    delivery.citizen("Anna", cpr=cpr(3))
    delivery.citizen("gyldig nok", cpr="112701234", gruppe="?")
    delivery.citizen("ikke et nummer", cpr="999999-9999")
    for column in ("borger_id", "kommunekode", "maalgruppe", "ydelse", "gruppe", "visitationsdato"):
        delivery.citizen(**{"borger_id": column, column: planted})
    delivery.spell(planted, planted, planted, forloeb_id=planted, type=planted, virksomhed_cvr=planted)
    delivery.wages(planted, planted, bilagsnr=planted, kategori=planted, lovpligtig=planted, tekst=f"for {planted}!")
    path = delivery.write(tmp_path / "inbox")
    with (path / "borgere.csv").open("a", encoding="utf-8") as file:
        file.write(f"for kort;112701234;{planted}\n")
    found = check(path, project_id=None, as_of=None, register=None, now=Moment.parse("2018-02-15T12:00"))
    write_marked_copy(found, tmp_path / "fejl.xlsx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "fejl.xlsx").read_bytes())) as archive:
        everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    for number in ("611270", "270-1234", cpr(3), "112701234", "999999"):
        assert number not in everything
    assert "******-****" in everything
    book = openpyxl.load_workbook(tmp_path / "fejl.xlsx")
    assert cell(book, "borgere", 11, "borger_id").value == "(rækken vises ikke)"


def test_a_file_is_never_overwritten(delivery: Delivery, tmp_path: Path) -> None:
    report = tmp_path / "fejl.xlsx"
    report.write_bytes(b"mine")
    with pytest.raises(InputError, match="findes allerede og overskrives ikke"):
        check_report_path(report, tmp_path / "levering")
    with pytest.raises(InputError, match="kan ikke skrives"):
        write_marked_copy(checked(delivery, tmp_path / "inbox"), report)
    assert report.read_bytes() == b"mine"


def test_a_report_lies_where_it_can_and_not_in_the_delivery(tmp_path: Path) -> None:
    (tmp_path / "levering").mkdir()
    check_report_path(tmp_path / "fejl.xlsx", tmp_path / "levering")
    for report in ("fejl.csv", "mangler/fejl.xlsx", "levering/fejl.xlsx"):
        with pytest.raises(InputError, match=r"^.*: .*\.$"):
            check_report_path(tmp_path / report, tmp_path / "levering")


def test_what_is_rejected_is_listed_before_what_is_only_remarked(delivery: Delivery, tmp_path: Path) -> None:
    delivery.spell(delivery.citizen("Anna"), "2016-03-01", "2016-12-01", type="snusepraktik")
    delivery.citizen("Bo", gruppe="reserve")
    kinds = [row[1].value for row in copied(delivery, tmp_path)["Fejl"].iter_rows(min_row=6)]
    order = ["Indberetningen afvises", "Rækken afvises", "Projektet i bero", "Bemærkning"]
    assert {"Rækken afvises", "Bemærkning"} <= set(kinds)
    assert kinds == sorted(kinds, key=order.index)

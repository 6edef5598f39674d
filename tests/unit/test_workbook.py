"""Workbooks as programs write them: rows of any width, dimensions that are wrong, cells that hold no value."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.cell import WriteOnlyCell

from tasks.intake.contents import DeliveredFile, Delivery
from tasks.intake.delivery import read_delivery
from tests.support.portfolio import BORGERE, FORLOEB, UDGIFTER

COLUMNS = {"borgere": BORGERE.split(), "forloeb": FORLOEB.split(), "udgifter": UDGIFTER.split()}
FORLOEB_SHEET = "xl/worksheets/sheet2.xml"
SPELLS = [[f"F{number}", "Anna", "virksomhedspraktik", "10000009", "2016-03-01", "2016-04-10"] for number in range(3)]


def workbook(spells: list[list[Any]], *, sheets: dict[str, list[list[Any]]] | None = None) -> bytes:
    """Give a workbook without a dimension, its rows as wide as they are; '#N/A' and '#REF!' are error cells."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in ({name: [] for name in COLUMNS} | {"forloeb": spells} | (sheets or {})).items():
        sheet = book.create_sheet(name)
        for row in [COLUMNS[name], *rows] if name in COLUMNS else rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if value in ("#N/A", "#REF!"):
        cell.data_type = "e"
    return cell


def changed(data: bytes, change: Callable[[bytes], bytes], name: str = FORLOEB_SHEET) -> bytes:
    """Give the workbook with the sheet forloeb changed, or another part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for told in old.namelist():
            part = old.read(told)
            if told == name:
                assert change(part) != part
                part = change(part)
            new.writestr(told, part)
    return file.getvalue()


def computed(data: bytes) -> bytes:
    """Give the workbook without openpyxl's word that its formulas are still to be computed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'fullCalcOnLoad="1"', b""))
    return file.getvalue()


def _prefixed(part: bytes) -> bytes:
    """Give a part with a prefix to every element."""
    return re.sub(rb"<(/?)(\w+)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")


def read(data: bytes) -> Delivery:
    """Read a delivery of one workbook, in which nothing is to be refused."""
    delivery = read_delivery([DeliveredFile("indberetning.xlsx", data)], is_archive=False)
    assert [fault for fault in delivery.faults if fault.refuses] == []
    return delivery


def spells(data: bytes) -> pl.DataFrame:
    """Give the spells as they are read."""
    cells = read(data).tables["forloeb"].cells
    assert cells is not None
    return cells


def spells_with(cell: str, *, is_prefixed: bool) -> pl.DataFrame:
    """Give the spells as they are read with another cell F2, the first one's slutdato."""

    def change(part: bytes) -> bytes:
        written = re.sub(rb'<c r="F2".*?</c>', cell.encode(), part)
        return _prefixed(written) if is_prefixed else written

    return spells(changed(computed(workbook(SPELLS)), change))


@pytest.mark.parametrize("error", ["#N/A", "2016-05-01"])
def test_rows_may_be_wider_and_narrower_than_the_header(error: str) -> None:
    wide = [*SPELLS[0][:5], error, "", "note"]
    found = spells(workbook([wide, SPELLS[1][:2], SPELLS[2]]))
    assert found["forloeb_id"].to_list() == ["F0", "F1", "F2"]
    assert found["slutdato"].to_list() == [error, "", "2016-04-10"]


def test_a_cell_under_no_name_makes_no_row() -> None:
    """Such cells are notes, sums and helpers beside the table."""
    helped = [[*row, "", 0] for row in SPELLS]
    beside = [["", "", "", "", "", "", "", 0], ["", "", "", "", "", "", "", "I alt"]]
    assert spells(workbook([*helped, *beside])).equals(spells(workbook(SPELLS)))


@pytest.mark.parametrize("reference", ["A1", "A1:F2", "A1:D4", "A1:C1"])
@pytest.mark.parametrize("sheets", [{}, {"Pivot": [["#REF!"]]}], ids=["no error", "an error elsewhere"])
def test_a_wrong_dimension_hides_nothing(reference: str, sheets: dict[str, list[list[Any]]]) -> None:
    told = f'<dimension ref="{reference}"/><sheetData>'.encode()
    data = changed(workbook(SPELLS, sheets=sheets), lambda part: part.replace(b"<sheetData>", told))
    assert spells(data).equals(spells(workbook(SPELLS)))


def test_an_error_cell_is_its_text() -> None:
    found = spells(workbook([[*SPELLS[0][:5], "#N/A"], [*SPELLS[1][:5], "#REF!"], SPELLS[2]]))
    assert found["slutdato"].to_list() == ["#N/A", "#REF!", "2016-04-10"]


def test_of_a_workbook_that_is_still_to_be_computed_no_formula_has_a_value() -> None:
    for formula in (b"<f>1+1</f>", b"<f><![CDATA[1+1]]></f>", b"<!-- sum --><f>1+1</f>"):
        cell = b'<c r="F2">' + formula + b"<v>2</v></c>"
        book = changed(workbook(SPELLS), lambda part, cell=cell: re.sub(rb'<c r="F2".*?</c>', cell, part))
        assert spells(book)["slutdato"].to_list() == ["formel uden værdi", "2016-04-10", "2016-04-10"]
        assert spells(computed(book))["slutdato"].to_list() == ["2", "2016-04-10", "2016-04-10"]


def test_a_comment_without_its_end_is_damage() -> None:
    book = changed(computed(workbook(SPELLS)), lambda part: part.replace(b"<sheetData>", b"<!-- <sheetData>"))
    faults = read_delivery([DeliveredFile("indberetning.xlsx", book)], is_archive=False).faults
    assert [fault.code for fault in faults if fault.refuses] == ["F01"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="F2"><f>DATE(2016,4,10)</f><v></v></c>', "formel uden værdi"),
        ('<c r="F2" s="3"><f>DATE(2016,4,10)</f><v/></c>', "formel uden værdi"),
        ('<c r="F2"><f>DATE(2016,4,10)</f></c>', "formel uden værdi"),
        ('<c r="F2" t="n"><f t="shared" si="0"/></c>', "formel uden værdi"),
        ('<c t="e" r="F2"><f>A1/0</f></c>', "formel uden værdi"),
        ('<c r="F2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ("<c r='F2' t = 'e'><v>#N/A</v></c>", "#N/A"),
        ('<c r="F2" t="str"><f>IF(1,"","")</f><v></v></c>', ""),
        ('<c r="F2" t="str"><f>IF(1,"","")</f></c>', ""),
        ('<c r="F2" t="str"><f>A1&amp;"x"</f><v>x</v></c>', "x"),
        ('<c r="F2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="F2" s="3"/>', ""),
        ('<c r="F2"><f><![CDATA[IF(A1<B1,1,2)]]></f></c>', "formel uden værdi"),
        ('<c r="F2"><!-- <v>2</v> --><f>1+1</f></c>', "formel uden værdi"),
        ('<c r="F2"><f>1<?calc late?>+1</f><v><![CDATA[]]></v></c>', "formel uden værdi"),
        ('<c r="F2"><v><![CDATA[2]]></v></c>', "2"),
        ('<c r="F2"><v>2<!-- tens -->1</v></c>', "21"),
        ('<c r="F2" t="str"><v><![CDATA[<!--a&b-->]]></v></c>', "<!--a&b-->"),
    ],
)
@pytest.mark.parametrize("is_prefixed", [False, True])
def test_a_formula_without_a_value_is_no_blank(cell: str, text: str, *, is_prefixed: bool) -> None:
    """As a blank slutdato it would be a spell that still runs."""
    found = spells_with(cell, is_prefixed=is_prefixed)
    assert found["slutdato"].to_list() == [text, "2016-04-10", "2016-04-10"]
    assert found["forloeb_id"].to_list() == ["F0", "F1", "F2"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="F2" t="d"><v>2016-04-10T00:00:00.000Z</v></c>', "2016-04-10"),
        ("<c t='d' s='3' r='F2'><v> 2016-04-10T00:00:00Z </v></c>", "2016-04-10"),
        ('<c r="F2" t="d"><f>E2+40</f><v>2016-04-10T00:00Z</v></c>', "2016-04-10"),
        ('<c r="F2" t="d"><!-- a --><f><![CDATA[E2+40]]></f><v>2016-04-10T00:00Z</v></c>', "2016-04-10"),
        ('<c r="F2" t="d"><v>2016-04-10T22:00:00.000Z</v></c>', "2016-04-10T22:00:00.000Z"),
        ('<c r="F2" t="d"><v>2016-04-10T00:00:00.001Z</v></c>', "2016-04-10T00:00:00.001Z"),
        ('<c r="F2" t="str"><v>2016-04-10T00:00:00.000Z</v></c>', "2016-04-10T00:00:00.000Z"),
        ('<c r="F2" t="inlineStr"><is><t>2016-04-10T00:00:00Z</t></is></c>', "2016-04-10T00:00:00Z"),
    ],
)
@pytest.mark.parametrize("is_prefixed", [False, True])
def test_midnight_is_no_time_of_a_date_cell(cell: str, text: str, *, is_prefixed: bool) -> None:
    assert spells_with(cell, is_prefixed=is_prefixed)["slutdato"][0] == text


@pytest.mark.parametrize(
    "name", ["JF-187 indberetning.xlsx", "Indberetning.xls", "indberetning.ODS", "indberetning/indberetning.xlsx"]
)
def test_a_workbook_that_is_not_read_is_told_its_name(name: str) -> None:
    delivery = read_delivery([DeliveredFile(name, workbook(SPELLS))], is_archive=False)
    told = [(fault.da, fault.en) for fault in delivery.faults if fault.code == "F07"]
    assert told == [
        (
            f"{name}: ikke læst; en projektmappe læses kun som indberetning.xlsx øverst i indberetningen",
            f"{name}: not read; a workbook is read only as indberetning.xlsx at the top of the delivery",
        )
    ]


@pytest.mark.parametrize(
    "blank",
    [
        '<row r="1048576"><c r="D1048576" s="2" t="n"></c></row>',
        '<row r="1048576"><c r="D1048576" s="2"/></row>',
        '<row r="1048576"><c r="D1048576" s="2">\n</c></row>',
        '<row r="1048575" s="1"></row><row r="1048576" s="1"/>',
    ],
)
@pytest.mark.parametrize("is_prefixed", [False, True])
def test_a_blank_cell_or_row_far_down_is_no_reason_to_refuse(blank: str, *, is_prefixed: bool) -> None:
    def change(part: bytes) -> bytes:
        written = part.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
        return _prefixed(written) if is_prefixed else written

    assert spells(changed(workbook(SPELLS), change))["forloeb_id"].to_list()[:3] == ["F0", "F1", "F2"]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ('<row r="1048575"/><row><c><v>1</v></c></row>', "H1048575"),
        ('<row r="1048575"></row><row><c><v>1</v></c></row>', "H1048575"),
        ('<row r="9"><c r="XFD1048576"/><c><v>1</v></c></row>', "XFE1048576"),
        ('<row r="1048576"><c/><c/><c><v>1</v></c></row>', "J1048576"),
    ],
)
def test_a_cell_without_a_place_stands_behind_a_blank_one(rows: str, last: str) -> None:
    book = changed(workbook(SPELLS), lambda part: part.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    faults = read_delivery([DeliveredFile("indberetning.xlsx", book)], is_archive=False).faults
    (told,) = [fault.da for fault in faults if fault.refuses]
    assert f"strækker sig til celle {last}, hvilket" in told


def test_a_sheet_that_spans_too_far_is_named_with_its_last_cell() -> None:
    far = b'<row r="1048576"><c r="F1048576" t="str"><v> </v></c></row></sheetData>'
    book = changed(workbook(SPELLS), lambda part: part.replace(b"</sheetData>", far))
    faults = read_delivery([DeliveredFile("indberetning.xlsx", book)], is_archive=False).faults
    (told,) = [fault.da for fault in faults if fault.refuses]
    assert 'arket "forloeb" strækker sig til celle G1048576' in told
    assert "slet rækkerne under tabellen" in told


ROW_3 = '<row r="3"><c r="A3" t="str"><v>F9</v></c><c r="B3" t="str"><v>Bo</v></c></row>'
CELL_B3 = '<c r="B3" t="str"><v>Bo</v></c>'
TWICE = {
    "a row": (ROW_3, "række 3 to gange", "row 3 twice"),
    "a row with other cells": ('<row r="3"><c r="G3"><v>1</v></c></row>', "række 3 to gange", "row 3 twice"),
    "a row without places of cells": ('<row r="3"><c><v>1</v></c></row>', "række 3 to gange", "row 3 twice"),
    "a row without places": ('<row r="2"/><row><c><v>1</v></c></row>', "række 3 to gange", "row 3 twice"),
    "a row told by its cells": ('<row r="9"><c r="G3"><v>1</v></c></row>', "række 3 to gange", "row 3 twice"),
    "a row told in part by a cell": (
        '<row r="9"><c r="A9"><v>1</v></c><c r="G3"><v>1</v></c></row>', "række 3 to gange", "row 3 twice"
    ),
    "a cell": (f'<row r="9">{CELL_B3.replace("B3", "B9") * 2}</row>', "celle B9 to gange", "cell B9 twice"),
    "a cell in other letters": (
        '<row r="9"><c r="b9"><v>1</v></c><c r="B9"><v>1</v></c></row>', "celle B9 to gange", "cell B9 twice"
    ),
    "a cell behind its place": (
        '<row r="9"><c r="B9"><v>1</v></c><c r="A9"><v>1</v></c><c><v>1</v></c></row>',
        "celle B9 to gange",
        "cell B9 twice",
    ),
    "a cell's value": (
        '<row r="9"><c r="B9" t="str"><v>1</v> <v>2</v></c></row>', "celle B9 to gange", "cell B9 twice"
    ),
    "rows behind others": (
        f"</sheetData><sheetData>{ROW_3}", "rækker bag de rækker, der læses", "rows behind those that are read"
    ),
    "rows behind the end": (
        '</sheetData><row r="9"><c r="A9"><v>1</v></c></row><sheetData>',
        "rækker bag de rækker, der læses",
        "rows behind those that are read",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("xml", "da", "en"), TWICE.values(), ids=TWICE)
@pytest.mark.parametrize("is_prefixed", [False, True])
def test_what_a_sheet_tells_twice_is_refused(xml: str, da: str, en: str, *, is_prefixed: bool) -> None:
    """The reader keeps the last, and a citizen's row would be gone in silence."""

    def change(part: bytes) -> bytes:
        written = part.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
        return _prefixed(written) if is_prefixed else written

    book = changed(workbook(SPELLS), change)
    faults = read_delivery([DeliveredFile("indberetning.xlsx", book)], is_archive=False).faults
    assert [(fault.code, fault.da, fault.en) for fault in faults if fault.refuses] == [
        (
            "F01",
            f'indberetning.xlsx: arket "forloeb" har {da}, så værdier ville gå tabt: åbn projektmappen i regnearket, '
            "se efter, at alle rækker er der, og gem den igen",
            f'indberetning.xlsx: the sheet "forloeb" has {en}, so values would be lost: open the workbook in the '
            "spreadsheet, see that all rows are there, and save it anew",
        )
    ]


@pytest.mark.parametrize(
    "blank",
    [
        '<row r="3"/>',
        '<row r="3" s="1"></row>',
        '<row r="3"><c r="A3"/><c r="B3" s="2"></c></row>',
        "</sheetData><controls><anchor><xdr:col>1</xdr:col><xdr:row>3</xdr:row></anchor></controls><sheetData0>",
        f"<!-- {ROW_3} -->",
    ],
)
def test_what_comes_twice_and_holds_nothing_is_no_reason_to_refuse(blank: str) -> None:
    book = changed(
        workbook(SPELLS),
        lambda part: (
            part.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
            .replace(b"<sheetData0></sheetData>", b"")
            .replace(b"<worksheet ", b'<worksheet xmlns:xdr="urn:x" ')
        ),
    )
    assert spells(book).equals(spells(workbook(SPELLS)))


def test_a_sheet_that_is_no_table_may_tell_a_row_twice() -> None:
    book = changed(
        workbook(SPELLS, sheets={"Pivot": [["F1"]]}),
        lambda part: part.replace(b"<row ", b'<row r="1"><c r="A1"><v>1</v></c></row><row ', 1),
        name="xl/worksheets/sheet4.xml",
    )
    assert spells(book).equals(spells(workbook(SPELLS)))


@pytest.mark.parametrize("empty", ["<v/>", "<v></v>"])
@pytest.mark.parametrize("is_placed", [True, False])
def test_an_empty_value_before_a_cells_text_takes_nothing_from_it(empty: str, *, is_placed: bool) -> None:
    def change(part: bytes) -> bytes:
        told = part.replace(b"<is>", empty.encode() + b"<is>")
        return told if is_placed else re.sub(rb' r="[A-Z]*[0-9]+"', b"", told)

    assert spells(changed(workbook(SPELLS), change)).equals(spells(workbook(SPELLS)))


def test_a_cells_text_before_an_empty_value_is_refused() -> None:
    """The reader gives the value, which is none."""
    book = changed(workbook(SPELLS), lambda part: part.replace(b"</is>", b"</is><v/>"))
    faults = read_delivery([DeliveredFile("indberetning.xlsx", book)], is_archive=False).faults
    assert ["celle A1 to gange" in fault.da for fault in faults if fault.refuses] == [True]


def test_what_formulas_keep_of_another_workbook_is_no_sheet_of_this_one() -> None:
    """A spreadsheet keeps the cells of each sheet that they refer to."""
    kept = "".join(
        f'<sheetData sheetId="{sheet}"><row r="1"><cell r="A1"><v>1</v></cell></row></sheetData>' for sheet in range(2)
    )
    link = f"<externalLink><externalBook><sheetDataSet>{kept}</sheetDataSet></externalBook></externalLink>"
    file = io.BytesIO(workbook(SPELLS))
    with zipfile.ZipFile(file, "a") as book:
        book.writestr("xl/externalLinks/externalLink1.xml", link)
    assert spells(file.getvalue()).equals(spells(workbook(SPELLS)))


@pytest.mark.parametrize("is_placed", [True, False])
def test_rows_and_cells_out_of_order_stand_where_they_say(*, is_placed: bool) -> None:
    """Where rows have no number, they stand as they come; where cells have no place, in the columns as they come."""

    def change(part: bytes) -> bytes:
        if not is_placed:
            return re.sub(rb' r="[A-Z]*[0-9]+"', b"", part)
        head, *rows = re.split(rb"(?=<row )", part)
        last, end = rows[-1].split(b"</sheetData>")
        cells = [re.split(rb"(?=<c )", row.removesuffix(b"</row>")) for row in (*rows[:-1], last)]
        turned = [b"".join([row, *reversed(in_row)]) + b"</row>" for row, *in_row in cells]
        return head + b"".join(reversed(turned)) + b"</sheetData>" + end

    assert spells(changed(workbook(SPELLS), change)).equals(spells(workbook(SPELLS)))

"""A copy of a checked delivery as a workbook, with the cells marked that break a rule.

The copy holds no personal number: the column cpr is blank, every text is masked, and a row whose fields can't be
matched with columns (R01) is left out, since a number might stand anywhere in it.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from tasks.base.cells import plain_cell
from tasks.base.cpr import mask
from tasks.base.danish import number, short_day
from tasks.base.errors import InputError
from tasks.base.system import told_by_system
from tasks.check.text import verdict
from tasks.intake.tables import ALL_TABLES
from tasks.validation.catalogue import ACTIONS, without_page

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from tasks.check.findings import BrokenRule, Checked
    from tasks.intake.contents import TableText
    from tasks.validation.catalogue import Rule

ERRORS = "Fejl"
_CPR = "cpr"
_MOST_ROWS = 1_048_576
_MOST_LISTED = 60_000
_LONGEST_TEXT = 32_000
_LINE_HEIGHT_POINTS = 15
_CPR_WIDTH_CHARACTERS = 12
_MOST_AUTOFIT_PIXELS = 300
_A4 = 9
_MOST_REMEMBERED = 4_096
# The errors that cost something come before the remarks.
_ORDER = ("refuse", "reject", "hold", "remark")
_NUMBER = re.compile(r"-?[0-9.,]+(?:\s*kr\.)?")
_HEADS = (("Regel", 7), ("Alvor", 17), ("Sted", 7), ("Fil", 20), ("Række", 8), ("Kolonne", 18), ("Nøgle", 13),
          ("Hvad er galt", 50), ("Sådan rettes det", 50))  # fmt: skip


class _Mark(NamedTuple):
    rule: Rule
    text: str


def check_report_path(report: Path, delivery: Path) -> None:
    """Raise InputError when a report can't be written there, or would lie in the delivery itself."""
    shown = mask(str(report))
    if report.suffix.lower() != ".xlsx":
        raise InputError(f"--report er {shown}, som ikke ender på .xlsx: giv filen et navn, der gør.")
    if report.exists() or report.is_symlink():
        raise InputError(f"{shown} findes allerede og overskrives ikke: angiv et andet navn med --report.")
    if not report.parent.is_dir():
        raise InputError(f"Mappen til {shown} findes ikke: opret den, eller angiv en anden med --report.")
    if delivery.resolve() in report.resolve().parents:
        raise InputError(f"{shown} ligger i selve indberetningen: angiv en anden mappe med --report.")


def write_marked_copy(found: Checked, path: Path) -> None:
    """Write the list of errors, and each table with its marks.

    Raises InputError when a table has more rows than a workbook, or the file is there or can't be written.
    """
    data = marked_copy(found)
    try:
        with path.open("xb") as file:
            file.write(data)
    except OSError as error:
        raise InputError(
            f"{mask(str(path))} kan ikke skrives ({told_by_system(error).da}): angiv et andet navn med --report."
        ) from error


def marked_copy(found: Checked, *, most: int | None = None) -> bytes:
    """Give the list of errors, and each table with its marks, as a workbook.

    `most`: the errors that are listed, and the cells of each table that have a note; other marked cells have their
    colour alone. None: 60 000 errors and every note.

    Raises InputError when a table has more rows than a workbook.
    """
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _Formats(book)
        errors = book.add_worksheet(ERRORS)
        cells = {
            table.name: _copy(
                book.add_worksheet(table.name), found.texts[table.name], _marks(found, table.name), formats, most
            )
            for table in ALL_TABLES
            if table.name in found.texts
        }
        _list(errors, found, cells, formats, _MOST_LISTED if most is None else most)
    return file.getvalue()


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7E6E6", "valign": "top"})
        self.text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self.long: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.count: Format = book.add_format({"valign": "top", "align": "center"})
        self.link: Format = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        self.reject: Format = book.add_format({"num_format": "@", "bg_color": "#FFC7CE", "font_color": "#9C0006"})
        self.remark: Format = book.add_format({"num_format": "@", "bg_color": "#FFEB9C", "font_color": "#7F6000"})


def _marks(found: Checked, table: str) -> dict[tuple[int, str], list[_Mark]]:
    """Give the notes on each cell, by row and column ('': the row as a whole)."""
    marks: dict[tuple[int, str], list[_Mark]] = defaultdict(list)
    for broken in found.broken:
        if broken.table == table:
            for spot in broken.spots:
                for column in broken.columns or ("",):
                    marks[spot.row_no, column].append(_Mark(broken.rule, without_page(spot.message.da)))
    return marks


def _copy(
    sheet: Worksheet,
    text: TableText,
    marks: dict[tuple[int, str], list[_Mark]],
    formats: _Formats,
    most_notes: int | None,
) -> dict[str, int]:
    """Copy a table, each cell under its own name (F7); give the place of each column, from 0.

    A column that is not read is left blank.
    """
    places = {name: text.columns[name] - 1 for name in text.table.columns if name in text.columns}
    for name, at in places.items():
        sheet.write_string(0, at, name, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if _CPR in places:
        sheet.write_comment(0, places[_CPR], "Numrene er fjernet i kopien.", {"x_scale": 1.5})
    ragged = {row_no for row_no, column in marks if not column}
    noted = frozenset(sorted(marks)[:most_notes])
    for row_no, cells in rows_of(text):
        if row_no > _MOST_ROWS:
            raise InputError(f"{text.table.name} har flere rækker, end et regneark kan rumme: udelad --report.")
        if row_no not in ragged:
            for name, at in places.items():
                shown = "" if name == _CPR else _safe(cells.get(name, ""))
                where = (row_no, name)
                _write(sheet, row_no - 1, at, shown, marks.get(where, []), formats, has_note=where in noted)
    for row_no in ragged:
        where = (row_no, "")
        _write(sheet, row_no - 1, 0, "(rækken vises ikke)", marks[where], formats, has_note=where in noted)
    sheet.autofit(_MOST_AUTOFIT_PIXELS)
    if _CPR in places:
        sheet.set_column(places[_CPR], places[_CPR], _CPR_WIDTH_CHARACTERS)
    return {**places, "": 0}


def rows_of(text: TableText, row_nos: Collection[int] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Give a table's rows, or those of some numbers, by their numbers, cells by column."""
    if text.cells is not None:
        cells = text.cells if row_nos is None else text.cells.filter(text.cells["row_no"].is_in(list(row_nos)))
        for row in cells.iter_rows(named=True):
            yield row["row_no"], row
    elif text.delimited is not None:
        places = {name: at - 1 for name, at in text.columns.items()}
        records = text.delimited.content.split(text.delimited.record_separator)
        for row_no, record in enumerate(
            records[text.delimited.header_row_no :], start=text.delimited.header_row_no + 1
        ):
            if row_nos is not None and row_no not in row_nos:
                continue
            fields = record.split(text.delimited.field_separator)
            if any(fields):
                yield row_no, {name: fields[at] for name, at in places.items() if at < len(fields)}


# The same days and codes stand in most rows, and every row of a list says how to mend its rule.
@lru_cache(maxsize=_MOST_REMEMBERED)
def _safe(text: str) -> str:
    text = mask(text)
    text = text if _NUMBER.fullmatch(text) else plain_cell(text)
    return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"


def _write(
    sheet: Worksheet, row: int, column: int, text: str, marks: list[_Mark], formats: _Formats, *, has_note: bool
) -> None:
    if not marks:
        if text:
            sheet.write_string(row, column, text, formats.text)
        return
    rejects = any(mark.rule.action == "reject" for mark in marks)
    shown_as = formats.reject if rejects else formats.remark
    if text:
        sheet.write_string(row, column, text, shown_as)
    else:
        sheet.write_blank(row, column, None, shown_as)
    if not has_note:
        return
    said = "\n\n".join(f"{mark.rule.code}: {mark.text}\nSådan rettes det: {mark.rule.mend_da}" for mark in marks)
    lines = sum(1 + len(part) // 42 for part in said.split("\n"))
    sheet.write_comment(row, column, said, {"width": 320, "height": 20 + 16 * lines, "author": "jobfirst"})


def _list(sheet: Worksheet, found: Checked, cells: dict[str, dict[str, int]], formats: _Formats, most: int) -> None:
    """List every error, each with a link to its cell."""
    as_of = short_day(found.as_of_date) if found.as_of_date else "ikke oplyst"
    sheet.write_string(0, 0, f"Kontrol af {found.name}, opgjort pr. {as_of}", formats.title)
    sheet.write_string(1, 0, verdict(found))
    sheet.write_string(
        2, 0, "Kopien viser fejlene; ret dem i de filer, der skal afleveres. Røde celler afvises, gule tæller."
    )
    head = 4
    for at, (name, width) in enumerate(_HEADS):
        sheet.set_column(at, at, width)
        sheet.write_string(head, at, name, formats.head)
    sheet.freeze_panes(head + 1, 0)
    row = head
    lines = sorted(_lines(found, cells, most), key=lambda line: _ORDER.index(line.rule.action))
    for row, line in enumerate(lines, start=head + 1):
        _write_line(sheet, row, line, formats)
    sheet.autofilter(head, 0, row, len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


class _Line(NamedTuple):
    rule: Rule
    place: str
    file: str
    row_no: int | None
    columns: str
    key: str
    text: str


def _lines(found: Checked, cells: dict[str, dict[str, int]], most: int) -> Iterator[_Line]:
    for whole in (*found.faults, *found.holds):
        for place in whole.places:
            yield _Line(whole.rule, "", "", None, "", "", without_page(place.da))
    listed = 0
    for broken in sorted(found.broken, key=lambda broken: _ORDER.index(broken.rule.action)):
        for spot in broken.spots[: max(0, most - listed)]:
            cell = xl_rowcol_to_cell(spot.row_no - 1, cells[broken.table][_first(broken)])
            text = without_page(spot.message.da)
            yield _Line(
                broken.rule,
                f"{broken.table}!{cell}",
                broken.file,
                spot.row_no,
                ", ".join(broken.columns),
                spot.key,
                text,
            )
        listed += len(broken.spots)
        if listed > most:
            yield _Line(broken.rule, "", broken.file, None, "", "", f"Kun de første {number(most)} fejl er vist.")
            return


def _first(broken: BrokenRule) -> str:
    return broken.columns[0] if broken.columns else ""


@lru_cache(maxsize=_MOST_REMEMBERED)
def _lines_of(text: str, width: int) -> int:
    return len(wrap(text, width))


def _write_line(sheet: Worksheet, row: int, line: _Line, formats: _Formats) -> None:
    told = ("", "", "", line.file, "", line.columns, line.key, line.text, line.rule.mend_da)
    lines = max(_lines_of(text, width) for text, (_, width) in zip(told, _HEADS, strict=True))
    sheet.set_row(row, _LINE_HEIGHT_POINTS * max(1, lines))
    if line.rule.public_page:
        sheet.write_url(row, 0, line.rule.public_page, formats.link, line.rule.code)
    else:
        sheet.write_string(row, 0, line.rule.code, formats.text)
    sheet.write_string(row, 1, ACTIONS[line.rule.action], formats.text)
    if line.place:
        sheet.write_url(row, 2, f"internal:{line.place}", formats.link, line.place.rpartition("!")[2])
    sheet.write_string(row, 3, _safe(line.file), formats.long)
    if line.row_no is not None:
        sheet.write_number(row, 4, line.row_no, formats.count)
    sheet.write_string(row, 5, line.columns, formats.long)
    sheet.write_string(row, 6, _safe(line.key), formats.long)
    sheet.write_string(row, 7, _safe(line.text), formats.long)
    sheet.write_string(row, 8, line.rule.mend_da, formats.long)

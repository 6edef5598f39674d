"""How the sheets of an annex look: their formats, headings and paper, and which text may stand in a cell."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tasks.base.cells import plain_cell
from tasks.letters.facts import LetterFacts

VALUE = "Værdi"
LINE_POINTS = 15
_A4 = 9
# The most that a cell of a workbook holds.
_LONGEST_TEXT = 32_767


def plain(text: str) -> str:
    """Give a text that fits in a cell and that no spreadsheet takes for a formula, also when the cell is copied on."""
    text = plain_cell(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


class Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet whose cells are written by row and column alone, and without looking through their attributes."""

    # The library's own methods, behind the decorator that tries whether a cell is named 'A1' instead.
    write_number = Worksheet._write_number
    write_string = Worksheet._write_string

    def _write_rows(self) -> None:
        # A cell's attributes are its place, its format's number and its type: nothing that needs escaping.
        self._escape_attributes = str
        super()._write_rows()
        del self._escape_attributes

    def _calculate_spans(self) -> None:
        """Give no hint of a row's first and last cells: the library gives none where it streams rows."""


class Formats:
    """The formats of a workbook's cells."""

    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
        self.head_number: Format = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "align": "right"}
        )
        self.head_after_number: Format = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "align": "left", "indent": 1}
        )
        self.text: Format = book.add_format({"num_format": "@", "valign": "top"})
        self.link: Format = book.get_default_url_format()
        self.long: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.day: Format = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left", "indent": 1})
        self.count: Format = book.add_format({"num_format": "#,##0"})
        self.row_no: Format = book.add_format({"num_format": "0", "valign": "top", "align": "left"})
        self.row_after_number: Format = book.add_format(
            {"num_format": "0", "valign": "top", "align": "left", "indent": 1}
        )
        self.year: Format = book.add_format({"num_format": "0"})
        self.share: Format = book.add_format({"num_format": "0.0%"})
        self.money: Format = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.no_money: Format = book.add_format({"num_format": "@", "valign": "top", "align": "right"})
        self.sum: Format = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1, "align": "right"})
        self.bold: Format = book.add_format({"bold": True, "top": 1})
        self.working: Format = book.add_format({"indent": 1})
        self.sum_working: Format = book.add_format({"indent": 1, "top": 1})


def head(sheet: Worksheet, row: int, titles: Iterable[str], widths: Iterable[int], formats: Formats) -> None:
    """Write the headings of a table, which stay in sight, over columns so wide."""
    lines = 1
    is_number = False
    for column, (name, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, width)
        # A number's heading ends where the next one begins: the next one is indented, as its cells are.
        otherwise = formats.head_after_number if is_number else formats.head
        is_number = name == VALUE or "kr." in name
        sheet.write_string(row, column, name, formats.head_number if is_number else otherwise)
        # The arrow of a filter lies over the end of the last line: a heading has a line more than it needs.
        lines = max(lines, len(wrap(name, width - 3)) + 1)
    sheet.set_row(row, LINE_POINTS * lines)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)


def paper(sheet: Worksheet, facts: LetterFacts) -> None:
    """Say how a sheet is printed."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{facts.project_id}, {facts.year}: &A&RSide &P af &N")

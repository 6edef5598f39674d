"""One project's annex as a workbook: the calculation with live formulas, who counts, and what doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tasks.base.cells import plain_cell
from tasks.base.collector import without_collector
from tasks.base.danish import dato
from tasks.letters.facts import LetterFacts

CALCULATION, CITIZENS, REJECTED = "Beregning", "Borgere der tæller", "Tæller ikke"
WAGES, CHANGED = "Lønbilag", "Ændringer"
_SUBJECTS = {"start": "Påbegyndt forløb", "completion": "Gennemført forløb", "wages": "Lønbilag"}
VALUE = "Værdi"
_A4 = 9
_LONG_WIDTH, _LINE_POINTS = 60, 15
_LINE_WIDTH = _LONG_WIDTH - 8
# As `textwrap` breaks: at a space, and behind the hyphen of a word with letters on both sides of it.
_BEHIND_HYPHEN = r"(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])"
_A_LINE = re.compile(rf"\S(?:.{{0,{_LINE_WIDTH - 2}}}\S)?(?: |\Z|{_BEHIND_HYPHEN})")
# A row of a worksheet is no higher than 409 points.
_MOST_LINES = 27
# The height of a row that has none of its own: most rejected registrations need this much.
_USUAL_LINES = 2
# The most that a cell of a workbook holds.
_LONGEST_TEXT = 32_767
_DAY_ZERO = date(1899, 12, 30).toordinal()
# A worksheet holds 65 530 links.
_MOST_LINKS = 65_000


class CountedCitizen(NamedTuple):
    """A citizen who counts: dates and the pay of each event, in DKK; None where there is no completion."""

    citizen_id: str
    start_date: date
    start_dkk: float
    completion_date: date | None
    completion_dkk: float | None


class RejectedRegistration(NamedTuple):
    """A rule that a rejected registration breaks.

    `lost_dkk`: None on all but the registration's first rule, and where it can't be computed (`is_unreckoned`).
    `page`: the address where the rule is explained; blank where the rules are published nowhere.
    """

    table: str
    row_no: int
    key: str
    code: str
    reason: str
    mend: str
    lost_dkk: float | None
    is_unreckoned: bool = False
    page: str = ""


class Voucher(NamedTuple):
    """A voucher of the fixed grant that counts: its row in udgifter, and its amount in DKK."""

    row_no: int
    voucher: str
    day: date
    amount_dkk: float


class ChangedRegistration(NamedTuple):
    """A registration with another amount than was decided before: then and now, None where it is not there.

    `subject`: 'start', 'completion' or 'wages'; `key`: the citizen's borger_id, or the voucher. Amounts in DKK.
    """

    cause: str
    subject: str
    key: str
    earlier_row_no: int | None
    earlier_day: date | None
    earlier_dkk: Decimal
    row_no: int | None
    day: date | None
    now_dkk: Decimal


@dataclass(frozen=True)
class Listed:
    """The registrations that an annex lists."""

    citizens: Sequence[CountedCitizen] = ()
    wages: Sequence[Voucher] = ()
    changed: Sequence[ChangedRegistration] = ()
    rejected: Sequence[RejectedRegistration] = ()


def plain(text: str) -> str:
    """Give a text that fits in a cell and that no spreadsheet takes for a formula, also when the cell is copied on."""
    text = plain_cell(text)
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _serial(day: date) -> int:
    """Give a day as a workbook counts days, from 30 December 1899 on."""
    return day.toordinal() - _DAY_ZERO


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


class _Formats:
    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"})
        self.head_number: Format = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "align": "right"}
        )
        self.head_after_number: Format = book.add_format(
            {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom", "indent": 1}
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
        self.sum: Format = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1, "align": "right"})
        self.bold: Format = book.add_format({"bold": True, "top": 1})
        self.working: Format = book.add_format({"indent": 1})
        self.sum_working: Format = book.add_format({"indent": 1, "top": 1})


def _head(sheet: Worksheet, row: int, titles: Iterable[str], widths: Iterable[int], formats: _Formats) -> None:
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
    sheet.set_row(row, _LINE_POINTS * lines)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)


def _paper(sheet: Worksheet, facts: LetterFacts) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{facts.project_id}, {facts.year}: &A&RSide &P af &N")


def _citizens(sheet: Worksheet, citizens: Sequence[CountedCitizen], formats: _Formats) -> None:
    titles = ("Borger", "Påbegyndt", "Tilskud ved start, kr.", "Gennemført", "Tilskud ved gennemførelse, kr.")
    _head(sheet, 0, titles, (24, 14, 20, 14, 20), formats)
    sheet.autofilter(0, 0, len(citizens), len(titles) - 1)
    for row, citizen in enumerate(citizens, start=1):
        sheet.write_string(row, 0, plain(citizen.citizen_id), formats.text)
        sheet.write_number(row, 1, _serial(citizen.start_date), formats.day)
        sheet.write_number(row, 2, citizen.start_dkk, formats.money)
        if citizen.completion_date is not None and citizen.completion_dkk is not None:
            sheet.write_number(row, 3, _serial(citizen.completion_date), formats.day)
            sheet.write_number(row, 4, citizen.completion_dkk, formats.money)


@lru_cache(maxsize=10_000)
def lines_needed(text: str) -> int:
    """Give how many lines a text needs in a wide column: LibreOffice does not make the row higher itself."""
    needed = sum(max(1, wrapped_lines(line)) for line in text[: _LONG_WIDTH * _MOST_LINES].split("\n"))
    return min(needed, _MOST_LINES)


def wrapped_lines(line: str) -> int:
    """Give how many lines `textwrap.wrap` makes of one, without making them where the line is plain words."""
    words = line.split(" ")
    are_plain = line.isprintable() and "--" not in line and "" not in words and len(max(words, key=len)) <= _LINE_WIDTH
    return len(_A_LINE.findall(line) if are_plain else wrap(line, _LINE_WIDTH))


def _rejected(sheet: Worksheet, rejected: Sequence[RejectedRegistration], formats: _Formats) -> None:
    titles = (
        "Tabel",
        "Række",
        "Nøgle",
        "Regel",
        "Derfor tæller den ikke",
        "Sådan retter I den",
        "Ville have udløst i alle år, før loft, kr.",
    )
    sheet.set_default_row(_LINE_POINTS * _USUAL_LINES)
    _head(sheet, 0, titles, (11, 8, 22, 8, _LONG_WIDTH, _LONG_WIDTH, 18), formats)
    sheet.autofilter(0, 0, len(rejected), len(titles) - 1)
    for row, one in enumerate(rejected, start=1):
        reason, mend = plain(one.reason), plain(one.mend)
        lines = max(lines_needed(reason), lines_needed(mend))
        if lines != _USUAL_LINES:
            sheet.set_row(row, _LINE_POINTS * lines)
        sheet.write_string(row, 0, one.table, formats.text)
        sheet.write_number(row, 1, one.row_no, formats.row_no)
        sheet.write_string(row, 2, plain(one.key), formats.text)
        if one.page and row <= _MOST_LINKS:
            sheet.write_url(row, 3, one.page, formats.link, one.code)
        else:
            sheet.write_string(row, 3, one.code, formats.text)
        sheet.write_string(row, 4, reason, formats.long)
        sheet.write_string(row, 5, mend, formats.long)
        if one.lost_dkk is not None:
            sheet.write_number(row, 6, one.lost_dkk, formats.money)
        elif one.is_unreckoned:
            sheet.write_string(row, 6, "kan ikke gøres op", formats.text)


def _wages(sheet: Worksheet, wages: Sequence[Voucher], formats: _Formats) -> None:
    _head(sheet, 0, ("Bilag", "Række i udgifter", "Dato", "Beløb, kr."), (24, 12, 14, 18), formats)
    sheet.autofilter(0, 0, len(wages), 3)
    for row, one in enumerate(wages, start=1):
        sheet.write_string(row, 0, plain(one.voucher), formats.text)
        sheet.write_number(row, 1, one.row_no, formats.row_no)
        sheet.write_number(row, 2, _serial(one.day), formats.day)
        sheet.write_number(row, 3, one.amount_dkk, formats.money)


def _changed(sheet: Worksheet, changed: Sequence[ChangedRegistration], formats: _Formats) -> None:
    titles = (
        "Hvad",
        "Borger eller bilag",
        "Årsag",
        "Række før",
        "Dato før",
        "Tidligere tildelt, kr.",
        "Række nu",
        "Dato nu",
        "Nu, kr.",
        "Forskel, kr.",
    )
    _head(sheet, 0, titles, (19, 24, _LONG_WIDTH, 9, 14, 16, 9, 14, 16, 16), formats)
    sheet.autofilter(0, 0, len(changed), len(titles) - 1)
    for row, one in enumerate(changed, start=1):
        cause = plain(one.cause)
        sheet.set_row(row, _LINE_POINTS * lines_needed(cause))
        sheet.write_string(row, 0, _SUBJECTS[one.subject], formats.text)
        sheet.write_string(row, 1, plain(one.key), formats.text)
        sheet.write_string(row, 2, cause, formats.long)
        for column, row_no, day, shown_as in (
            (3, one.earlier_row_no, one.earlier_day, formats.row_no),
            (6, one.row_no, one.day, formats.row_after_number),
        ):
            if row_no is not None:
                sheet.write_number(row, column, row_no, shown_as)
            if day is not None:
                sheet.write_number(row, column + 1, _serial(day), formats.day)
        sheet.write_number(row, 5, one.earlier_dkk, formats.money)
        sheet.write_number(row, 8, one.now_dkk, formats.money)
        sheet.write_number(row, 9, one.now_dkk - one.earlier_dkk, formats.money)


class _Calculation:
    """The sheet's lines, each a label and a number or a formula over earlier lines."""

    def __init__(self, sheet: Worksheet, formats: _Formats, first_row: int) -> None:
        self._sheet, self._formats, self._row = sheet, formats, first_row

    def line(self, label: str, value: Decimal | int, shown_as: Format, formula: str = "", working: str = "") -> str:
        """Write a line, and give the cell of its value. A formula is written with the value that it gives."""
        is_sum = shown_as is self._formats.sum
        self._sheet.write_string(self._row, 0, label, self._formats.bold if is_sum else None)
        if formula:
            self._sheet.write_formula(self._row, 1, formula, shown_as, value)
        else:
            self._sheet.write_number(self._row, 1, value, shown_as)
        self._sheet.write_string(self._row, 2, working, self._formats.sum_working if is_sum else self._formats.working)
        self._row += 1
        return f"B{self._row}"

    def unknown(self, label: str) -> None:
        """Write a line whose amount can't be computed yet."""
        self._sheet.write_string(self._row, 0, label, self._formats.bold)
        self._sheet.write_string(self._row, 1, "kan ikke gøres op endnu", self._formats.sum)
        self._row += 1


def _calculation(sheet: Worksheet, facts: LetterFacts, citizen_count: int, formats: _Formats) -> None:
    last = max(citizen_count, 1) + 1
    days = {"start": f"'{CITIZENS}'!$B$2:$B${last}", "completion": f"'{CITIZENS}'!$D$2:$D${last}"}
    money = {"start": f"'{CITIZENS}'!$C$2:$C${last}", "completion": f"'{CITIZENS}'!$E$2:$E${last}"}
    activity, fixed = facts.activity, facts.fixed

    sheet.write_string(0, 0, f"Beregning af tilskud til JobFirst for {facts.year}", formats.title)
    as_of = f"Opgjort pr. {dato(facts.as_of_date)}" if facts.as_of_date else "Ingen indberetning, der kan bruges"
    for row, text in enumerate(
        (f"Projekt {facts.project_id}: {facts.project_name}", f"J.nr. {facts.case_number}", as_of), start=1
    ):
        sheet.write_string(row, 0, plain(text))
    _head(sheet, 5, ("Post", VALUE, "Sådan er den regnet"), (46, 18, 80), formats)

    lines = _Calculation(sheet, formats, 6)
    year = lines.line("År", facts.year, formats.year)
    target = lines.line("Måltal, borgere", facts.target_participants, formats.count)
    most = lines.line("Højeste tilskud pr. borger, kr.", activity.citizen_max_dkk, formats.money)
    share = lines.line("Andel, der højst kan udbetales", activity.cap_share, formats.share)
    cap = lines.line(
        "Loft, kr.",
        activity.cap_dkk,
        formats.money,
        f"=ROUND({target}*{most}*{share},2)",
        "Måltal gange tilskud gange andel",
    )
    if facts.is_unknown:
        lines.unknown(f"Tilskud for {facts.year}, kr.")
        return

    def in_year(event: str) -> str:
        return f'{days[event]},">="&DATE({year},1,1),{days[event]},"<="&DATE({year},12,31)'

    def paid(label: str, event: str, count: int, amount_dkk: Decimal) -> str:
        lines.line(
            f"{label}, borgere", count, formats.count, f"=COUNTIFS({in_year(event)})", f"Talt i arket {CITIZENS}"
        )
        return lines.line(
            f"{label}, kr.",
            amount_dkk,
            formats.money,
            f"=SUMIFS({money[event]},{in_year(event)})",
            f"Lagt sammen i arket {CITIZENS}",
        )

    starts_dkk = sum((line.amount_dkk for line in activity.starts), Decimal(0))
    starts = paid("Påbegyndte forløb i året", "start", activity.start_count, starts_dkk)
    completions = paid(
        "Gennemførte forløb i året", "completion", activity.completion_count, activity.gross_dkk - starts_dkk
    )
    gross = lines.line("Aktivitet før loft, kr.", activity.gross_dkk, formats.sum, f"={starts}+{completions}")
    earlier = lines.line(
        "Aktivitet i tidligere år, kr.",
        activity.gross_cumulative_dkk - activity.gross_dkk,
        formats.money,
        "="
        + "+".join(f'SUMIFS({money[event]},{days[event]},"<"&DATE({year},1,1))' for event in ("start", "completion")),
        f"Lagt sammen i arket {CITIZENS}",
    )
    granted = lines.line(
        "Aktivitetsafhængigt tilskud, kr.",
        activity.granted_dkk,
        formats.sum,
        f"=MIN({gross}+{earlier},{cap})-MIN({earlier},{cap})",
        "Al aktivitet til og med året, højst loftet, minus det samme for tidligere år",
    )
    wages = lines.line("Dokumenteret løn til projektledelse i året, kr.", fixed.wages_dkk, formats.money)
    wages_earlier = lines.line(
        "Dokumenteret løn i tidligere år, kr.", fixed.wages_cumulative_dkk - fixed.wages_dkk, formats.money
    )
    fixed_most = lines.line("Højeste faste tilskud, kr.", fixed.max_dkk, formats.money)
    fixed_granted = lines.line(
        "Fast tilskud, kr.",
        fixed.granted_dkk,
        formats.sum,
        f"=MAX(0,MIN({wages}+{wages_earlier},{fixed_most}))-MAX(0,MIN({wages_earlier},{fixed_most}))",
        "Al løn til og med året, mellem 0 kr. og det højeste tilskud, minus det samme for tidligere år",
    )
    entitlement = lines.line(
        f"Tilskud for {facts.year}, kr.", facts.entitlement_dkk, formats.sum, f"={granted}+{fixed_granted}"
    )
    posted = lines.line(f"Tidligere tildelt for {facts.year}, kr.", facts.posted_dkk, formats.money)
    if facts.netted or facts.other_years:
        net_dkk = facts.netted.net_dkk if facts.netted else facts.all_years_dkk
        decision, added = (
            ("Afgørelsen", "Andre afgørelser af samme dag") if facts.netted else ("Udkastet", "Andre år, regnet igen")
        )
        own = lines.line(
            f"{decision} for {facts.year}, kr.", facts.payable_dkk, formats.sum, f"={entitlement}-{posted}"
        )
        others = lines.line(f"{added}, kr.", net_dkk - facts.payable_dkk, formats.money)
        if net_dkk < 0:
            lines.line("Skal betales tilbage i alt, kr.", -net_dkk, formats.sum, f"=-{own}-{others}")
        else:
            lines.line("Til udbetaling i alt, kr.", net_dkk, formats.sum, f"={own}+{others}")
    elif facts.payable_dkk < 0:
        lines.line("Skal betales tilbage, kr.", -facts.payable_dkk, formats.sum, f"={posted}-{entitlement}")
    else:
        lines.line("Til udbetaling nu, kr.", facts.payable_dkk, formats.sum, f"={entitlement}-{posted}")


def write_workbook(facts: LetterFacts, listed: Listed, path: Path) -> None:
    """Write one project's annex; the same facts give the same bytes."""
    # A workbook is some ten thousand small tuples that all live until it is closed.
    with without_collector():
        _write(facts, listed, path)


def _write(facts: LetterFacts, listed: Listed, path: Path) -> None:
    book = Workbook(
        str(path),
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    made = facts.letter_date
    book.set_properties(
        {
            "title": f"Bilag til brev om tilskud til JobFirst for {facts.year}, {facts.project_id}",
            "author": facts.sender.name,
            "created": datetime(made.year, made.month, made.day),  # noqa: DTZ001 - a file property has no zone
        }
    )
    formats = _Formats(book)
    calculation, citizens = (book.add_worksheet(name, Sheet) for name in (CALCULATION, CITIZENS))
    _calculation(calculation, facts, len(listed.citizens), formats)
    _citizens(citizens, listed.citizens, formats)
    _wages(book.add_worksheet(WAGES, Sheet), listed.wages, formats)
    if listed.changed:
        _changed(book.add_worksheet(CHANGED, Sheet), listed.changed, formats)
    _rejected(book.add_worksheet(REJECTED, Sheet), listed.rejected, formats)
    for sheet in book.worksheets():
        _paper(sheet, facts)
    book.close()
    # Workbook and sheets hold each other. Parted, they go at once, with all cells, and the collector finds nothing.
    vars(book).clear()

"""One project's annex as a workbook: the calculation, who counts, and what doesn't."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tasks.annex.calculation import CALCULATION, CITIZENS, write_calculation
from tasks.annex.sheet import LINE_POINTS, Formats, Sheet, head, paper, plain
from tasks.base.collector import without_collector
from tasks.base.danish import UNRECKONED
from tasks.letters.facts import LetterFacts

REJECTED, WAGES, CHANGED = "Tæller ikke", "Lønbilag", "Ændringer"
_SUBJECTS = {"start": "Påbegyndt forløb", "completion": "Gennemført forløb", "wages": "Lønbilag"}
_LONG_WIDTH = 60
_LINE_WIDTH = _LONG_WIDTH - 8
# As `textwrap` breaks: at a space, and behind the hyphen of a word with letters on both sides of it.
_BEHIND_HYPHEN = r"(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])"
_A_LINE = re.compile(rf"\S(?:.{{0,{_LINE_WIDTH - 2}}}\S)?(?: |\Z|{_BEHIND_HYPHEN})")
# A row of a worksheet is no higher than 409 points.
_MOST_LINES = 27
# The height of a row that has none of its own: most rejected registrations need this much.
_USUAL_LINES = 2
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


def _serial(day: date) -> int:
    """Give a day as a workbook counts days, from 30 December 1899 on."""
    return day.toordinal() - _DAY_ZERO


def _citizens(sheet: Worksheet, citizens: Sequence[CountedCitizen], formats: Formats) -> None:
    titles = ("Borger", "Påbegyndt", "Tilskud ved start, kr.", "Gennemført", "Tilskud ved gennemførelse, kr.")
    head(sheet, 0, titles, (24, 14, 20, 14, 20), formats)
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


def _rejected(sheet: Worksheet, rejected: Sequence[RejectedRegistration], formats: Formats) -> None:
    titles = (
        "Tabel",
        "Række",
        "Nøgle",
        "Regel",
        "Derfor tæller den ikke",
        "Sådan retter I den",
        "Ville have udløst i alle år, før loft, kr.",
    )
    sheet.set_default_row(LINE_POINTS * _USUAL_LINES)
    head(sheet, 0, titles, (11, 8, 22, 8, _LONG_WIDTH, _LONG_WIDTH, 18), formats)
    sheet.autofilter(0, 0, len(rejected), len(titles) - 1)
    for row, one in enumerate(rejected, start=1):
        reason, mend = plain(one.reason), plain(one.mend)
        lines = max(lines_needed(reason), lines_needed(mend))
        if lines != _USUAL_LINES:
            sheet.set_row(row, LINE_POINTS * lines)
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
            sheet.write_string(row, 6, UNRECKONED, formats.no_money)


def _wages(sheet: Worksheet, wages: Sequence[Voucher], formats: Formats) -> None:
    head(sheet, 0, ("Bilag", "Række i udgifter", "Dato", "Beløb, kr."), (24, 12, 14, 18), formats)
    sheet.autofilter(0, 0, len(wages), 3)
    for row, one in enumerate(wages, start=1):
        sheet.write_string(row, 0, plain(one.voucher), formats.text)
        sheet.write_number(row, 1, one.row_no, formats.row_no)
        sheet.write_number(row, 2, _serial(one.day), formats.day)
        sheet.write_number(row, 3, one.amount_dkk, formats.money)


def _changed(sheet: Worksheet, changed: Sequence[ChangedRegistration], formats: Formats) -> None:
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
    head(sheet, 0, titles, (19, 24, _LONG_WIDTH, 9, 14, 16, 9, 14, 16, 16), formats)
    sheet.autofilter(0, 0, len(changed), len(titles) - 1)
    for row, one in enumerate(changed, start=1):
        cause = plain(one.cause)
        sheet.set_row(row, LINE_POINTS * lines_needed(cause))
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
    formats = Formats(book)
    calculation, citizens = (book.add_worksheet(name, Sheet) for name in (CALCULATION, CITIZENS))
    write_calculation(calculation, facts, len(listed.citizens), formats)
    _citizens(citizens, listed.citizens, formats)
    _wages(book.add_worksheet(WAGES, Sheet), listed.wages, formats)
    if listed.changed:
        _changed(book.add_worksheet(CHANGED, Sheet), listed.changed, formats)
    _rejected(book.add_worksheet(REJECTED, Sheet), listed.rejected, formats)
    for sheet in book.worksheets():
        paper(sheet, facts)
    book.close()
    # Workbook and sheets hold each other. Parted, they go at once, with all cells, and the collector finds nothing.
    vars(book).clear()

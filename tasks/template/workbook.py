"""The empty workbook for municipalities: the delivered tables as sheets, with lists, cell checks and control totals.

The cell checks help while typing; intake and the rule catalogue decide what counts. Pasting bypasses the checks, so
cells that would be read wrongly turn red as well.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tasks.base.errors import InputError
from tasks.intake.tables import (
    ALL_TABLES,
    ALWAYS,
    AMOUNT,
    BORGERE,
    FORLOEB,
    GRUNDELEMENTER,
    KONTROLTAL,
    TABLES,
    UDGIFTER,
    Column,
    Kind,
    Table,
)
from tasks.register.municipalities import municipalities
from tasks.rules.model import Rules, load_rules
from tasks.template.guide import column_guides, steps

# Rows with lists, checks and control totals; far more than a project has.
ROWS = {BORGERE.name: 5_000, FORLOEB.name: 25_000, UDGIFTER.name: 5_000, GRUNDELEMENTER.name: 25_000}

GUIDE_SHEET = "vejledning"
CODE_SHEET = "koder"
DAY_FORMAT = "dd-mm-yyyy"
OLDEST_SUPPORT = date(1950, 1, 1)
HEADER = {
    "bold": True,
    "valign": "vcenter",
    "font_color": "#FFFFFF",
    "bg_color": "#1F3864",
    "border": 1,
    "border_color": "#FFFFFF",
}
OPTIONAL_HEADER = {**HEADER, "bg_color": "#5B7DB1"}
WRONG = {"bg_color": "#F4B6B6", "font_color": "#7A0000"}
_AS_TEXT = {"num_format": "@"}
_FORMATS: dict[Kind, dict[str, Any]] = {
    Kind.ID: _AS_TEXT,
    Kind.CPR: _AS_TEXT,
    Kind.CVR: _AS_TEXT,
    Kind.CODE: _AS_TEXT,
    Kind.TEXT: _AS_TEXT,
    Kind.DAY: {"num_format": DAY_FORMAT, "align": "left"},
    Kind.AMOUNT: {"num_format": "#,##0.00"},
    Kind.HOURS: {"num_format": "0.0#"},
}
_NUMBERS = (Kind.DAY, Kind.AMOUNT, Kind.HOURS)


@dataclass(frozen=True)
class CodeList:
    """The codes that a column may hold, each with its meaning."""

    title: str
    columns: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]


def write_template(path: Path) -> None:
    """Write the empty workbook; the same bytes each time.

    Raises InputError when the name is not that of an .xlsx file, is taken, or can't be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"{path} is not the name of a workbook: let it end in .xlsx.")
    if path.exists():
        raise InputError(f"{path} is there already and might be filled in: choose another name, or remove it first.")
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist: make it first, or choose another.")
    try:
        path.write_bytes(template(load_rules()))
    except OSError as error:
        raise InputError(f"{path} can't be written: choose a folder in which you may write.") from error


def template(rules: Rules, of_municipalities: Collection[str] | None = None) -> bytes:
    """Give the empty workbook; the same bytes each time.

    `of_municipalities`: the codes of a project's, where it is made for one; all 98 otherwise.
    """
    guides = column_guides(rules)
    lists = code_lists(rules, of_municipalities)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # Its formulas hold their values: a workbook that says otherwise is read as one without values.
    book.calc_on_load = False
    # A time of writing would change the bytes.
    book.set_properties({"title": "Indberetning til JobFirst", "created": datetime.combine(rules.first_day, time())})
    _write_guide(book, guides, rules)
    ranges = _code_ranges(lists)
    for table in ALL_TABLES:
        _write_table(book, table, guides[table.name], ranges, rules)
    _write_control_totals(book)
    _write_codes(book, lists)
    book.close()
    return file.getvalue()


def code_lists(rules: Rules, of_municipalities: Collection[str] | None = None) -> tuple[CodeList, ...]:
    """Give the lists of codes, from the rules' vocabulary and the municipalities: all, or those asked for."""
    words = rules.vocabulary
    chosen = {
        code: one for code, one in municipalities().items() if of_municipalities is None or code in of_municipalities
    }
    benefits = tuple(
        (benefit, f"hører til {name}") for name, group in words.target_groups.items() for benefit in group.benefits
    )
    return (
        CodeList("Målgruppe", ("maalgruppe",), _titled(words.target_groups)),
        CodeList("Ydelse", ("ydelse",), benefits),
        CodeList("Gruppe", ("gruppe",), _titled(words.arms)),
        CodeList("Forløbstype", ("type",), _titled(words.spell_types)),
        CodeList("Udgiftskategori", ("kategori",), _titled(words.expense_categories)),
        CodeList(
            "Ja eller nej", ("integrationsprogram", "lovpligtig"), (("ja", "ja"), ("nej", "nej, det samme som tom"))
        ),
        CodeList("Grundelement", ("element",), _registered(rules)),
        CodeList("Opfyldt", ("opfyldt",), (("ja", "ja"), ("nej", "nej"))),
        CodeList("Kilde", ("kilde",), (("selv", "selv, det samme som tom"), ("konsulent", "STARs konsulent"))),
        CodeList("Kommune", ("kommunekode",), tuple((code, one.name) for code, one in chosen.items())),
    )


def _registered(rules: Rules) -> tuple[tuple[str, str], ...]:
    """Give the elements that are registered; the spells show the others."""
    elements = rules.fidelity.elements if rules.fidelity else {}
    return tuple((code, one.title_da) for code, one in elements.items() if one.judged_by == "registered")


def _titled(entries: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((code, entry.title_da) for code, entry in entries.items())


def _code_ranges(lists: Sequence[CodeList]) -> dict[str, str]:
    """Give each code column the cells that hold its codes: the lists stand below each other."""
    ranges = {}
    row = 2
    for codes in lists:
        last = row + len(codes.codes) - 1
        ranges.update(dict.fromkeys(codes.columns, f"={CODE_SHEET}!$B${row}:$B${last}"))
        row = last + 1
    return ranges


def _print_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_guide(book: Any, guides: dict[str, dict[str, Column]], rules: Rules) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.hide_gridlines(2)
    _print_setup(sheet)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 22)
    sheet.set_column(3, 3, 86)
    title = book.add_format({"bold": True, "font_size": 16})
    section = book.add_format({"bold": True, "font_size": 12, "top": 1, "top_color": "#1F3864"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    header = book.add_format(HEADER)
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.write_string(0, 0, "Indberetning til JobFirst", title)
    sheet.set_row(0, 26)
    row = 2
    sheet.write_row(row, 0, ["Sådan gør I", "", "", ""], section)
    for at, text in enumerate(steps(rules), start=1):
        row += 1
        sheet.merge_range(row, 0, row, 3, f"{at}. {text}", wrapped)
        sheet.set_row(row, _row_height(text, 150))
    row += 2
    sheet.write_row(row, 0, ["Kolonnerne", "", "", ""], section)
    row += 1
    sheet.write_row(row, 0, ["Ark", "Kolonne", "Udfyldes", "Indhold"], header)
    for table in ALL_TABLES:
        for column in table.columns:
            row += 1
            guide = guides[table.name][column]
            sheet.write_string(row, 0, table.name, wrapped)
            sheet.write_string(row, 1, column, bold)
            sheet.write_string(row, 2, guide.filled_da, wrapped)
            sheet.write_string(row, 3, guide.meaning_da, wrapped)
            sheet.set_row(row, _row_height(guide.meaning_da, 100))


def _row_height(text: str, characters_a_line: int) -> float:
    """Give the height in points: merged and wrapped cells do not grow by themselves."""
    lines = -(-len(text) // characters_a_line)
    return 15.5 * lines + 2


def _write_table(book: Any, table: Table, guides: dict[str, Column], ranges: dict[str, str], rules: Rules) -> None:
    sheet = book.add_worksheet(table.name)
    _print_setup(sheet)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    required, optional = book.add_format(HEADER), book.add_format(OPTIONAL_HEADER)
    wrong = book.add_format(WRONG)
    sheet.set_row(0, 20)
    last = ROWS[table.name] + 1
    for at, column in enumerate(table.columns):
        guide = guides[column]
        letter = xl_col_to_name(at)
        cells = f"{letter}2:{letter}{last}"
        sheet.set_column(at, at, guide.width, book.add_format(_FORMATS[guide.kind]))
        sheet.write_string(0, at, column, required if guide.filled_da == ALWAYS else optional)
        check = _check(table, guide, letter, ranges, rules, last)
        texts = {
            "input_title": column,
            "input_message": guide.meaning_da,
            "error_title": column,
            "error_message": guide.meaning_da,
        }
        sheet.data_validation(cells, {**check, **texts})
        if guide.kind not in _NUMBERS:
            sheet.ignore_errors({"number_stored_as_text": cells})
        if column == table.columns[0] and table is not GRUNDELEMENTER:
            sheet.conditional_format(cells, {"type": "duplicate", "format": wrong})
        if guide.kind in _NUMBERS:
            formula = f"=AND(ISTEXT({letter}2),LEN({letter}2)>0)"
            sheet.conditional_format(cells, {"type": "formula", "criteria": formula, "format": wrong})


def _check(
    table: Table, column: Column, letter: str, ranges: dict[str, str], rules: Rules, last: int
) -> dict[str, Any]:
    """Give the check of a column's cells, as a spreadsheet makes it (a custom formula is about the first row)."""
    cell = f"{letter}2"
    if column.name in ranges:
        return {"validate": "list", "source": ranges[column.name]}
    if column.name == table.columns[0] and table is not GRUNDELEMENTER:
        digits = f'SUBSTITUTE({cell},"-","")'
        is_cpr = f"AND(LEN({digits})=10,ISNUMBER(--{digits}))"
        once = f"COUNTIF({letter}$2:{letter}${last},{cell})=1"
        return {"validate": "custom", "value": f"=AND({once},NOT({is_cpr}))"}
    if column.kind is Kind.TEXT:
        return {"validate": "any"}
    if column.kind is Kind.DAY:
        return _day_check(column.name, rules)
    if column.kind is Kind.HOURS:
        hours = rules.vocabulary.weekly_hours
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": float(hours.least),
            "maximum": float(hours.most),
        }
    formulas = {
        Kind.ID: f"=COUNTIF({BORGERE.name}!$A$2:$A${ROWS[BORGERE.name] + 1},{cell})>0",
        Kind.CPR: cpr_formula(cell),
        Kind.CVR: cvr_formula(cell),
        Kind.AMOUNT: f"=AND(ISNUMBER({cell}),{cell}<>0)",
    }
    return {"validate": "custom", "value": formulas[column.kind]}


def _day_check(column: str, rules: Rules) -> dict[str, Any]:
    if column == "slutdato":
        start = xl_col_to_name(FORLOEB.columns.index("startdato"))
        return {"validate": "date", "criteria": ">=", "value": f"={start}2"}
    first = OLDEST_SUPPORT if column == "offentlig_forsoergelse_siden" else rules.first_day
    return {"validate": "date", "criteria": "between", "minimum": first, "maximum": rules.last_day}


def cpr_formula(cell: str) -> str:
    """Ten digits whose first six are a day that exists; 60 more on the day is an administrative number."""
    digits = f'SUBSTITUTE(SUBSTITUTE({cell},"-","")," ","")'
    day, month = f"MOD(LEFT({cell},2),60)", f"MID({cell},3,2)"
    return f"=AND(LEN({digits})=10,ISNUMBER(--{digits}),MONTH(DATE(2000,{month},{day}))=--{month})"


def cvr_formula(cell: str) -> str:
    """Eight digits, the first not 0, that pass modulus 11. Array constants are not allowed in a cell check."""
    weighted = "+".join(f"{weight}*MID({cell},{at},1)" for at, weight in enumerate((2, 7, 6, 5, 4, 3, 2, 1), start=1))
    return f'=AND(LEN({cell})=8,LEFT({cell},1)<>"0",MOD({weighted},11)=0)'


def _write_control_totals(book: Any) -> None:
    """Write the sheet that counts the rows which are not wholly blank, and sums the amounts to the øre.

    The sheet is locked, without a password, so that no formula is overwritten by mistake.
    """
    sheet = book.add_worksheet(KONTROLTAL.name)
    _print_setup(sheet)
    sheet.protect()
    sheet.set_column(0, 2, 16)
    sheet.set_column(4, 4, 90)
    sheet.write_row(0, 0, KONTROLTAL.columns, book.add_format(HEADER))
    count, amount = book.add_format({"num_format": "#,##0"}), book.add_format(_FORMATS[Kind.AMOUNT])
    wrong = book.add_format({"bold": True, "font_color": "#7A0000"})
    for row, table in enumerate(TABLES, start=1):
        sheet.write_string(row, 0, table.name)
        sheet.write_formula(row, 1, count_formula(table), count, 0)
        if table is UDGIFTER:
            sheet.write_array_formula(row, 2, row, 2, sum_formula(), amount, 0)
        sheet.write_formula(row, 4, _warning_formula(table), wrong, "")


def _cells(table: Table, column: str) -> str:
    letter = xl_col_to_name(table.columns.index(column))
    return f"{table.name}!${letter}$2:${letter}${ROWS[table.name] + 1}"


def count_formula(table: Table) -> str:
    """Give the formula that counts the rows with anything in them but spaces."""
    lengths = "+".join(f"LEN(TRIM({_cells(table, column)}))" for column in table.columns)
    return f"=SUMPRODUCT(--(({lengths})>0))"


def sum_formula() -> str:
    """Give the array formula that sums the amounts, each rounded to the øre as it will be read."""
    cells = _cells(UDGIFTER, AMOUNT)
    return f"{{=ROUND(SUM(IF(ISNUMBER({cells}),ROUND({cells},2),0)),2)}}"


def _warning_formula(table: Table) -> str:
    first, last = ROWS[table.name] + 2, 1_048_576
    beyond = f"COUNTA({table.name}!$A${first}:${xl_col_to_name(len(table.columns) - 1)}${last})>0"
    too_long = f'"Arket {table.name} har rækker efter række {first - 1}: dem tæller kontroltallene ikke med."'
    if table is not UDGIFTER:
        return f'=IF({beyond},{too_long},"")'
    cells = _cells(table, AMOUNT)
    as_text = '"Et beløb er skrevet som tekst og er ikke med i summen: skriv det som tal."'
    return f'=IF({beyond},{too_long},IF(SUMPRODUCT(--ISTEXT({cells}))>0,{as_text},""))'


def _write_codes(book: Any, lists: Sequence[CodeList]) -> None:
    sheet = book.add_worksheet(CODE_SHEET)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    text = book.add_format({"num_format": "@"})
    for column, width in enumerate((18, 28, 52)):
        sheet.set_column(column, column, width, text)
    sheet.write_row(0, 0, ["Liste", "Kode", "Betydning"], book.add_format(HEADER))
    rows = [(codes.title, code, meaning) for codes in lists for code, meaning in codes.codes]
    for row, texts in enumerate(rows, start=1):
        for column, value in enumerate(texts):
            sheet.write_string(row, column, value, text)
    sheet.ignore_errors({"number_stored_as_text": f"B2:B{len(rows) + 1}"})

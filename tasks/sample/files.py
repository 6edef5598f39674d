"""Writes one delivery in a project's style: the same rows always give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

import polars as pl
import xlsxwriter

from tasks.intake.tables import KONTROLTAL
from tasks.sample.styles import Style, day_texts
from tasks.sample.table import AMOUNT_COLUMNS, DAY_COLUMNS, HOURS_COLUMNS, Cell, Table

# The oldest time that a zip entry can bear: the time of writing would change the bytes.
ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)
WORKBOOK = "indberetning.xlsx"
_CODE_COLUMNS = frozenset({"maalgruppe", "ydelse", "gruppe", "type", "kategori", "integrationsprogram", "lovpligtig"})
_OWNER_MAY_WRITE = 0o100644 << 16
_UNIX = 3


def write_delivery(project_folder: Path, as_of: date, tables: Sequence[Table], style: Style) -> None:
    """Write the three tables, and the control totals, as the delivery of `as_of`."""
    if style.kind == "xlsx":
        files = {WORKBOOK: workbook_of(tables, style)}
    else:
        files = {}
        for table in tables:
            name = f"{style.name(table.name)}.{style.kind}"
            files[name] = _parquet(table) if style.kind == "parquet" else _csv(_lines(table, style), style)
        if style.has_control_totals:
            files[f"{KONTROLTAL.name}.csv"] = _csv(_control_totals(tables, style), style)
    if style.is_archive:
        project_folder.mkdir(parents=True, exist_ok=True)
        (project_folder / f"{as_of.isoformat()}.zip").write_bytes(_archive(files, style))
        return
    folder = project_folder / as_of.isoformat()
    folder.mkdir(parents=True)
    for name, contents in files.items():
        (folder / name).write_bytes(contents)


def plain_csv(table: Table) -> bytes:
    """Give a table as a CSV file without peculiarities."""
    style = Style()
    return _csv(_lines(table, style), style)


def _written(name: str, cells: Sequence[Cell], style: Style) -> Sequence[Cell]:
    """Write a column's cells as text; an error that was planted as text stays."""
    if name in DAY_COLUMNS:
        days = day_texts(style.days)
        return [days.get(cell, cell) if cell.__class__ is int else cell for cell in cells]
    if name in AMOUNT_COLUMNS:
        return [style.amount(cell) if isinstance(cell, int) else cell for cell in cells]
    if name in HOURS_COLUMNS:
        hours = {tenths: style.hours(tenths) for tenths in {cell for cell in cells if isinstance(cell, int)}}
        return [hours[cell] if cell.__class__ is int else cell for cell in cells]
    return _text_column(name, cells, style)


def _text_column(name: str, cells: Sequence[Cell], style: Style) -> Sequence[Cell]:
    if name == "kommunekode":
        width = style.municipality_digits
        return [cell.zfill(width) if isinstance(cell, str) and cell.isdigit() else cell for cell in cells]
    if name == "cpr" and style.cpr_separator:
        separator = style.cpr_separator
        return [f"{cell[:6]}{separator}{cell[6:]}" if isinstance(cell, str) else cell for cell in cells]
    if name in _CODE_COLUMNS and style.is_danish:
        names: dict[Cell, Cell] = {cell: style.name(cell) for cell in set(cells) if isinstance(cell, str)}
        return [names.get(cell, cell) for cell in cells]
    return cells


def _ordered(table: Table, style: Style) -> list[str]:
    names = list(table.columns)
    return names[::-1] if style.is_reversed else names


def _lines(table: Table, style: Style) -> Iterable[Sequence[Cell]]:
    names = _ordered(table, style)
    remarks = [style.remarks_column] if style.remarks_column else []
    yield [*map(style.name, names), *remarks]
    columns = [_written(name, table.columns[name], style) for name in names]
    columns.extend([None] * len(table) for _ in remarks)
    rows: list[Sequence[Cell]] = list(zip(*columns, strict=True))
    for row in table.cut_short:
        if row < len(rows):
            rows[row] = rows[row][:-1]
    for row in table.run_over:
        if row < len(rows):
            rows[row] = (*rows[row], "se bilag")
    yield from rows
    for _ in range(style.blank_rows_at_end):
        yield [None] * len(names)


def _csv(lines: Iterable[Sequence[Cell]], style: Style) -> bytes:
    text = io.StringIO()
    quoting: Literal[0, 1] = csv.QUOTE_ALL if style.quotes_all else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=style.delimiter, lineterminator=style.line_end, quoting=quoting).writerows(lines)
    return style.byte_order_mark + text.getvalue().encode(style.encoding)


def _sum_oere(table: Table) -> int:
    """Sum the readable amounts of the rows that have as many fields as the header."""
    ragged = table.cut_short | table.run_over
    return sum(
        amount for row, amount in enumerate(table.columns["beloeb"]) if isinstance(amount, int) and row not in ragged
    )


def _control_totals(tables: Sequence[Table], style: Style) -> Iterable[Sequence[Cell]]:
    yield KONTROLTAL.columns
    for table in tables:
        total = style.amount(_sum_oere(table)) if "beloeb" in table.columns else None
        yield [table.name, str(len(table)), total]


def _parquet(table: Table) -> bytes:
    series = []
    for name, cells in table.columns.items():
        typed = [cell if isinstance(cell, int) else None for cell in cells]
        if name in DAY_COLUMNS:
            epoch = date(1970, 1, 1).toordinal()
            days = [None if cell is None else cell - epoch for cell in typed]
            series.append(pl.Series(name, days, dtype=pl.Int32).cast(pl.Date))
        elif name in AMOUNT_COLUMNS:
            amounts = [None if cell is None else Decimal(cell).scaleb(-2) for cell in typed]
            series.append(pl.Series(name, amounts, dtype=pl.Decimal(18, 2)))
        elif name in HOURS_COLUMNS:
            hours = [None if cell is None else cell / 10 for cell in typed]
            series.append(pl.Series(name, hours, dtype=pl.Float64))
        else:
            series.append(pl.Series(name, cells, dtype=pl.String))
    contents = io.BytesIO()
    pl.DataFrame(series).write_parquet(contents)
    return contents.getvalue()


def workbook_of(tables: Sequence[Table], style: Style) -> bytes:
    """Give a delivery as one workbook."""
    contents = io.BytesIO()
    book = xlsxwriter.Workbook(contents, {"in_memory": True})
    # A time of writing would change the bytes.
    book.set_properties({"created": datetime(*ARCHIVE_TIME)})  # noqa: DTZ001 - a workbook's times have no zone
    day_format = book.add_format({"num_format": "dd-mm-yyyy"})
    for table in tables:
        sheet = book.add_worksheet(style.name(table.name))
        names = _ordered(table, style)
        headers = [*map(style.name, names), *([style.remarks_column] if style.remarks_column else [])]
        sheet.write_row(0, 0, headers)
        for column, name in enumerate(names):
            for row, cell in enumerate(_typed_for_sheet(name, table.columns[name], style), start=1):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day_format)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    if style.has_control_totals:
        sheet = book.add_worksheet(KONTROLTAL.name)
        sheet.write_row(0, 0, KONTROLTAL.columns)
        for row, table in enumerate(tables, start=1):
            sheet.write_row(row, 0, [table.name, len(table)])
            if "beloeb" in table.columns:
                sheet.write_number(row, 2, _sum_oere(table) / 100)
    book.close()
    return contents.getvalue()


def _typed_for_sheet(name: str, cells: Sequence[Cell], style: Style) -> Iterable[str | float | date | None]:
    if name in DAY_COLUMNS:
        return [date.fromordinal(cell) if isinstance(cell, int) else cell for cell in cells]
    if name in AMOUNT_COLUMNS:
        return [cell / 100 if isinstance(cell, int) else cell for cell in cells]
    if name in HOURS_COLUMNS:
        return [cell / 10 if isinstance(cell, int) else cell for cell in cells]
    if name == "virksomhed_cvr":
        return [int(cell) if isinstance(cell, str) else cell for cell in cells]
    return _text_column(name, cells, style)


def _archive(files: dict[str, bytes], style: Style) -> bytes:
    contents = io.BytesIO()
    with zipfile.ZipFile(contents, "w") as archive:
        for name, data in files.items():
            path = f"{style.archive_folder}/{name}" if style.archive_folder else name
            entry = zipfile.ZipInfo(path, ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _OWNER_MAY_WRITE
            archive.writestr(entry, data)
    return contents.getvalue()

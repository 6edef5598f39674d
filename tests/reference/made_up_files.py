"""Made-up rows as files: CSV in every dialect, workbook sheets, Parquet with typed columns, zip archives."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import unicodedata
import zipfile
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.reference.made_up_rows import MadeUpCell, MadeUpRow

Grid = list[list[MadeUpCell]]
CODE_COLUMNS = ("maalgruppe", "ydelse", "integrationsprogram", "gruppe", "type", "kategori", "lovpligtig", "tabel")
SPACES = (" ", "  ", "\t", "\u00a0", " \u2003")


def as_grid(rng: random.Random, columns: Sequence[str], rows: Sequence[MadeUpRow], *, extra: bool) -> Grid:
    """Return header and rows, the columns in any order and written in any of the ways that fold alike."""
    order = rng.sample(columns, k=len(columns))
    grid: Grid = [[_unfold(rng, column) for column in order]]
    for row in rows:
        grid.append([_unfold_code(rng, column, row.get(column)) for column in order])
    if extra:
        position = rng.randrange(len(order) + 1)
        name = rng.choice(("Bemærkning", "cpr 2", "6112701234", "linje\nskift"))
        for number, cells in enumerate(grid):
            cells.insert(position, name if number == 0 else rng.choice((None, "611270-1234", "x", "a;b,c")))
    return grid


def _unfold(rng: random.Random, text: str) -> str:
    for plain, letter in (("ae", "æ"), ("oe", "ø"), ("aa", "å")):
        if rng.random() < 0.5:
            text = text.replace(plain, letter)
    text = text.replace("_", rng.choice("_ -"))
    text = rng.choice((text, text, text.upper(), text.title()))
    if rng.random() < 0.2:
        text = unicodedata.normalize("NFD", text)
    return text


def _unfold_code(rng: random.Random, column: str, cell: MadeUpCell) -> MadeUpCell:
    if column in CODE_COLUMNS and isinstance(cell, str) and rng.random() < 0.3:
        return _unfold(rng, cell)
    return cell


def write_date(rng: random.Random, day: dt.date) -> str:
    if rng.random() < 0.3:
        return rng.choice((day.isoformat(), f"{day.year:04}-{day.month}-{day.day}"))
    mark = rng.choice("-./")
    if rng.random() < 0.5:
        return f"{day.day}{mark}{day.month}{mark}{day.year:04}"
    return f"{day.day:02}{mark}{day.month:02}{mark}{day.year:04}"


def write_number(rng: random.Random, number: Decimal, *, is_amount: bool) -> str:
    """Return a number as a Dane writes it, or with a decimal point; rounded half up, as text holds two decimals."""
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign, digits = ("-" if rounded < 0 else ""), str(abs(rounded))
    whole, decimals = digits.split(".")
    if rng.random() < 0.3:
        text = f"{sign}{whole}.{decimals}"
    else:
        grouped = f"{int(whole):,}".replace(",", ".") if rng.random() < 0.6 else whole
        text = f"{sign}{grouped}" if decimals == "00" and rng.random() < 0.6 else f"{sign}{grouped},{decimals}"
    return text + rng.choice((" kr.", "kr.")) if is_amount and rng.random() < 0.15 else text


def write_text(rng: random.Random, column: str, cell: MadeUpCell, *, pad: bool = True) -> str:
    if cell is None:
        return rng.choice(("", "", " ", "\u00a0")) if pad else ""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        text = write_date(rng, cell)
    elif isinstance(cell, Decimal):
        text = write_number(rng, cell, is_amount=column != "ordinaere_timer_pr_uge")
    else:
        text = cell
    if pad and rng.random() < 0.1:
        text = rng.choice(SPACES) * rng.randrange(2) + text + rng.choice(SPACES)
    return unicodedata.normalize("NFD", text) if rng.random() < 0.05 else text


def _plain_column(name: MadeUpCell) -> str:
    return "ordinaere_timer_pr_uge" if "timer" in str(name).lower() else str(name)


def as_text(rng: random.Random, grid: Grid) -> list[list[str]]:
    columns = [_plain_column(name) for name in grid[0]]
    return [[write_text(rng, column, cell) for column, cell in zip(columns, cells, strict=True)] for cells in grid]


def csv_file(rng: random.Random, grid: Grid, *, ragged: bool = False, trailing: bool = True) -> bytes:
    """Return a CSV file in any encoding, delimiter, line end and quoting, with blank rows and trailing fields."""
    records = as_text(rng, grid)
    width = len(records[0])
    if ragged:
        for record in records[1:]:
            _make_ragged(rng, record)
    if trailing:
        for record in records[1:]:
            if len(record) >= width:
                record.extend([rng.choice(("", " "))] * rng.choice((0, 0, 0, 1, 5)))
    for _ in range(rng.choice((0, 0, 1, 3)) if trailing else 0):
        blank = [rng.choice(("", " "))] * rng.choice((1, 2, width, width + 3))
        records.insert(rng.randrange(1, len(records) + 1), blank)
    file = io.StringIO()
    writer = csv.writer(
        file,
        delimiter=rng.choice(";;,\t"),
        lineterminator=rng.choice(("\n", "\r\n")),
        quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows(records)
    text = file.getvalue()
    if rng.random() < 0.3:
        text = text.rstrip("\r\n") if not text.rstrip("\r\n").endswith((";", ",", "\t", '"')) else text
    return encode(rng, text)


def _make_ragged(rng: random.Random, record: list[str]) -> None:
    if rng.random() < 0.9:
        return
    kind = rng.randrange(3)
    if kind == 0:
        del record[rng.randrange(1, len(record)) :]
        record[0] = record[0].strip() or "x"
    elif kind == 1:
        record.append("x")
    else:
        record += ["", "x"]


def encode(rng: random.Random, text: str) -> bytes:
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252", "cp1252"))
    if encoding == "cp1252":
        try:
            data = unicodedata.normalize("NFC", text).encode("cp1252")
        except UnicodeEncodeError:
            return text.encode("utf-8")
        return data
    return text.encode(encoding) if encoding.startswith("utf-8") else ("\ufeff" + text).encode(encoding)


def workbook_file(rng: random.Random, sheets: Sequence[tuple[str, Grid]]) -> bytes:
    """Return a workbook with typed and text cells mixed, sheets of no concern and blank header cells."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    if rng.random() < 0.5:
        workbook.create_sheet("Vejledning").append(["Udfyld arkene", None, "611270-1234"])
    for name, grid in sheets:
        sheet = workbook.create_sheet(name)
        columns = [_plain_column(cell) for cell in grid[0]]
        for number, cells in enumerate(grid):
            for position, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                sheet.cell(1 + number, 1 + position).value = cell if number == 0 else _workbook_cell(rng, column, cell)
            if number and rng.random() < 0.05 and any(cell is not None for cell in cells):
                sheet.cell(1 + number, len(columns) + 2).value = "uden for tabellen"
        if len(grid) > 2 and rng.random() < 0.3:
            sheet.insert_rows(rng.randrange(3, len(grid) + 1))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _workbook_cell(rng: random.Random, column: str, cell: MadeUpCell) -> object:
    if isinstance(cell, dt.date) and (cell.year > 2098 or rng.random() < 0.2):
        return write_text(rng, column, cell)
    if isinstance(cell, Decimal):
        return float(cell) if rng.random() < 0.7 else write_text(rng, column, cell)
    if isinstance(cell, str) and _is_digits(cell) and cell == str(int(cell)):
        return rng.choice((cell, int(cell), float(cell)))
    if isinstance(cell, str) and cell.startswith("="):
        return " " + cell
    return cell


def parquet_file(rng: random.Random, grid: Grid) -> bytes:
    """Return a Parquet file whose columns are typed where all their values allow it."""
    arrays, names = [], []
    for position, name in enumerate(grid[0]):
        names.append(str(name))
        arrays.append(_arrow_column(rng, _plain_column(name), [cells[position] for cells in grid[1:]]))
    file = io.BytesIO()
    table = pa.table(arrays, names=names)
    if rng.random() < 0.3:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        frame.write_parquet(file)
    else:
        pq.write_table(table, file, row_group_size=rng.choice((5, 1000)))
    return file.getvalue()


def _arrow_column(rng: random.Random, column: str, cells: Sequence[MadeUpCell]) -> pa.Array:
    filled = [cell for cell in cells if cell is not None]
    if filled and all(isinstance(cell, dt.date) for cell in filled):
        if any(isinstance(cell, dt.datetime) for cell in filled) or rng.random() < 0.4:
            moments = [
                dt.datetime.combine(cell, dt.time()) if type(cell) is dt.date and cell else cell for cell in cells
            ]
            return pa.array(moments, pa.timestamp(rng.choice(("ms", "us"))))
        return pa.array(cells, pa.date32())
    if filled and all(isinstance(cell, Decimal) for cell in filled):
        numbers = [cell if isinstance(cell, Decimal) else None for cell in cells]
        if rng.random() < 0.5:
            return pa.array([None if number is None else float(number) for number in numbers], pa.float64())
        return pa.array(numbers, pa.decimal128(18, 4))
    if filled and all(isinstance(cell, str) and _is_digits(cell) and cell == str(int(cell)) for cell in filled):
        return pa.array([None if cell is None else int(str(cell)) for cell in cells], pa.int64())
    texts = [None if cell is None and rng.random() < 0.5 else write_text(rng, column, cell) for cell in cells]
    return pa.array(texts, rng.choice((pa.string(), pa.large_string())))


def _is_digits(cell: str) -> bool:
    return cell.isascii() and cell.isdigit()


def zip_file(rng: random.Random, files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return an archive, with or without one top folder, and with what systems leave behind."""
    top = rng.choice(("", "levering/", "2016 æøå/"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        if rng.random() < 0.3:
            archive.writestr("__MACOSX/._borgere.csv", b"\0")
        if top and rng.random() < 0.5:
            archive.writestr(top, b"")
        for name, data in files:
            archive.writestr(top + name, data)
    return file.getvalue()

"""One delivered table out of a CSV file, a workbook sheet or a Parquet file, all cells normalised."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.reference.values import BLANK, WITHOUT_WIDTH, Value, fold, from_cell, from_text

BYTES_MOST = 200_000_000
RATIO_MOST = 100


class UnreadableError(Exception):
    """A file cannot be read as its type (F01)."""


class UnsafeError(Exception):
    """An archive or a workbook is unsafe (F06)."""


@dataclass
class Row:
    """A row that is not wholly blank. `number`: as a spreadsheet counts, the header is 1.

    `after_amount`: the cell behind beloeb, where that is of tekst or of no known column.
    """

    number: int
    values: dict[str, Value]
    is_ragged: bool = False
    after_amount: str = ""

    def __getitem__(self, column: str) -> Value:
        return self.values.get(column, BLANK)


@dataclass
class Table:
    """`columns`: folded names in order, without blank and repeated ones. `delimiter`: of a CSV file, or blank."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    delimiter: str = ""


def decode(data: bytes) -> str:
    """Return the text of a CSV file."""
    if not data:
        raise UnreadableError("empty")
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableError("encoding") from error
    if "\0" in text:
        raise UnreadableError("NUL")
    text = "".join(character for character in text if character not in WITHOUT_WIDTH)
    *lines, last = text.rstrip("\r\n").split("\n")
    return "\n".join(lines) if last == "\x1a" else text


def find_delimiter(text: str) -> str:
    """Return the most frequent of `;`, `,` and tab outside quotes in the first line that holds anything."""
    counts = {";": 0, ",": 0, "\t": 0}
    quoted = False
    for character in text.lstrip("\r\n"):
        if character == '"':
            quoted = not quoted
        elif character == "\n" and not quoted:
            break
        elif character in counts and not quoted:
            counts[character] += 1
    return max(counts, key=lambda delimiter: counts[delimiter])


def split_csv(text: str, delimiter: str) -> list[list[str]]:
    """Return the records of an RFC 4180 text; a quote inside an unquoted field is a character."""
    records: list[list[str]] = []
    record: list[str] = []
    position, length = 0, len(text)
    while position < length:
        if text[position] == '"':
            content, position = _quoted(text, position)
            if (
                position < length
                and text[position] not in (delimiter, "\n")
                and text[position : position + 2] != "\r\n"
            ):
                raise UnreadableError("text after a closing quote")
        else:
            begin = position
            while position < length and text[position] not in (delimiter, "\n"):
                position += 1
            content = text[begin:position]
            if text[position : position + 1] == "\n":
                content = content.removesuffix("\r")
        record.append(content)
        if text[position : position + 2] == "\r\n":
            position += 1
        if position < length and text[position] == delimiter:
            position += 1
            if position == length:
                record.append("")
        else:
            position += 1
            records.append(record)
            record = []
    if record:
        records.append(record)
    return records


def _quoted(text: str, position: int) -> tuple[str, int]:
    content = ""
    position += 1
    while True:
        end = text.find('"', position)
        if end < 0:
            raise UnreadableError("unclosed quote")
        content += text[position:end]
        if text[end : end + 2] != '""':
            return content, end + 1
        content += '"'
        position = end + 2


def read_csv(data: bytes) -> Table:
    text = decode(data)
    delimiter = find_delimiter(text)
    _refuse_typographic_quotes(text, delimiter)
    split = split_csv(text, delimiter)
    _refuse_swallowed_rows(split, delimiter)
    table = make_table([[from_text(field) for field in record] for record in split], ragged_counts=True)
    table.delimiter = delimiter
    return table


def _refuse_typographic_quotes(text: str, delimiter: str) -> None:
    for line in text.splitlines():
        values = [value.strip() for value in line.split(delimiter) if value.strip()]
        if len(values) > 1 and all(len(value) > 1 and {value[0], value[-1]} <= set("“”„«»’‘") for value in values):
            raise UnreadableError("typographic quotes")


def _refuse_swallowed_rows(records: list[list[str]], delimiter: str) -> None:
    header = next((record for record in records if any(cell.strip() for cell in record)), [])
    for cell in (cell for record in records for cell in record if "\n" in cell):
        if len(header) > 1 and any(line.count(delimiter) == len(header) - 1 for line in cell.splitlines()):
            raise UnreadableError("a quote swallows a row")


def make_table(records: Sequence[Sequence[Value]], *, ragged_counts: bool) -> Table:
    """Return the table whose header is the first record that is not blank."""
    numbered = [(number, cells) for number, cells in enumerate(records, 1) if any(not cell.is_blank for cell in cells)]
    if not numbered:
        if ragged_counts:
            raise UnreadableError("empty")
        return Table([])
    header = [fold(cell.text) for cell in numbered[0][1]]
    table = Table([name for name in header if name])
    for number, record in numbered[1:]:
        cells = list(record)
        is_beyond = ragged_counts and any(not cell.is_blank for cell in cells[len(header) :])
        if not is_beyond and all(cell.is_blank for name, cell in zip(header, cells, strict=False) if name):
            continue
        while len(cells) > len(header) and cells[-1].is_blank:
            cells.pop()
        if ragged_counts and len(cells) != len(header):
            table.rows.append(Row(number, {}, is_ragged=True))
            continue
        values = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        behind = [
            cells[at + 1] for at, name in enumerate(header[:-1]) if name == "beloeb" and _may_split(header[at + 1])
        ]
        table.rows.append(Row(number, values, after_amount=behind[0].text if behind and len(cells) > 1 else ""))
    return table


def _may_split(name: str) -> bool:
    return name not in ("bilagsnr", "dato", "kategori", "beloeb", "lovpligtig")


def read_parquet(data: bytes) -> Table:
    if not data:
        raise UnreadableError("empty")
    try:
        content = pq.read_table(io.BytesIO(data))
        columns = [column.to_pylist() for column in content.columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("parquet") from error
    header = [from_text(name) for name in content.column_names]
    cells = [[from_cell(cell) for cell in record] for record in zip(*columns, strict=True)]
    return make_table([header, *cells], ragged_counts=False)


def check_archive(archive: zipfile.ZipFile, size_bytes: int) -> None:
    """Raise UnsafeError for what an archive must not hold."""
    entries = archive.infolist()
    for entry in entries:
        parts = entry.filename.split("/")
        if entry.filename.startswith("/") or ".." in parts:
            raise UnsafeError("path")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeError("link")
        if entry.flag_bits & 1:
            raise UnsafeError("encrypted")
    total = sum(entry.file_size for entry in entries)
    if total > BYTES_MOST or total > RATIO_MOST * size_bytes:
        raise UnsafeError("size")


def open_archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError("archive") from error


def read_workbook(data: bytes) -> list[tuple[str, Table]]:
    """Return each sheet's folded name and table."""
    if not data:
        raise UnreadableError("empty")
    archive = open_archive(data)
    check_archive(archive, len(data))
    if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
        raise UnsafeError("macro")
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, TypeError, AttributeError) as error:
        raise UnreadableError("workbook") from error
    return [(fold(sheet.title), _read_sheet(sheet.iter_rows(values_only=True))) for sheet in workbook.worksheets]


def _read_sheet(rows: Iterable[tuple[object, ...]]) -> Table:
    return make_table([[from_cell(cell) for cell in row] for row in rows], ragged_counts=False)

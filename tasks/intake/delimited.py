"""CSV as municipalities write it: from bytes to a text that DuckDB splits without guessing.

The text that comes out is Unicode NFC, its cells are trimmed, no cell is quoted, and its two separators occur in no
cell. A file with quotes is read by the csv module and joined again with control characters for separators; any
other is left as it stands. Nothing here looks at a row by itself.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from dataclasses import dataclass

from tasks.base.cpr import mask
from tasks.intake.faults import Unreadable
from tasks.intake.words import fold

# The limit is the process's own, for every reader; a long text is no reason to refuse a delivery.
csv.field_size_limit(sys.maxsize)

_DELIMITERS = (";", ",", "\t")
_FIELD = "\x1f"
_RECORD = "\x1e"
_LONE_CARRIAGE_RETURN = re.compile(r"\r(?![\r\n])")
_BLANKS = "".join(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]))
_BLANKS += "\u2028\u2029\u202f\u205f\u3000"


@dataclass(frozen=True)
class Delimited:
    """A CSV file as a text of records.

    `header` holds the folded column names in the file's order, '' where a column has none; `header_row_no` is the
    header's place among the records, counted from 1.
    """

    content: str
    field_separator: str
    record_separator: str
    header: tuple[str, ...]
    header_row_no: int


def decode(data: bytes) -> str:
    """Decode a CSV file: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252; give it in NFC.

    Raises Unreadable when no encoding explains the bytes, or the text holds a NUL.
    """
    text = _decoded(data)
    if "\0" in text:
        raise Unreadable("filen indeholder NUL-tegn", "the file holds NUL characters")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def without_numbers(data: bytes) -> bytes:
    """Give a CSV file with every personal number masked: the same bytes where it holds none, else UTF-8.

    Two cells are no number together, also where a tab stands between them. A file that can't be decoded is given as it
    is: whoever reads it refuses it.
    """
    try:
        text = decode(data)
        delimiter = _delimiter_of(text)
    except Unreadable:
        return data
    masked = delimiter.join(map(mask, text.split(delimiter)))
    return data if masked == text else masked.encode()


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"filens tegn kan ikke læses (byte {error.start + 1}); gem den som UTF-8",
            f"its characters can't be decoded (byte {error.start + 1}); save it as UTF-8",
        ) from error


def read_delimited(data: bytes) -> Delimited:
    """Read a CSV file's bytes.

    Raises Unreadable when the file is empty, is not text, or has an unclosed quote.
    """
    text = decode(data)
    if not text.strip():
        raise Unreadable("filen er tom", "the file is empty")
    return _quoted(text) if '"' in text else _plain(text)


def _plain(text: str) -> Delimited:
    if "\r" in text:
        _refuse_lone_carriage_return(text)
        text = text.replace("\r\n", "\n")
    header_row_no, header_line = _first_filled(text.split("\n", 1)[0], text)
    delimiter = _delimiter_of(header_line)
    content = _trimmed(text, delimiter, "\n")
    return Delimited(content, delimiter, "\n", _header(header_line.split(delimiter)), header_row_no)


def _first_filled(first_line: str, text: str) -> tuple[int, str]:
    if first_line.strip(_BLANKS + ";,"):
        return 1, first_line
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(_BLANKS + ";,"):
            return number, line
    raise Unreadable("filen er tom", "the file is empty")


def _quoted(text: str) -> Delimited:
    if _FIELD in text or _RECORD in text:
        raise Unreadable("filen indeholder styretegn", "the file holds control characters")
    delimiter = _delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    try:
        joined = _RECORD.join(map(_FIELD.join, reader))
    except csv.Error as error:
        raise Unreadable(
            f"citationstegn eller linjeskift går ikke op (linje {reader.line_num})",
            f"its quotes or line ends don't add up (line {reader.line_num})",
        ) from error
    content = _trimmed(joined, _FIELD, _RECORD)
    for number, record in enumerate(content.split(_RECORD), start=1):
        if record.strip(_FIELD):
            return Delimited(content, _FIELD, _RECORD, _header(record.split(_FIELD)), number)
    raise Unreadable("filen er tom", "the file is empty")


def _refuse_lone_carriage_return(text: str) -> None:
    if text.count("\r") != text.count("\r\n") and _LONE_CARRIAGE_RETURN.search(text):
        raise Unreadable("linjer skal slutte med CRLF eller LF", "lines must end in CRLF or LF")


def _delimiter_of(text: str) -> str:
    """Find the delimiter under which the header, the first record that is filled, has the most columns."""

    def columns(delimiter: str) -> int:
        records = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
        return len(next((record for record in records if any(cell.strip() for cell in record)), []))

    try:
        return max(_DELIMITERS, key=columns)
    except csv.Error as error:
        raise Unreadable("overskriften kan ikke læses", "the header can't be read") from error


def _header(cells: list[str]) -> tuple[str, ...]:
    folded = [fold(cell) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return tuple(folded)


def _trimmed(text: str, field: str, record: str) -> str:
    """Trim every cell of white space; a text that needs no trimming comes back as it is."""
    blanks = _BLANKS.replace(field, "").replace(record, "")
    if not any(blank in text and (blank != " " or _space_at_an_edge(text, field, record)) for blank in blanks):
        return text
    edge = re.escape(field + record)
    blank_class = re.escape(blanks)
    return re.sub(f"[{blank_class}]+(?=[{edge}]|\\Z)|(?:(?<=[{edge}])|\\A)[{blank_class}]+", "", text)


def _space_at_an_edge(text: str, field: str, record: str) -> bool:
    return (
        any(pair in text for pair in (" " + field, field + " ", " " + record, record + " "))
        or text[0] == " "
        or text[-1] == " "
    )

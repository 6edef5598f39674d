"""CSV as municipalities write it: from bytes to a text that DuckDB splits without guessing.

The text that comes out is clean (`tasks.intake.words.clean`), its cells are trimmed, no cell is quoted, and its two
separators occur in no cell. A file with quotes is read by the csv module and joined again with control characters for
separators; any other is left as it stands. Nothing here judges a row by itself.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from tasks.base.cpr import mask
from tasks.intake import characters
from tasks.intake.faults import Unreadable
from tasks.intake.forms import form_of, of_another_form
from tasks.intake.tables import BY_NAME
from tasks.intake.words import clean, fold, unusual

# The limit is the process's own, for every reader; a long text is no reason to refuse a delivery.
csv.field_size_limit(sys.maxsize)

DELIMITERS = (";", ",", "\t")
_FIELD = "\x1f"
_RECORD = "\x1e"
_CHARACTERS_A_QUOTE = 100
"""Where quotes are rarer than one in so many characters, the pieces between them are few."""
_UNQUOTED_CARRIAGE_RETURN = "new-line character seen in unquoted field"
"""How the csv module's message of a lone carriage return begins; all its other errors are about quotes."""
_LONE_CARRIAGE_RETURN = re.compile(r"\r(?![\r\n])")
# DOS's sign for the end of a file, at a line's edge: copying files together leaves it between them.
_CONTROL_Z = re.compile(r"(?:\A|(?<=[\r\n]))\x1a+|\x1a+(?=[\r\n]|\Z)")
# What some programs take for a line end, and CSV does not.
_OTHER_LINE_ENDS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_HAS_OTHER_LINE_END = re.compile(f"[{_OTHER_LINE_ENDS}]")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BLANKS = "".join(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0x2028, 0x2029]))
_TYPOGRAPHIC = "\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2033\u301d-\u301f\uff02"
_IN_TYPOGRAPHIC = re.compile(f"[{_TYPOGRAPHIC}].*[{_TYPOGRAPHIC}]")
_HAS_TYPOGRAPHIC = re.compile(f"[{_TYPOGRAPHIC}]")
_HEAD = 20
"""So many records show whether header and rows have one delimiter."""
_HEAD_CHARACTERS = 10_000
_NAMES = {name for table in BY_NAME.values() for name in table.columns}
_MOSTLY = 0.25
"""From this share of NUL among the bytes of a place on, a text without BOM is taken for UTF-16 or UTF-32."""
_SELDOM = 0.05
_FIRST_HIGH = 0x80
_ENCODING_HEAD = 2000
_OTHER_ENCODINGS = {"cp850": "CP850 (DOS)", "mac_roman": "Mac Roman"}


@dataclass(frozen=True)
class Delimited:
    """A CSV file as a text of records.

    `header` holds the folded column names in the file's order, '' where a column has none; `header_row_no` is the
    header's place among the records, counted from 1. `delimiter` is the file's own.
    """

    content: str
    field_separator: str
    record_separator: str
    header: tuple[str, ...]
    header_row_no: int
    delimiter: str

    def first_records(self, count: int) -> Iterator[tuple[int, list[str]]]:
        """Give the first `count` records from the header on, or all there are, with their places."""
        last = self.header_row_no - 1 + count
        records = self.content.split(self.record_separator, last)[self.header_row_no - 1 : last]
        for number, record in enumerate(records, start=self.header_row_no):
            yield number, record.split(self.field_separator)


def decode(data: bytes) -> tuple[str, str]:
    """Decode a CSV file: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; give it clean, and `unusual`.

    Raises Unreadable when no encoding explains the bytes, or the text holds a NUL.
    """
    text = _decoded(data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(
            f"filen indeholder NUL-tegn (U+0000, første gang i linje {line}): gem den igen som CSV UTF-8",
            f"the file holds NUL characters (U+0000, the first in line {line}): save it anew as CSV UTF-8",
        )
    odd = unusual(text)
    return clean(text, odd), odd


def without_numbers(data: bytes) -> bytes:
    """Give a CSV file with every personal number masked: the same bytes where it holds none, otherwise UTF-8.

    Digits in two cells never form one number, even across a tab or a line end. A file that can't be decoded
    is given as it is: whoever reads it refuses it.
    """
    try:
        text, _ = decode(data)
        delimiter = _delimiter_of(text)
    except Unreadable:
        return data
    ends = rf"{delimiter}\r\n"
    cell = rf'(?<![^{ends}])"[^"]*(?:""[^"]*)*"|[^{ends}]+'
    masked = re.sub(cell, lambda found: mask(found[0]), text)
    return data if masked == text else masked.encode()


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _in_encoding("UTF-32")
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        _refuse_wide_characters(data)
        if data.startswith(codecs.BOM_UTF8):
            return data.decode("utf-8-sig")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252")
    except UnicodeDecodeError as error:
        guess = _encoding_of(data)
        da, en = (f"; den ligner {guess}", f"; it looks like {guess}") if guess else ("", "")
        raise Unreadable(
            f"filens tegn kan ikke læses (byte {error.start + 1}){da}: gem den som CSV UTF-8",
            f"its characters can't be decoded (byte {error.start + 1}){en}: save it as CSV UTF-8",
        ) from error


def _in_encoding(name: str, da: str = "", en: str = "") -> Unreadable:
    return Unreadable(
        f"filen ligner {name}{da}, så dens tegn ikke kan læses: gem den som CSV UTF-8",
        f"the file looks like {name}{en}, so its characters can't be read: save it as CSV UTF-8",
    )


def _refuse_wide_characters(data: bytes) -> None:
    """Refuse a text of two or four bytes a character that has no BOM: most bytes of a place are NUL."""
    if b"\0" not in data:
        return
    shares = [data[at::4].count(0) * 4 / len(data) for at in range(4)]
    if min(shares[1:]) > _MOSTLY or min(shares[:3]) > _MOSTLY:
        # Four places of NUL are no text.
        if min(shares) < _SELDOM:
            raise _in_encoding("UTF-32")
    elif max(min(shares[::2]), min(shares[1::2])) > _MOSTLY:
        raise _in_encoding("UTF-16", " uden BOM", " without a BOM")


def _encoding_of(data: bytes) -> str | None:
    """Guess the encoding of bytes that no usual one explains: the one that makes most of them Danish letters."""
    high = bytes(byte for byte in data if byte >= _FIRST_HIGH)
    if len(high) * 2 > len(data):
        plain = data[:_ENCODING_HEAD].decode("cp500")
        return "EBCDIC" if sum(map(_is_plain, plain)) * 2 > len(plain) else None
    counts = {name: sum(map(high.decode(codec).count, "æøåÆØÅ")) for codec, name in _OTHER_ENCODINGS.items()}
    most = max(counts, key=counts.__getitem__)
    return most if counts[most] * 2 > len(high) else None


def _is_plain(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in " ;,-_.\r\n\x85")


def read_delimited(data: bytes) -> Delimited:
    """Read a CSV file's bytes.

    Raises Unreadable when the file is empty, is of another form or no text, or its quotes, line ends or delimiters
    don't add up.
    """
    form = form_of(data)
    if form is not None:
        raise of_another_form(form, ".csv")
    text, odd = decode(data)
    if "\x1a" in odd:
        text = _CONTROL_Z.sub("", text)
    if not text.strip():
        raise Unreadable("filen er tom", "the file is empty")
    if _HAS_TYPOGRAPHIC.search(odd):
        _refuse_typographic_quotes(text)
    if _HAS_OTHER_LINE_END.search(odd):
        _refuse_other_line_ends(text)
    found = _quoted(text) if '"' in text else _plain(text)
    _refuse_another_delimiter(found)
    return found if all(found.header) else _without_nameless(found)


def _without_nameless(found: Delimited) -> Delimited:
    """Blank the records that are filled under no name alone; what stands beyond the header makes a record ragged."""
    records = found.content.split(found.record_separator)
    nameless = {at for at, name in enumerate(found.header) if not name}
    for number, record in enumerate(records[found.header_row_no :], start=found.header_row_no):
        fields = record.split(found.field_separator)
        if not any(field and at not in nameless for at, field in enumerate(fields)):
            records[number] = ""
    return replace(found, content=found.record_separator.join(records))


def _plain(text: str) -> Delimited:
    with_line_feeds = text.replace("\r\n", "\n")
    if "\r" in with_line_feeds:
        _refuse_lone_carriage_return(text)
    text = with_line_feeds
    header_row_no, header_line = _first_filled(text.split("\n", 1)[0], text)
    delimiter = _below_a_title(text, _delimiter_of(header_line))
    content = _trimmed(text, delimiter, "\n")
    return Delimited(content, delimiter, "\n", _header(header_line.split(delimiter)), header_row_no, delimiter)


def _first_filled(first_line: str, text: str) -> tuple[int, str]:
    if first_line.strip(_BLANKS + ";,"):
        return 1, first_line
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip(_BLANKS + ";,"):
            return number, line
    raise Unreadable("filen er tom", "the file is empty")


def _quoted(text: str) -> Delimited:
    for control in (_FIELD, _RECORD):
        if control in text:
            line = text.count("\n", 0, text.index(control)) + 1
            raise Unreadable(
                f"linje {line} indeholder styretegnet {characters.code_point(control)}: slet det",
                f"line {line} holds the control character {characters.code_point(control)}: delete it",
            )
    delimiter = _below_a_title(text, _delimiter_of(text))
    has_spaces = _has_spaces_before_quotes(text, delimiter)
    joined = None if has_spaces else _joined_where_regular(text, delimiter)
    if joined is None:
        joined = _joined(text, delimiter, has_spaces=has_spaces)
    if "\n" in joined:
        _refuse_swallowed_rows(text, delimiter, has_spaces=has_spaces)
    content = _trimmed(joined, _FIELD, _RECORD)
    for number, record in enumerate(content.split(_RECORD), start=1):
        if record.strip(_FIELD):
            return Delimited(content, _FIELD, _RECORD, _header(record.split(_FIELD)), number, delimiter)
    raise Unreadable("filen er tom", "the file is empty")


def _has_spaces_before_quotes(text: str, delimiter: str) -> bool:
    """Return whether a line of the head has several quoted cells, each behind a space: cells are parted by `; `."""
    cell = rf'{delimiter}(?: +"(?:[^"]|"")*" *|[^"{delimiter}]*)'
    line = re.compile(rf'(?:"(?:[^"]|"")*"|[^"{delimiter}]*)(?:{cell})+\r?')
    quoted = re.compile(f'{delimiter} +"')
    head = text[:_HEAD_CHARACTERS].split("\n")[:_HEAD]
    return any(len(quoted.findall(one)) > 1 and line.fullmatch(one) for one in head)


def _joined(text: str, delimiter: str, *, has_spaces: bool = False) -> str:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True, skipinitialspace=has_spaces)
    try:
        return _RECORD.join(map(_FIELD.join, reader))
    except csv.Error as error:
        _refuse_swallowed_rows(text, delimiter, has_spaces=has_spaces)
        _refuse_rows_of_another_delimiter(text, delimiter)
        if str(error).startswith(_UNQUOTED_CARRIAGE_RETURN):
            raise _in_carriage_returns(reader.line_num) from error
        raise Unreadable(
            f"et anførselstegn går ikke op (linje {reader.line_num}): skriv et anførselstegn inde i en celle dobbelt",
            f"a quotation mark doesn't add up (line {reader.line_num}): double a quotation mark within a cell",
        ) from error


def _joined_where_regular(text: str, delimiter: str) -> str | None:
    """Give what `_joined` gives, several times as fast, where quotes are few and each is at a cell's edge; or None.

    The text is cut at its quotes: every second piece is a cell's, and stays as it is; two quotes that touch are one of
    the cell's own. The text between cells is split by replacing its separators.
    """
    if text.count('"') * _CHARACTERS_A_QUOTE > len(text):
        return None
    pieces = text.split('"')
    between, cells = pieces[::2], pieces[1::2]
    if not cells or len(between) != len(cells) + 1:
        return None
    ends, begins = (delimiter, "\n"), (delimiter, "\n", "\r\n")
    first, *inner, last = between
    if (first and not first.endswith(ends)) or (last and not last.startswith(begins)):
        return None
    if not all(not piece or (piece.startswith(begins) and piece.endswith(ends)) for piece in inner):
        return None
    plain = "\0".join(between).replace("\r\n", "\n")
    if "\r" in plain:
        return None
    first, *inner, last = plain.replace(delimiter, _FIELD).replace("\n", _RECORD).split("\0")
    after = [*(piece or '"' for piece in inner), last.removesuffix(_RECORD)]
    return first + "".join(chain.from_iterable(zip(cells, after, strict=True)))


def _refuse_swallowed_rows(text: str, delimiter: str, *, has_spaces: bool) -> None:
    """Refuse a quoted cell that holds a whole line of the table: its quotation mark was never closed."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, skipinitialspace=has_spaces)
    width = 0
    read_lines = 0
    try:
        for record in reader:
            width = width or (len(record) if any(map(str.strip, record)) else 0)
            first_line, read_lines = read_lines + 1, reader.line_num
            if width > 1 and read_lines > first_line:
                _judge_record(record, first_line, width - 1, delimiter)
    except csv.Error:
        return


def _judge_record(record: list[str], first_line: int, delimiters: int, delimiter: str) -> None:
    line = first_line
    for cell in record:
        lines = _LINE_BREAK.split(cell)
        for at, within in enumerate(lines):
            if len(lines) > 1 and within.count(delimiter) == delimiters:
                last = line + len(lines) - 1
                raise Unreadable(
                    f"et anførselstegn i linje {line} lukkes først i linje {last} og sluger hele rækken i linje "
                    f"{line + at}: luk det, eller skriv et anførselstegn inde i en celle dobbelt",
                    f"a quotation mark in line {line} is closed in line {last} only, and swallows the whole row in "
                    f"line {line + at}: close it, or double a quotation mark within a cell",
                )
        line += len(lines) - 1


def _refuse_lone_carriage_return(text: str) -> None:
    if lone := _LONE_CARRIAGE_RETURN.search(text):
        raise _in_carriage_returns(text.count("\n", 0, lone.start()) + 1)


def _in_carriage_returns(line: int) -> Unreadable:
    return Unreadable(
        f"linje {line} slutter med CR alene: gem filen som CSV UTF-8, så linjerne slutter med CRLF eller LF",
        f"line {line} ends in CR alone: save the file as CSV UTF-8, so that its lines end in CRLF or LF",
    )


def _refuse_other_line_ends(text: str) -> None:
    """Refuse a file where a line holds rows that are parted by a character that ends no line of CSV."""
    if '"' in text:
        text = re.sub('"[^"]*"', '""', text)
    lines = text.split("\n")
    header = next((piece for piece in _HAS_OTHER_LINE_END.split(text) if piece.strip()), "").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    delimiters = header.count(delimiter)
    for number, line in enumerate(lines, start=1):
        for end in sorted(set(_HAS_OTHER_LINE_END.findall(line.strip()))):
            pieces = [piece for piece in line.split(end) if piece.strip()]
            if delimiters > 0 and len(pieces) > 1 and all(piece.count(delimiter) == delimiters for piece in pieces):
                told = characters.described(end)
                raise Unreadable(
                    f"linje {number} holder flere rækker, adskilt af {told.da}: gem filen som CSV UTF-8, så linjerne "
                    "slutter med CRLF eller LF",
                    f"line {number} holds several rows, parted by {told.en}: save the file as CSV UTF-8, so that its "
                    "lines end in CRLF or LF",
                )


def _refuse_typographic_quotes(text: str) -> None:
    """Refuse a file where a line has all its values in typographic quotation marks: they quote nothing."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _HAS_TYPOGRAPHIC.search(line):
            continue
        for delimiter in DELIMITERS:
            values = [value for cell in line.split(delimiter) if (value := cell.strip())]
            if len(values) > 1 and all(map(_IN_TYPOGRAPHIC.fullmatch, values)):
                mark = values[0][0]
                raise Unreadable(
                    f"linje {number} har typografiske anførselstegn ({mark}, U+{ord(mark):04X}) om værdierne: "
                    'skriv lige anførselstegn ("), eller ingen',
                    f"line {number} has typographic quotation marks ({mark}, U+{ord(mark):04X}) around its values: "
                    'write straight ones ("), or none',
                )


def _refuse_another_delimiter(found: Delimited) -> None:
    """Refuse a file whose first rows keep to another delimiter than its header, or are each one quoted cell."""
    width = len(found.header)
    rows = [fields for _, fields in list(found.first_records(_HEAD))[1:] if any(fields)]
    if width < 2 or not rows or any(len(fields) == width for fields in rows):
        return
    lines = [found.delimiter.join(fields) for fields in rows]
    if all(sum(map(bool, fields)) == 1 and fields[0].count(found.delimiter) >= width - 1 for fields in rows):
        raise whole_lines_quoted()
    signs = dict.fromkeys(sign for sign in lines[0] if not sign.isalnum() and sign not in ' _-./"')
    for other in (*DELIMITERS, *signs):
        if other != found.delimiter and all(line.count(other) >= width - 1 for line in lines):
            raise _of_two_delimiters(found.delimiter, other)


def whole_lines_quoted() -> Unreadable:
    """Report that every line of a file is one quoted cell."""
    return Unreadable(
        "hver linje står i ét par anførselstegn, så dens værdier er én celle: slet anførselstegnene om linjerne",
        "every line stands in one pair of quotation marks, so that its values are one cell: delete the quotation marks "
        "around the lines",
    )


def _refuse_rows_of_another_delimiter(text: str, delimiter: str) -> None:
    """Refuse a file whose quotes don't add up because its rows keep to another delimiter than its header."""
    filled = [line for line in text.split("\n", _HEAD)[:_HEAD] if line.strip()]
    width = filled[0].count(delimiter) + 1 if filled else 0
    for other in DELIMITERS:
        if other != delimiter and len(filled) > 1 and all(line.count(other) >= width - 1 > 0 for line in filled[1:]):
            raise _of_two_delimiters(delimiter, other)


def _of_two_delimiters(header: str, rows: str) -> Unreadable:
    names, values = characters.sign(header), characters.sign(rows)
    return Unreadable(
        f"kolonnenavnene er adskilt af {names.da}, men rækkerne af {values.da}: brug det samme skilletegn i hele filen",
        f"the column names are separated by {names.en}, but the rows by {values.en}: use one delimiter in the whole "
        "file",
    )


def _delimiter_of(text: str) -> str:
    """Find the delimiter under which the header, the first record that is filled, has the most columns.

    Raises Unreadable when a carriage return stands alone under each of them; one in a quoted cell does so under all but
    the file's own.
    """
    columns: dict[str, int] = {}
    for delimiter in DELIMITERS:
        records = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
        try:
            columns[delimiter] = len(next((record for record in records if any(map(str.strip, record))), []))
        except csv.Error:
            line = records.line_num
    if not columns:
        raise _in_carriage_returns(line)
    return max(columns, key=columns.__getitem__)


def _below_a_title(text: str, delimiter: str) -> str:
    """Give the delimiter of the line that names columns, where a title stands above it and has some of its own.

    `delimiter`: that of the first filled line.
    """
    lines = [line for line in text[:_HEAD_CHARACTERS].split("\n")[:_HEAD] if line.strip()]
    for at, line in enumerate(lines):
        names = {
            sign: len(_NAMES.intersection(fold(cell.strip('"')) for cell in line.split(sign))) for sign in DELIMITERS
        }
        if max(names.values()) > 1:
            return max(names, key=names.__getitem__) if at else delimiter
    return delimiter


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
    """Return whether a cell begins or ends with a space. The pattern begins with one: the search leaps to the next."""
    edge = re.escape(field + record)
    return re.search(f" (?:[{edge}]|\\Z|(?<=[{edge}] )|(?<=\\A ))", text) is not None

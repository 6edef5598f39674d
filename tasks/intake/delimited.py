"""CSV as municipalities write it: from bytes to a text that DuckDB splits without guessing.

The text that comes out is clean (`tasks.intake.words.clean`), its cells are trimmed, no cell is quoted, and its two
separators occur in no cell. A file with quotes is read by the csv module and joined again with control characters for
separators; any other is left as it stands. Nothing here judges a row by itself.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from tasks.base.cpr import mask
from tasks.intake import characters
from tasks.intake.csv_flaws import (
    HAS_OTHER_LINE_END,
    HAS_TYPOGRAPHIC,
    in_carriage_returns,
    refuse_lone_carriage_return,
    refuse_other_line_ends,
    refuse_space_behind_a_quote,
    refuse_swallowed_rows,
    refuse_typographic_quotes,
)
from tasks.intake.delimiter import (
    HEAD,
    HEAD_CHARACTERS,
    below_a_title,
    delimiter_of,
    refuse_another_delimiter,
    refuse_rows_of_another_delimiter,
)
from tasks.intake.encoding import decode
from tasks.intake.faults import Unreadable
from tasks.intake.forms import form_of, of_another_form
from tasks.intake.words import fold

# The limit is the process's own, for every reader; a long text is no reason to refuse a delivery.
csv.field_size_limit(sys.maxsize)

_FIELD = "\x1f"
_RECORD = "\x1e"
_CHARACTERS_A_QUOTE = 100
"""Where quotes are rarer than one in so many characters, the pieces between them are few."""
_UNQUOTED_CARRIAGE_RETURN = "new-line character seen in unquoted field"
"""How the csv module's message of a lone carriage return begins; all its other errors are about quotes."""
# DOS's sign for the end of a file, at a line's edge: copying files together leaves it between them.
_CONTROL_Z = re.compile(r"(?:\A|(?<=[\r\n]))\x1a+|(?<!\x1a)\x1a+(?=[\r\n]|\Z)")
_BLANKS = "".join(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0x2028, 0x2029]))


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


def without_numbers(data: bytes) -> bytes:
    """Give a CSV file with every personal number masked: the same bytes where it holds none, otherwise UTF-8.

    Digits in two cells never form one number, even across a tab or a line end. A file that can't be decoded
    is given as it is: whoever reads it refuses it.
    """
    try:
        text, _ = decode(data)
        delimiter = delimiter_of(text)
    except Unreadable:
        return data
    ends = rf"{delimiter}\r\n"
    cell = rf'(?<![^{ends}])"[^"]*(?:""[^"]*)*"|[^{ends}]+'
    masked = re.sub(cell, lambda found: mask(found[0]), text)
    return data if masked == text else masked.encode()


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
    if HAS_TYPOGRAPHIC.search(odd):
        refuse_typographic_quotes(text)
    if HAS_OTHER_LINE_END.search(odd):
        refuse_other_line_ends(text)
    found = _quoted(text) if '"' in text else _plain(text)
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
        refuse_lone_carriage_return(text)
    text = with_line_feeds
    header_row_no, header_line = _first_filled(text.split("\n", 1)[0], text)
    delimiter = below_a_title(text, delimiter_of(header_line))
    written = Delimited(text, delimiter, "\n", _header(header_line.split(delimiter)), header_row_no, delimiter)
    return _checked(written, _trimmed(text, delimiter, "\n"))


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
    delimiter = below_a_title(text, delimiter_of(text))
    has_spaces = _has_spaces_before_quotes(text, delimiter)
    joined = None if has_spaces else _joined_where_regular(text, delimiter)
    if joined is None:
        joined = _joined(text, delimiter, has_spaces=has_spaces)
    if "\n" in joined:
        refuse_swallowed_rows(text, delimiter, has_spaces=has_spaces)
    content = _trimmed(joined, _FIELD, _RECORD)
    for number, record in enumerate(content.split(_RECORD), start=1):
        if record.strip(_FIELD):
            written = Delimited(joined, _FIELD, _RECORD, _header(record.split(_FIELD)), number, delimiter)
            return _checked(written, content)
    raise Unreadable("filen er tom", "the file is empty")


def _checked(written: Delimited, content: str) -> Delimited:
    """Give the file with its trimmed `content`, once its rows are seen to keep to the header's delimiter."""
    below = [fields for _, fields in written.first_records(HEAD)][1:]
    refuse_another_delimiter(len(written.header), written.delimiter, below)
    return replace(written, content=content)


def _has_spaces_before_quotes(text: str, delimiter: str) -> bool:
    """Return whether a line of the head has several quoted cells, each behind a space: cells are parted by `; `."""
    cell = rf'{delimiter}(?: +"(?:[^"]|"")*" *|[^"{delimiter}]*)'
    line = re.compile(rf'(?:"(?:[^"]|"")*"|[^"{delimiter}]*)(?:{cell})+\r?')
    quoted = re.compile(f'{delimiter} +"')
    head = text[:HEAD_CHARACTERS].split("\n")[:HEAD]
    return any(len(quoted.findall(one)) > 1 and line.fullmatch(one) for one in head)


def _joined(text: str, delimiter: str, *, has_spaces: bool = False) -> str:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True, skipinitialspace=has_spaces)
    try:
        return _RECORD.join(map(_FIELD.join, reader))
    except csv.Error as error:
        refuse_swallowed_rows(text, delimiter, has_spaces=has_spaces)
        refuse_rows_of_another_delimiter(text, delimiter)
        if str(error).startswith(_UNQUOTED_CARRIAGE_RETURN):
            raise in_carriage_returns(reader.line_num) from error
        refuse_space_behind_a_quote(text, delimiter, reader.line_num)
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
    # A run of blanks is looked at from its first alone: from each of them, a long one takes hours.
    at_end = f"(?<![{blank_class}])[{blank_class}]+(?=[{edge}]|\\Z)"
    return re.sub(f"{at_end}|(?:(?<=[{edge}])|\\A)[{blank_class}]+", "", text)


def _space_at_an_edge(text: str, field: str, record: str) -> bool:
    """Return whether a cell begins or ends with a space. The pattern begins with one: the search leaps to the next."""
    edge = re.escape(field + record)
    return re.search(f" (?:[{edge}]|\\Z|(?<=[{edge}] )|(?<=\\A ))", text) is not None

"""Why a CSV file can't be read: its line ends, and its quotation marks."""

from __future__ import annotations

import csv
import io
import re

from tasks.intake import characters
from tasks.intake.characters import DELIMITERS
from tasks.intake.faults import Unreadable

_LONE_CARRIAGE_RETURN = re.compile(r"\r(?![\r\n])")
# What some programs take for a line end, and CSV does not.
_OTHER_LINE_ENDS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
_WITHIN_A_CELL = "\0"
"""Takes a line break's place in a quoted cell, so that its line is counted; no text holds a NUL (`encoding.decode`)."""
HAS_OTHER_LINE_END = re.compile(f"[{_OTHER_LINE_ENDS}]")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_TYPOGRAPHIC = "\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2033\u301d-\u301f\uff02"
_IN_TYPOGRAPHIC = re.compile(f"[{_TYPOGRAPHIC}].*[{_TYPOGRAPHIC}]")
HAS_TYPOGRAPHIC = re.compile(f"[{_TYPOGRAPHIC}]")


def refuse_swallowed_rows(text: str, delimiter: str, *, has_spaces: bool) -> None:
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


def refuse_space_behind_a_quote(text: str, delimiter: str, line_no: int) -> None:
    """Refuse a line, counted from 1, in which spaces stand between a closing quotation mark and the delimiter."""
    line = text.split("\n", line_no)[line_no - 1]
    if re.search(rf'[^{delimiter}]"[ \t]+(?:{delimiter}|\r?\Z)', line):
        raise Unreadable(
            f"linje {line_no} har et mellemrum efter et afsluttende anførselstegn: slet mellemrummene mellem "
            "anførselstegn og skilletegn",
            f"line {line_no} has a space behind a closing quotation mark: delete the spaces between quotation marks "
            "and delimiters",
        )


def refuse_lone_carriage_return(text: str) -> None:
    """Refuse a file where a line ends in a carriage return alone."""
    if lone := _LONE_CARRIAGE_RETURN.search(text):
        raise in_carriage_returns(text.count("\n", 0, lone.start()) + 1)


def in_carriage_returns(line: int) -> Unreadable:
    """Report the first line that ends in a carriage return alone."""
    return Unreadable(
        f"linje {line} slutter med CR alene: gem filen som CSV UTF-8, så linjerne slutter med CRLF eller LF",
        f"line {line} ends in CR alone: save the file as CSV UTF-8, so that its lines end in CRLF or LF",
    )


def refuse_other_line_ends(text: str) -> None:
    """Refuse a file where a line holds rows that are parted by a character that ends no line of CSV."""
    if '"' in text:
        text = re.sub('"[^"]*"', lambda cell: '"' + _WITHIN_A_CELL * cell[0].count("\n") + '"', text)
    header = next((piece for piece in HAS_OTHER_LINE_END.split(text) if piece.strip()), "").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    delimiters = header.count(delimiter)
    number = 1
    for line in text.split("\n"):
        for end in sorted(set(HAS_OTHER_LINE_END.findall(line.strip()))):
            pieces = [piece for piece in line.split(end) if piece.strip()]
            if delimiters > 0 and len(pieces) > 1 and all(piece.count(delimiter) == delimiters for piece in pieces):
                told = characters.described(end)
                raise Unreadable(
                    f"linje {number} holder flere rækker, adskilt af {told.da}: gem filen som CSV UTF-8, så linjerne "
                    "slutter med CRLF eller LF",
                    f"line {number} holds several rows, parted by {told.en}: save the file as CSV UTF-8, so that its "
                    "lines end in CRLF or LF",
                )
        number += 1 + line.count(_WITHIN_A_CELL)


def refuse_typographic_quotes(text: str) -> None:
    """Refuse a file where a line has all its values in typographic quotation marks: they quote nothing."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not HAS_TYPOGRAPHIC.search(line):
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


def whole_lines_quoted() -> Unreadable:
    """Report that every line of a file is one quoted cell."""
    return Unreadable(
        "hver linje står i ét par anførselstegn, så dens værdier er én celle: slet anførselstegnene om linjerne",
        "every line stands in one pair of quotation marks, so that its values are one cell: delete the quotation marks "
        "around the lines",
    )

"""Texts made to take hours: what reads a delivery takes a time that grows with its length, whatever it holds."""

from __future__ import annotations

import difflib
import random
import time
import unicodedata
from collections.abc import Callable
from typing import Any, Literal

import pytest

from tasks.base.composed import composed
from tasks.base.cpr import MASK, mask
from tasks.base.person import compared
from tasks.intake.characters import seen_as
from tasks.intake.columns import Header
from tasks.intake.contents import DeliveredFile
from tasks.intake.delimited import read_delimited
from tasks.intake.delivery import read_delivery
from tasks.intake.words import clean
from tests.torture.hostile import SHEET, STRINGS, WORKBOOK, workbook_parts, zipped

LONG = 40_000
MOST_SECONDS = 5
"""Of processor time; what goes on from each of so many signs to the last of them takes several times as long."""
UNKNOWN = "kolonne {} med et langt navn, som ingen kender, og som er skrevet helt ud til regnearkets sidste kolonne"
SIGNS = [chr(code) for code in range(0x2190, 0x2C00) if not chr(code).isalnum()]
MARKS = "a" + "\u0300" * LONG + "\u0327" * LONG
ODD_SIGNS = "aeoÅ\u0344\u0340\u0958\u0f73\u0f75\u0f81\u1100\u1161\u11a8\u1ea5\uac00\ufb01\ufb1d"
FORMULA_WITHOUT_END = b"<c><f/>"


def records_of(text: str) -> list[str]:
    read = read_delimited(text.encode())
    return read.content.split(read.record_separator)


def told_of(changed: dict[str, bytes]) -> str:
    """Give what is wrong with a workbook of which parts have other contents."""
    data = zipped({**workbook_parts(), **changed})
    return " ".join(fault.en for fault in read_delivery([DeliveredFile(WORKBOOK, data)], is_archive=False).faults)


def sheet_with(cells: bytes) -> bytes:
    return workbook_parts()[SHEET].replace(b"</sheetData>", b'<row r="40">' + cells + b"</row></sheetData>")


def _header(text: str) -> str:
    file = DeliveredFile("udgifter.csv", text.encode())
    return " ".join(fault.en for fault in read_delivery([file], is_archive=False).faults)


def _files(names: str) -> str:
    files = [DeliveredFile(name, b"") for name in names.split("/")]
    return " ".join(fault.en for fault in read_delivery(files, is_archive=False).faults)


def _first_blank(text: str) -> str:
    return str(Header("udgifter", 1, tuple(text.split(";")), None).first_blank())


def _formulas(text: bytes) -> str:
    assert b'fullCalcOnLoad="1"' in workbook_parts()["xl/workbook.xml"]
    return told_of({SHEET: sheet_with(text)})


@pytest.mark.parametrize(
    ("read", "given"),
    [
        pytest.param(records_of, f"id ;tekst\n1;x{' ' * LONG}y\n", id="spaces"),
        pytest.param(records_of, f"id;tekst\t\n1;x{chr(9) * LONG}y\n", id="tabs"),
        pytest.param(records_of, f"id;tekst\n1;x{chr(26) * LONG}y\n", id="control-Z"),
        pytest.param(_header, f"x{'-' * LONG}x;dato\n1;2\n", id="signs in a header"),
        pytest.param(_header, ";".join(f"{sign}{number}" for number in range(8) for sign in SIGNS), id="many signs"),
        pytest.param(_first_blank, "x;" * 3 * LONG, id="many columns"),
        pytest.param(clean, MARKS, id="marks"),
        pytest.param(seen_as, MARKS, id="marks in a name"),
        pytest.param(compared, MARKS, id="marks in a person's name"),
        pytest.param(mask, f"130160-1234 {MARKS}", id="marks behind a number"),
        pytest.param(_formulas, FORMULA_WITHOUT_END * LONG, id="formulas"),
    ],
)
def test_it_takes_no_hours(read: Callable[[str | bytes], str], given: str | bytes) -> None:
    began = time.process_time()
    assert read(given)
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize(
    ("read", "given"),
    [
        pytest.param(_header, ";".join(["dato", *map(UNKNOWN.format, range(LONG // 8))]), id="columns"),
        pytest.param(_files, "/".join(f"fil {number}.csv" for number in range(LONG // 8)), id="files"),
    ],
)
def test_of_any_number_of_unknown_names_few_are_compared(
    read: Callable[[str], str], given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(name: str, *more: Any, **choices: Any) -> list[str]:
        asked.append(name)
        return close_matches(name, *more, **choices)

    close_matches = difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", counted)
    assert read(given)
    assert 0 < len(set(asked)) < LONG // 16


def test_blanks_are_trimmed_and_those_within_stay() -> None:
    text = "\t id ;tekst\x1a\x1a\r\n 1\t ; a  b \t c \r\n2;  \r\n3;\x1ax\x1a\x1ay\x1a\r\n\x1a\x1a"
    assert records_of(text)[:4] == ["id;tekst", "1;a  b \t c", "2;", "3;\x1ax\x1a\x1ay"]


@pytest.mark.parametrize("form", ["NFC", "NFKC"])
def test_the_form_is_unicodes_also_of_a_long_run(form: Literal["NFC", "NFKC"]) -> None:
    marks = [sign for sign in map(chr, range(0x300, 0x1_D1C1)) if unicodedata.combining(sign)]
    dice = random.Random(1)
    for length in (1, 99, 100, 101, 400):
        for share in (2, 50):
            text = "".join(dice.choice(ODD_SIGNS if dice.randrange(share) == 0 else marks) for _ in range(length))
            assert composed(form, text) == unicodedata.normalize(form, text)
    assert mask(f"130160-1234 {MARKS}").startswith(MASK)


@pytest.mark.parametrize(
    "cell", [b"Z" * LONG + b"1", b"ZZ" + b"9" * LONG, b"A" + b"9" * LONG], ids=["letters", "digits", "row"]
)
def test_a_cell_at_no_place_is_told_as_too_far_out(cell: bytes) -> None:
    told = told_of({SHEET: sheet_with(b'<c r="' + cell + b'"><v>1</v></c>')})
    assert "which is too much" in told
    assert len(told) < 2_000


def test_a_count_of_texts_of_any_length_is_read() -> None:
    told = told_of({STRINGS: b'<sst uniqueCount="' + b"9" * LONG + b'"></sst>'})
    assert "tells of more than it holds" in told
    assert told_of({STRINGS: b'<sst uniqueCount="' + b"0" * LONG + b'"></sst>'}) == ""

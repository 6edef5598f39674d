"""The annex: formulas that give the letter's numbers, who counts, what doesn't, and no live formula from outside."""

from __future__ import annotations

import gc
import re
import shutil
import subprocess
import textwrap
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import worksheet as library

from tasks.annex import workbook
from tasks.annex.calculation import CALCULATION, CITIZENS
from tasks.annex.sheet import plain
from tasks.annex.workbook import (
    CHANGED,
    REJECTED,
    WAGES,
    Listed,
    RejectedRegistration,
    wrapped_lines,
    write_workbook,
)
from tasks.annex.write import FOLDER, write_annexes
from tasks.base.collector import without_collector
from tasks.letters.facts import LetterFacts, OtherYear
from tasks.letters.kind import Kind
from tasks.letters.read import read_letters
from tasks.rules.model import load_rules
from tasks.warehouse.statements import execute
from tests.support.letter_examples import (
    EFTERREGULERING_CLAIMED,
    EFTERREGULERING_LEAD,
    PARTSHOERING,
    PARTSHOERING_BEGINS_LATER,
    PARTSHOERING_MISSING,
    TILBAGEBETALING_NETTED,
    UDBETALING,
    dkk,
)
from tests.support.letter_tables import letter_tables

NUL_MISSING = replace(PARTSHOERING_MISSING, kind=Kind.NUL, reply_deadline=None)


def _written(directory: Path, year: int = 2017) -> dict[str, Path]:
    connection = letter_tables()
    letters = read_letters(connection, load_rules(), year, letter_date=date(2018, 2, 15))
    told: list[tuple[int, int]] = []
    write_annexes(connection, letters, directory, lambda done, every: told.append((done, every)))
    connection.close()
    assert told == [(1, 3), (2, 3), (3, 3)]
    return {path.stem: path for path in (directory / FOLDER).iterdir()}


def _values(path: Path, sheet: str) -> list[tuple[object, ...]]:
    found: Worksheet = openpyxl.load_workbook(path, data_only=True)[sheet]
    return list(found.iter_rows(values_only=True))


def _calculation(path: Path) -> dict[str, object]:
    return {str(row[0]): row[1] for row in _values(path, CALCULATION)[6:]}


# What the sheet must say for the worked example's year 2017.
WORKED = {
    "Loft, kr.": 1_440_000,
    "Påbegyndte forløb i året, borgere": 20,
    "Påbegyndte forløb i året, kr.": 120_000,
    "Gennemførte forløb i året, borgere": 58,
    "Gennemførte forløb i året, kr.": 580_000,
    "Aktivitet før loft, kr.": 700_000,
    "Aktivitet i tidligere år, kr.": 880_000,
    "Aktivitetsafhængigt tilskud, kr.": 560_000,
    "Fast tilskud, kr.": 450_000,
    "Tilskud for 2017, kr.": 1_010_000,
    "Til udbetaling nu, kr.": 1_010_000,
}


def test_calculation_says_what_the_letter_says(tmp_path: Path) -> None:
    told = _calculation(_written(tmp_path)["JF-187"])
    assert {label: told[label] for label in WORKED} == WORKED


@pytest.mark.parametrize("facts", [TILBAGEBETALING_NETTED, EFTERREGULERING_CLAIMED])
def test_a_decision_that_is_added_up_with_others_tells_the_sum(facts: LetterFacts, tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    write_workbook(facts, Listed(), path)
    told = _calculation(path)
    assert facts.netted is not None
    own, others = told[f"Afgørelsen for {facts.year}, kr."], told["Andre afgørelser af samme dag, kr."]
    assert isinstance(own, int | float)
    assert isinstance(others, int | float)
    net_dkk = float(facts.netted.net_dkk)
    label = "Skal betales tilbage i alt, kr." if net_dkk < 0 else "Til udbetaling i alt, kr."
    assert (own + others, told[label]) == (net_dkk, abs(net_dkk))


def test_a_draft_of_years_that_are_added_up_tells_the_sum(tmp_path: Path) -> None:
    """The letter says that it is added up, so the annex promises no payment of the year alone."""
    path = tmp_path / "annex.xlsx"
    facts = replace(PARTSHOERING, other_years=(OtherYear(2017, dkk("1000"), dkk("2281000")),))
    write_workbook(facts, Listed(), path)
    told = _calculation(path)
    assert "Til udbetaling nu, kr." not in told
    assert told["Udkastet for 2016, kr."] == 1_280_000
    assert told["Andre år, regnet igen, kr."] == -2_280_000
    assert told["Skal betales tilbage i alt, kr."] == 1_000_000


def test_whom_the_money_went_to_stands_beside_what_was_posted(tmp_path: Path) -> None:
    def beside(facts: LetterFacts) -> object:
        write_workbook(facts, Listed(), tmp_path / "annex.xlsx")
        rows = _values(tmp_path / "annex.xlsx", CALCULATION)
        return next(row[2] for row in rows if str(row[0]).startswith("Tidligere tildelt"))

    assert beside(EFTERREGULERING_LEAD) == "Ishøj Kommune 1.016.000 kr. og Vallensbæk Kommune −6.000 kr."
    assert not beside(EFTERREGULERING_CLAIMED)


def test_an_amount_that_cannot_be_computed_yet_is_no_nothing(tmp_path: Path) -> None:
    for facts, grant in ((PARTSHOERING_MISSING, "kan ikke gøres op endnu"), (NUL_MISSING, 0)):
        write_workbook(facts, Listed(), tmp_path / "annex.xlsx")
        told = _calculation(tmp_path / "annex.xlsx")
        assert told["Tilskud for 2016, kr."] == grant
        assert (told.get("Til udbetaling nu, kr."), told["Loft, kr."]) == (0 if grant == 0 else None, 1_440_000)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (PARTSHOERING, "Opgjort pr. 31. december 2016"),
        (PARTSHOERING_MISSING, "Ingen indberetning, der kan bruges"),
        (replace(PARTSHOERING_BEGINS_LATER, as_of_date=None), "Projektet begynder den 1. januar 2017"),
    ],
)
def test_the_calculation_says_what_it_rests_on(facts: LetterFacts, told: str, tmp_path: Path) -> None:
    write_workbook(facts, Listed(), tmp_path / "annex.xlsx")
    assert _values(tmp_path / "annex.xlsx", CALCULATION)[3][0] == told


def test_formulas_give_the_same_numbers(tmp_path: Path) -> None:
    """The written values are taken out, so that LibreOffice must work every formula out itself."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = _written(tmp_path / "annex")["JF-187"]
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                assert count == len(WORKED)
            target.writestr(name, content)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(tmp_path / "office"), str(bare)],
        check=True,
        capture_output=True,
        timeout=600,
    )
    told = _calculation(tmp_path / "office" / "bare.xlsx")
    assert {label: told[label] for label in WORKED} == WORKED


def test_who_counts(tmp_path: Path) -> None:
    rows = _values(_written(tmp_path)["JF-187"], CITIZENS)
    assert len(rows) == 101
    assert rows[1] == ("B0", datetime(2016, 2, 1), 6000, datetime(2016, 5, 1), 10000)  # noqa: DTZ001 - cells have no zone
    assert ("B99", datetime(2017, 2, 1), 6000, None, None) in rows  # noqa: DTZ001 - cells have no zone


def test_what_happens_after_the_year_is_left_out(tmp_path: Path) -> None:
    annex = _written(tmp_path, 2016)["JF-187"]
    rows = _values(annex, CITIZENS)
    assert len(rows) == 81
    assert sum(row[3] is not None for row in rows[1:]) == 40
    assert _calculation(annex)["Aktivitet før loft, kr."] == 880_000


def test_what_does_not_count(tmp_path: Path) -> None:
    rows = _values(_written(tmp_path)["JF-187"], REJECTED)[1:]
    assert [row[:5] for row in rows] == [
        ("forloeb", 2, "F-2", "S06", 'virksomhed_cvr er "1".'),
        ("forloeb", 12, "'@F-12", "S06", "virksomhed_cvr er tom."),
        ("forloeb", 12, "'@F-12", "S07", "startdato er tom."),
    ]
    assert [row[6] for row in rows] == [0, 6000, None], "each registration's amount stands once"
    assert all(row[5] for row in rows)


def test_the_vouchers_and_what_changed_can_be_traced(tmp_path: Path) -> None:
    annexes = _written(tmp_path)
    rows = _values(annexes["JF-187"], WAGES)
    assert [row[:2] for row in rows[1:]] == [("L-1", 2), ("L-2", 3)]
    assert sum(row[3] for row in rows[1:]) == 900_000  # type: ignore[misc]
    changed = _values(annexes["JF-190"], CHANGED)[1:]
    assert [(row[0], row[1], row[2], row[5], row[8], row[9]) for row in changed] == [
        ("Påbegyndt forløb", "'=1+1", "Tæller ikke længere", 6000, 0, -6000)
    ]
    assert CHANGED not in openpyxl.load_workbook(annexes["JF-187"]).sheetnames, "nothing was decided before for 2017"


def test_long_texts_are_seen_whole_and_headings_stay(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    mend = "Skriv virksomhedens CVR-nummer med otte cifre, som det står i CVR-registret."
    rows = [RejectedRegistration("forloeb", 2, "F-2", "S06", text, mend, None) for text in ("Kort.", mend * 3)]
    write_workbook(UDBETALING, Listed(rejected=rows), path)
    book = openpyxl.load_workbook(path)
    heights = [book[REJECTED].row_dimensions[row].height for row in (2, 3)]
    assert heights == [30, 75]
    for sheet, head in ((CALCULATION, 6), (CITIZENS, 1), (REJECTED, 1)):
        assert book[sheet].freeze_panes == f"A{head + 1}"
        assert book[sheet].print_title_rows == f"${head}:${head}"
        assert book[sheet].page_setup.fitToHeight == 0, "as many pages as it needs, one page wide"


def test_same_bytes_again(tmp_path: Path) -> None:
    first, again = _written(tmp_path / "first"), _written(tmp_path / "again")
    assert {name: path.read_bytes() for name, path in first.items()} == {
        name: path.read_bytes() for name, path in again.items()
    }


def _parts(paths: Iterable[Path]) -> list[tuple[str, tuple[int, ...], bytes]]:
    books = (zipfile.ZipFile(path) for path in sorted(paths))
    return [(part.filename, part.date_time, book.read(part)) for book in books for part in book.infolist()]


def test_a_sheet_is_as_the_library_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Except for the hint that says of each row which cells it begins and ends with."""
    page = 'https://kontrol.example.dk/regler#S06&"<alt>"'
    linked = Listed(rejected=[RejectedRegistration("forloeb", 2, "F-2", "S06", '<"&">', "&amp;", None, page=page)])

    def parts(folder: Path) -> list[tuple[str, tuple[int, ...], bytes]]:
        paths = _written(folder).values()
        write_workbook(UDBETALING, linked, folder / "linked.xlsx")
        return _parts([*paths, folder / "linked.xlsx"])

    ours = parts(tmp_path / "ours")
    monkeypatch.setattr(workbook, "Sheet", library.Worksheet)
    theirs = parts(tmp_path / "theirs")
    assert any(b' spans="' in content for _, _, content in theirs), "what ours leaves out"
    assert ours == [(*of, re.sub(rb' spans="\d+:\d+"', b"", content)) for *of, content in theirs]
    for name in ("_calculate_spans", "_escape_attributes", "_write_rows"):
        assert hasattr(library.Worksheet, name), "what ours takes the place of"


def test_a_workbook_is_let_go_of_without_the_collector(tmp_path: Path) -> None:
    gc.collect()
    with without_collector():
        write_workbook(UDBETALING, Listed(), tmp_path / "annex.xlsx")
        assert not [one for one in gc.get_objects() if isinstance(one, library.Worksheet)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("B-1;=1", "B-1;'=1"),
    ],
)
def test_a_text_is_never_a_formula(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["", "B-1", "1=1", "<b>&amp;{{ 7*7 }}#eval(1)</b>"])
def test_other_text_stays_as_written(text: str) -> None:
    assert plain(text) == text


def test_what_stands_in_a_column_of_amounts_ends_where_they_do_and_the_next_heading_keeps_off(tmp_path: Path) -> None:
    """A spreadsheet takes an indent only where the cell is aligned to a side."""
    path = tmp_path / "annex.xlsx"
    unreckoned = RejectedRegistration("forloeb", 2, "F1", "S06", "Derfor.", "Sådan.", None, is_unreckoned=True)
    write_workbook(UDBETALING, Listed(rejected=[unreckoned]), path)
    book = openpyxl.load_workbook(path)
    assert (book[REJECTED]["G2"].value, book[REJECTED]["G2"].alignment.horizontal) == ("kan ikke gøres op", "right")
    for sheet, cell in ((CALCULATION, "C6"), (CITIZENS, "D1")):
        alignment = book[sheet][cell].alignment
        assert (alignment.horizontal, alignment.indent) == ("left", 1), sheet


def test_hostile_text(tmp_path: Path) -> None:
    """A borger_id that is a formula, and markup of every kind, come out as text."""
    path = _written(tmp_path)["JF-190"]
    sheet = openpyxl.load_workbook(path)[CITIZENS]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "'=cmd|' /C calc'!A0")

    markup = "<b>&amp;</b> {{ 7*7 }} #eval(1) http://example.org " + "x" * 40_000
    write_workbook(
        UDBETALING,
        Listed(rejected=[RejectedRegistration("forloeb", 2, markup, "S06", markup, "", None)]),
        tmp_path / "hostile.xlsx",
    )
    row = _values(tmp_path / "hostile.xlsx", REJECTED)[1]
    assert str(row[2]).startswith(markup[:60])
    assert len(str(row[2])) == 32_767
    assert str(row[2]).endswith("…")
    with zipfile.ZipFile(tmp_path / "hostile.xlsx") as book:
        assert not [name for name in book.namelist() if "rels" in name and b"example.org" in book.read(name)]


def test_citizens_whose_ids_read_alike_stand_as_delivered() -> None:
    connection = letter_tables()
    for row_no, secret, completion in ((9, "a", "2017-06-01"), (4, "b", None)):
        connection.execute(
            "INSERT INTO run.citizen_events VALUES "
            "('JF-190', 'sag ******-****' || chr(31) || ?, ?, 'participant', DATE '2017-02-01', 6000, ?::DATE, NULL)",
            [secret, row_no, completion],
        )
    execute(connection, "annex/counted_citizens")
    rows = execute(connection, "annex/citizens", year=2017, projects=["JF-190"]).fetchall()
    told = [row for row in rows if row[1] == "sag ******-****"]
    assert [row[4] for row in told] == [None, date(2017, 6, 1)]


@given(st.text(alphabet="abæI1_-–,.( \t\u00a0", max_size=180) | st.lists(st.text("abA1-,", min_size=1)).map(" ".join))
def test_lines_are_counted_as_they_are_broken(text: str) -> None:
    assert wrapped_lines(text) == len(textwrap.wrap(text, 52))

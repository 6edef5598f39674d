"""Files as programs and people write them: each is read rightly, or reported as what it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.findings import Checked
from tasks.check.text import as_text
from tasks.web.answer import verdict_sentence
from tests.support.web_posted import difference

NOW = Moment.parse("2018-02-15T12:00")
BORGERE = """borger_id;cpr;kommunekode;maalgruppe;ydelse;offentlig_forsoergelse_siden;\
integrationsprogram;gruppe;visitationsdato
B1;6202501018;147;aktivitetsparat;kontanthjaelp;01-01-2010;nej;deltager;01-03-2016
B2;6502501001;147;ressourceforloeb;ressourceforloebsydelse;;;deltager;02-03-2016
"""
FORLOEB = """forloeb_id;borger_id;type;virksomhed_cvr;startdato;slutdato;ordinaere_timer_pr_uge
F1;B1;virksomhedspraktik;99101008;10-03-2016;30-06-2016;
F2;B2;loentilskud;99102004;01-04-2016;;10
"""
UDGIFTER = """bilagsnr;dato;kategori;beloeb;lovpligtig;tekst
U1;01-04-2016;projektledelse;100000,50;nej;Løn
U2;01-05-2016;materiale;1234,56;;Skærm
U3;02-05-2016;materiale;500;nej;Papir
"""


class Written:
    """A delivery in the making; `change` replaces a text that must be there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "JF-147" / "2016-12-31"
        self.folder.mkdir(parents=True)
        self.files = {"borgere": BORGERE, "forloeb": FORLOEB, "udgifter": UDGIFTER}

    def change(self, table: str, old: str, new: str) -> None:
        """Replace a text of a table that is there."""
        assert old in self.files[table]
        self.files[table] = self.files[table].replace(old, new)

    def write(self, **data: bytes) -> None:
        """Write the delivery; `data`: a table's bytes, where they are not its text in UTF-8."""
        for table, text in self.files.items():
            (self.folder / f"{table}.csv").write_bytes(data.get(table, text.encode()))

    def checked(self, before: Path | None = None, **data: bytes) -> Checked:
        """Write the delivery and check it."""
        self.write(**data)
        return check(self.folder, project_id=None, as_of=None, register=None, now=NOW, before=before)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def faults(found: Checked) -> list[tuple[str, str]]:
    return [(one.rule.code, place.da) for one in found.faults for place in one.places if one.rule.code != "F09"]


def places_of_hold(found: Checked, code: str) -> list[str]:
    return [place.da for one in found.holds if one.rule.code == code for place in one.places]


def test_what_says_the_same_is_read_so(written: Written) -> None:
    for table, old, new in (
        ("borgere", "deltager;01-03", "delt\u00adager\u200b;01-03"),
        ("borgere", "\nB1;", "\n\ufeffB1;"),
        ("borgere", "borger_id;", "\ufeff\ufeffborger\u00a0id;"),
        ("borgere", "6202501018", "620250\u20131018"),
        ("borgere", "6502501001", "650250\u00a01001"),
        ("forloeb", "99101008", "DK99101008"),
        ("forloeb", "99102004", "99 10\u202f20 04"),
        ("forloeb", "virksomhedspraktik", "Virksomhedspraktik\u2003"),
        ("udgifter", ";500;", ";\u2212500;"),
        ("udgifter", "Papir\n", "Papir\n\x1a"),
    ):
        written.change(table, old, new)
    found = written.checked()
    assert found.is_clean
    assert [table.received for table in found.tables] == [2, 2, 3]


@pytest.mark.parametrize(
    ("table", "old", "new", "code", "told"),
    [
        ("udgifter", ";", "|", "F03", "adskilt af lodret streg (|, U+007C)"),
        ("udgifter", "bilagsnr", "Udgifter 2016;;;;;\n;;;;;\nbilagsnr", "F03", "navnene står i række 3"),
        ("udgifter", "Løn\n", '"Løn\n', "F01", "anførselstegn"),
        ("udgifter", "U1;01-04-2016;projektledelse;100000,50;nej;Løn",
         "”U1”;”01-04-2016”;”projektledelse”;”100000,50”;”nej”;”Løn”", "F01", "typografiske anførselstegn"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read_is_told_as_what_it_is(
    written: Written, table: str, old: str, new: str, code: str, told: str
) -> None:
    written.change(table, old, new)
    found = written.checked()
    assert not found.is_accepted
    assert [one for one, text in faults(found) if told in text] == [code]
    # The rows of the other files are judged all the same.
    assert {one.table for one in found.tables} == {"borgere", "forloeb"}
    assert found.money is None


def test_a_quote_that_swallows_rows_names_its_lines(written: Written) -> None:
    written.change("udgifter", ";Løn", ';"Løn')
    written.change("udgifter", ";Papir", ';Papir"')
    ((code, told),) = faults(written.checked())
    assert code == "F01"
    assert "linje 2 lukkes først i linje 4" in told


QUOTED = UDGIFTER.replace("Løn", '"Løn; maj"')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (UDGIFTER.replace("\n", "\r"), "linje 1 slutter med CR alene"),
        (QUOTED.replace("\n", "\r"), "linje 1 slutter med CR alene"),
        (QUOTED.replace("Skærm\n", "Skærm\r"), "linje 3 slutter med CR alene"),
        (QUOTED.replace('Løn; maj"', 'Løn;\rmaj" i alt'), "et anførselstegn går ikke op (linje 2)"),
        ('bilagsnr;dato\nU1,"en\rcelle"\n', "af semikolon (;), men rækkerne af komma (,)"),
    ],
)
def test_a_carriage_return_alone_ends_no_line(written: Written, text: str, told: str) -> None:
    assert [(code, told in fault) for code, fault in faults(written.checked(udgifter=text.encode()))] == [("F01", True)]


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"])
def test_a_line_break_in_a_quoted_header_or_code_is_a_space(written: Written, line_break: str) -> None:
    written.change("forloeb", "virksomhed_cvr", f'"virksomhed{line_break}cvr"')
    written.change("forloeb", "loentilskud", f'"Ordinær{line_break}ansættelse"')
    assert written.checked().is_clean


def test_utf_16_without_a_mark_is_told(written: Written) -> None:
    told = faults(written.checked(borgere=BORGERE.encode("utf-16-le"), udgifter=UDGIFTER.encode("utf-16-be")))
    assert [(code, text.split(":")[0], "UTF-16" in text) for code, text in told] == [
        ("F01", "borgere.csv", True),
        ("F01", "udgifter.csv", True),
    ]


def test_another_program_s_workbook_is_told_by_its_form(tmp_path: Path) -> None:
    folder = tmp_path / "JF-147" / "2016-12-31"
    folder.mkdir(parents=True)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    for data, form in ((file.getvalue(), ".ods"), (b"<html><table></table></html>", "HTML"), (b"a;b\n1;2\n", "CSV")):
        (folder / "indberetning.xlsx").write_bytes(data)
        found = check(folder, project_id=None, as_of=None, register=None, now=NOW)
        ((code, told),) = faults(found)
        assert code == "F01"
        assert form in told


def test_a_column_that_betrays_another_order_holds(written: Written) -> None:
    written.change("forloeb", "30-06-2016", "06/30/2016")
    written.change("udgifter", "1234,56", "1.234")
    (told,) = places_of_hold(written.checked(), "P15")
    assert "forloeb!F2" in told
    assert "udgifter" not in told
    written.change("udgifter", "100000,50", "100000.50")
    (told,) = places_of_hold(written.checked(), "P15")
    assert "forloeb!F2" in told
    assert "udgifter!D2" in told


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        ("06/30/2016", "2016-05-31", True),
        ("06/30/2016", "05/04/2016", True),
        ("06/30/2016", "30/06/2016", False),
        ("06/30/2016", "31-05-2016", False),
        ("06/31/2016", "05/04/2016", False),
        ("05/04/2016", "06/04/2016", False),
    ],
)
def test_dates_betray_another_order_where_none_is_day_first(
    written: Written, first: str, second: str, *, holds: bool
) -> None:
    written.change("forloeb", "10-03-2016;30-06-2016", f"10-03-2016;{first}")
    written.change("forloeb", "01-04-2016;;", f"01-04-2016;{second};")
    assert (places_of_hold(written.checked(), "P15") != []) is holds


@pytest.mark.parametrize(
    ("amounts", "holds"),
    [
        (("100000.50", "1.234", "500"), True),
        (("100000.50", "1234.56", "500"), False),
        (("100000.50", "1.234.567", "500"), False),
        (("100000", "1.234", "500"), False),
        (("100000.50", "1.234", "500,00"), False),
    ],
)
def test_amounts_betray_another_decimal_sign_where_none_has_a_comma(
    written: Written, amounts: tuple[str, ...], *, holds: bool
) -> None:
    for old, new in zip((";100000,50;", ";1234,56;", ";500;"), amounts, strict=True):
        written.change("udgifter", old, f";{new};")
    assert (places_of_hold(written.checked(), "P15") != []) is holds


@pytest.mark.parametrize(("text", "holds"), [("50", True), ("5", False), ("505", False), ("x", False)])
def test_an_amount_before_two_digits_betrays_a_comma(written: Written, text: str, *, holds: bool) -> None:
    written.files["udgifter"] = (
        f"bilagsnr,dato,kategori,beloeb,tekst,lovpligtig\nU1,01-04-2016,materiale,1000,{text},nej\n"
    )
    assert (places_of_hold(written.checked(), "P15") != []) is holds


def test_what_can_not_be_reckoned_is_not_nothing(written: Written) -> None:
    written.change("udgifter", "100000,50", "100 000,50")
    written.change("forloeb", "01-04-2016", "01.04.16")
    found = written.checked()
    assert {spot.lost_dkk for broken in found.broken for spot in broken.spots} == {None}
    assert found.unreckoned == 2


# An expense of a day after the delivery's that says what it costs, one of no amount, one of nothing.
LATE, UNREADABLE, NOTHING = "01-05-2017;projektledelse;5000", "01-05-2016;projektledelse;abc", "01-05-2016;materiale;0"


@pytest.mark.parametrize(
    ("rows", "verdict", "rule"),
    [
        ((UNREADABLE, NOTHING), "; 1 af dem kan ikke gøres op.", "2 rækker; 1 af dem kan ikke gøres op"),
        ((UNREADABLE,), "; hvad den koster, kan ikke gøres op.", "1 række; hvad den koster, kan ikke gøres op"),
        ((UNREADABLE,) * 2, "; hvad de koster, kan ikke gøres op.", "2 rækker; hvad de koster, kan ikke gøres op"),
        ((NOTHING,) * 2, "2 af 6 rækker tæller ikke.", "2 rækker"),
        ((UNREADABLE, NOTHING, LATE), "; de koster op til 5.000 kr., og 1 af dem kan ikke gøres op.",
         "2 rækker; 1 af dem kan ikke gøres op"),
        ((LATE, LATE.replace("5000", "abc"), LATE.replace("5000", "0")),
         "; de koster op til 5.000 kr., og 1 af dem kan ikke gøres op.",
         "3 rækker, op til 5.000,00 kr., og 1 af dem kan ikke gøres op"),
    ],
)  # fmt: skip
def test_only_what_can_not_be_reckoned_is_told_so_and_everywhere_alike(
    written: Written, rows: tuple[str, ...], verdict: str, rule: str
) -> None:
    header = UDGIFTER.partition("\n")[0]
    written.files["udgifter"] = "\n".join([header, *(f"U{at};{row};nej;Løn" for at, row in enumerate(rows))])
    found = written.checked()
    assert verdict_sentence(found).endswith(verdict)
    assert f"({rule})" in as_text(found, 1000)
    files = {f"{table}.csv": text.encode() for table, text in written.files.items()}
    assert difference(files, written.folder, project_id="JF-147", as_of="2016-12-31") == ""


def test_a_row_whose_cells_are_of_no_column_is_not_nothing(written: Written) -> None:
    for table, text in list(written.files.items()):
        first_row = text.split("\n")[1]
        written.change(table, first_row, first_row + ";x")
    found = written.checked()
    lost = {broken.file: spot.lost_dkk for broken in found.broken if broken.rule.code == "R01" for spot in broken.spots}
    assert lost == dict.fromkeys(["borgere.csv", "forloeb.csv", "udgifter.csv"])
    assert "koster ikke noget" not in as_text(found, 100)


def test_a_delivery_is_compared_with_the_one_before(written: Written, tmp_path: Path) -> None:
    before = Written(tmp_path / "before")
    before.write()
    written.change("udgifter", "U2;01-05-2016;materiale;1234,56;;Skærm\n", "")
    written.change("udgifter", ";500;", ";600;")
    found = written.checked(before.folder)
    assert found.before is not None
    assert [(one.table, one.how, one.count, one.keys) for one in found.before.differences] == [
        ("udgifter", "changed", 1, ("U3",)),
        ("udgifter", "went", 1, ("U2",)),
    ]
    assert "mangler 0 af 2 borgere og 1 af 3 bilag" in places_of_hold(found, "P14")[0]


def messages(found: Checked) -> dict[str, str]:
    return {one.rule.code: spot.message.da for one in found.broken for spot in one.spots}


def test_a_known_code_is_told_as_it_was_written(written: Written) -> None:
    written.change(
        "borgere",
        ";147;aktivitetsparat;kontanthjaelp;01-01-2010;nej",
        ";0101;Aktivitetsparat;Ressource-forløbsydelse;;JA",
    )
    written.change(
        "forloeb", "virksomhedspraktik;99101008;10-03-2016;30-06-2016", "Ordinær–ansættelse;99101008;10-03-2018;"
    )
    written.change("udgifter", ";nej;Løn", ";Ja;Løn")
    told = messages(written.checked())
    assert '"Ja"' in told["E07"]
    assert '"JA"' in told["C12"]
    assert '"Aktivitetsparat"' in told["C12"]
    assert '"Ressource-forløbsydelse"' in told["C06"]


def test_a_code_that_is_nearly_right_names_the_one_that_is_like_it(written: Written) -> None:
    written.change("forloeb", "virksomhedspraktik", "virksomhedspraktlk")
    written.change("udgifter", "U2;01-05-2016;materiale", "U2;01-05-2016;reserve")
    told = messages(written.checked())
    assert '"virksomhedspraktlk" (ligner virksomhedspraktik)' in told["S05"]
    assert "ligner" not in told["E05"]


def test_a_dash_that_is_read_as_a_hyphen_is_not_said_to_be_none(written: Written) -> None:
    """Any dash is a hyphen in a code: what is wrong is that there is one."""
    written.change("forloeb", "virksomhedspraktik", "virksomheds\u2011praktik")
    assert '"virksomheds\u2011praktik" (ligner virksomhedspraktik)' in messages(written.checked())["S05"]


def test_a_number_split_at_its_comma_is_told_as_the_cause(written: Written) -> None:
    written.files["udgifter"] = (
        "bilagsnr,dato,kategori,beloeb,lovpligtig,tekst\nU1,01-04-2016,materiale,1.234,56,nej,Løn\n"
    )
    written.change("udgifter", "Løn\n", "Løn\nU2,01-04-2016,materiale,7,nej,Løn,Mad\n")
    (first, second) = [spot.message.da for broken in written.checked().broken for spot in broken.spots]
    assert "decimalkomma i D2" in first
    assert "decimalkomma" not in second


def test_a_cell_that_a_comma_split_into_lovpligtig_is_told(written: Written) -> None:
    written.files["udgifter"] = (
        "bilagsnr,dato,kategori,beloeb,lovpligtig,tekst\nU1,01-04-2016,materiale,1000,50,nej\n"
        "U2,01-04-2016,materiale,1000,1,x\nU3,01-04-2016,materiale,1000,FALSK,x\n"
    )
    ((first, second, third),) = [[spot.message.da for spot in broken.spots] for broken in written.checked().broken]
    assert "som et komma har delt" in first
    assert "skriv ja eller nej" in second
    assert "en sandhedsværdi: skriv ja eller nej" in third


def test_a_row_of_errors_alone_is_told_cell_by_cell(written: Written) -> None:
    written.change("udgifter", "U3;02-05-2016;materiale;500;nej", "U3;i går;andet;mange;måske")
    told = messages(written.checked())
    assert set(told) == {"E03", "E05", "E06", "E07"}
    assert not any("slet" in text for text in told.values())


def test_a_row_that_is_none_of_the_table_is_told_once(written: Written) -> None:
    cases = [
        ("Nummer;10 tegn;vælg;kroner og øre;ja/nej;tekst", "en forklaring", "E03, E05, E06, E07"),
        ("bilagsnr;dato;kategori;beløb;lovpligtig;tekst", "en overskrift", "E03, E05, E06, E07"),
        ("I alt;;;101734,06;;", "en sum", "E03, E05"),
        (";;;101734,06;;", "en sum", "E01, E03, E05"),
        ("Kilde: økonomisystemet;;;;;", "kun én udfyldt celle", "E03, E05, E06"),
    ]
    written.change("udgifter", "U2;", "".join(f"{row}\n" for row, _, _ in cases) + "U2;")
    found = written.checked()
    lines = as_text(found, 400).splitlines()
    for row_no, (_, told, codes) in enumerate(cases, start=3):
        spots = [spot for broken in found.broken for spot in broken.spots if spot.row_no == row_no]
        assert {told in spot.message.da for spot in spots} == {True}
        (line,) = [line for line in lines if f"udgifter.csv, række {row_no}: " in line]
        assert told in line
        assert line.endswith(f"({codes})")


def test_a_line_below_the_names_is_told_as_one(written: Written) -> None:
    """SQL Server's query tools draw one."""
    written.change("udgifter", "tekst\n", "tekst\n--------;----------;--------;------;----;-----\n")
    told = messages(written.checked())
    assert set(told) == {"E03", "E05", "E06", "E07"}
    assert {text.split(" (docs")[0] for text in told.values()} == {"Rækken er en streg under kolonnenavnene: slet den."}


def test_a_line_above_a_sum_is_not_told_to_be_below_the_names(written: Written) -> None:
    written.files["udgifter"] += "--------;----------;--------;------;----;-----\n"
    told = messages(written.checked())
    assert {text.split(" (docs")[0] for text in told.values()} == {"Rækken er en streg: slet den."}


def test_a_row_filled_in_no_column_of_a_rule_is_told_so(written: Written) -> None:
    written.change("udgifter", "tekst\n", "tekst;note\n")
    written.change("udgifter", "Løn\n", "Løn;\n;;;;;Udarbejdet i Økonomi;\n;;;;;;Kilde\n")
    written.change("udgifter", "Skærm\n", "Skærm;\n")
    written.change("udgifter", "Papir\n", "Papir;\n")
    spots = [(broken.rule.code, spot) for broken in written.checked().broken for spot in broken.spots]
    codes = ("E01", "E03", "E05", "E06")
    assert {(code, spot.row_no) for code, spot in spots} == {(code, row_no) for code in codes for row_no in (3, 4)}
    assert {spot.message.da.split(" (docs")[0] for _, spot in spots} == {
        "Rækken er kun udfyldt i kolonner, som ingen regel bruger: er det en note, så slet den; ellers udfyld dens "
        "celler."
    }


def test_a_note_under_no_column_name_makes_no_row(written: Written) -> None:
    rows = [line.split(";") for line in UDGIFTER.splitlines()]
    wide = "".join(";".join([row[0], "", *row[1:]]) + "\n" for row in rows)
    notes = ";Kilde: økonomisystemet;;;;;\n;note\n"
    beyond = ";;;;;;;note\n"
    control = "tabel;antal;sum_beloeb\nudgifter;4;101735,06\n"
    written.files |= {"udgifter": wide + notes + beyond, "kontroltal": control}
    found = written.checked()
    assert found.is_accepted
    assert [(broken.rule.code, [spot.row_no for spot in broken.spots]) for broken in found.broken] == [("R01", [7])]


@pytest.mark.parametrize(
    ("in_borgere", "in_forloeb", "like"),
    [
        ("B-17", "B-0017", "B-17"),
        ("B 0017", "b17", "B 0017"),
        ("0017", "17", "0017"),
        ("Ø-1", "oe01", "Ø-1"),
        ("1-23", "12-3", None),
        ("B-17", "B-18", None),
        ("6202501018", "620250 1018", None),
        ("B-6202501018", "B6202501018", None),
    ],
)
def test_a_lost_citizen_is_told_with_the_one_row_of_borgere_that_it_is_like(
    in_borgere: str, in_forloeb: str, like: str | None, tmp_path: Path
) -> None:
    written = Written(tmp_path)
    written.change("borgere", "B1;", f"{in_borgere};")
    written.change("forloeb", "F1;B1;", f"F1;{in_forloeb};")
    written.write()
    (broken,) = (broken for broken in written.checked().broken if broken.rule.code == "S03")
    (spot,) = broken.spots
    assert "6202501018" not in f"{spot.message.da}{spot.message.en}"
    assert (f'(ligner "{like}" i række 2 af borgere)' in spot.message.da) == (like is not None)
    assert (f'(is like "{like}" in row 2 of borgere)' in spot.message.en) == (like is not None)
    assert ("ligner" in spot.message.da) == (like is not None)


def test_a_lost_citizen_that_is_like_two_rows_is_told_with_none(tmp_path: Path) -> None:
    written = Written(tmp_path)
    written.change("borgere", "B1;", "B-1;")
    written.change("borgere", "B2;", "b01;")
    written.write()
    assert "ligner" not in messages(written.checked())["S03"]


def test_a_merged_cell_is_told_and_never_taken_for_a_blank_one(tmp_path: Path) -> None:
    folder = tmp_path / "JF-147" / "2016-12-31"
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    for name, text in {"borgere": BORGERE, "forloeb": FORLOEB, "udgifter": UDGIFTER}.items():
        sheet = book.create_sheet(name)
        for line in text.splitlines():
            sheet.append(line.split(";"))
    # A merge over rows that are blank otherwise makes no row.
    for sheet_name, merged in (("forloeb", "B2:B3"), ("forloeb", "F2:F9"), ("udgifter", "A2:A3"), ("borgere", "B2:B3")):
        book[sheet_name].merge_cells(merged)
    book.save(folder / "indberetning.xlsx")
    found = check(folder, project_id=None, as_of=None, register=None, now=NOW)
    told = messages(found)
    assert [table.received for table in found.tables] == [2, 2, 3]
    assert '"flettet med forloeb!B2"' in told["S03"]
    assert '"flettet med forloeb!F2"' in told["S08"]
    assert "flettet med udgifter!A2" in told["E01"]
    assert "flettet med en anden celle" in told["C03"]

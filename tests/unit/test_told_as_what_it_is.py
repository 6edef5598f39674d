"""Files that are not read are reported as what they are, and names as what they were meant to be.

The kinds are those of the intake, 'As real files are'; every one in Danish and in English.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

import duckdb
import polars as pl
import pytest

from tasks.intake import characters
from tasks.intake.contents import DeliveredFile, Delivery
from tasks.intake.delivery import read_delivery
from tasks.intake.faults import Fault
from tasks.warehouse.statements import execute

BORGERE = """borger_id;cpr;kommunekode;maalgruppe;ydelse;offentlig_forsoergelse_siden;gruppe;visitationsdato
B1;6202501018;147;aktivitetsparat;kontanthjaelp;01-01-2010;deltager;01-03-2016
"""
FORLOEB = """forloeb_id;borger_id;type;virksomhed_cvr;startdato;slutdato;ordinaere_timer_pr_uge
F1;B1;løntilskud;99101008;10-03-2016;30-06-2016;10
"""
UDGIFTER = """bilagsnr;dato;kategori;beløb;lovpligtig;tekst
U1;01-04-2016;projektledelse;100000,50;nej;Løn
U2;01-05-2016;materiale;1234,56;;Skærm
"""
HEADER, *ROWS = UDGIFTER.strip().split("\n")
KONTROLTAL = "tabel;antal;sum_beloeb\n"


def read(udgifter: bytes | str, name: str = "udgifter.csv") -> Delivery:
    """Read a delivery whose expenses are `udgifter`."""
    data = udgifter.encode() if isinstance(udgifter, str) else udgifter
    files = {"borgere.csv": BORGERE, "forloeb.csv": FORLOEB, "kontroltal.csv": KONTROLTAL}
    delivered = [DeliveredFile(file, text.encode()) for file, text in files.items()]
    return read_delivery([*delivered, DeliveredFile(name, data)], is_archive=False)


def one(delivery: Delivery, code: str) -> Fault:
    """Give the one fault that refuses the delivery; it names no other file, and no personal number."""
    (fault,) = [fault for fault in delivery.faults if fault.refuses]
    assert fault.code == code
    assert "620250" not in fault.da + fault.en
    return fault


def _zip(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("TYPES", "[Content_Types].xml"), text)
    return file.getvalue()


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("udgifter.csv"), io.BytesIO())
    return file.getvalue()


BINARY = b"\xe2\xe3\x00\x01" * 40
FORMS: list[tuple[str, bytes]] = [
    (".xlsx", _zip(TYPES="<Types/>", xl__workbook="")),
    (".ods", _zip(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
    (".docx", _zip(TYPES="<Types/>", word__document="")),
    (".xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + BINARY),
    ("zip", _zip(**{"udgifter.csv": UDGIFTER})),
    ("gzip", gzip.compress(UDGIFTER.encode(), mtime=0)),
    ("bzip2", bz2.compress(UDGIFTER.encode())),
    ("xz", lzma.compress(UDGIFTER.encode())),
    ("7-Zip", b"7z\xbc\xaf\x27\x1c" + BINARY),
    ("tar", _tar()),
    ("Parquet", b"PAR1" + BINARY),
    ("Arrow", b"ARROW1\0\0" + BINARY),
    ("SQLite", b"SQLite format 3\0" + BINARY),
    ("PDF", b"%PDF-1.7\n" + BINARY),
    ("PNG", b"\x89PNG\r\n\x1a\n" + BINARY),
    ("RTF", b"{\\rtf1 bilagsnr;dato}"),
    ("HTML", b"\xef\xbb\xbf\n<table><tr><td>bilagsnr</td></tr></table>"),
    ("XML", b'<?xml version="1.0"?>\n<udgifter/>'),
    ("JSON", json.dumps([{"bilagsnr": "U1"}]).encode()),
    ("JSON", json.dumps({"bilagsnr": "U1"}).encode("utf-16")),
    ("SQL", b"INSERT INTO udgifter VALUES (1);\n"),
    ("SYLK", b"ID;PWXL;N;E\r\nP;PGeneral\r\n"),
    ("SAS", bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11" + BINARY),
    ("SAS XPORT", b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  SAS     SAS"),
    ("SPSS", b"$FL2@(#) IBM SPSS STATISTICS" + BINARY),
    ("SPSS", b"ASCII SPSS PORT FILE" + b" " * 60),
    ("Access", b"\0\x01\0\0Standard ACE DB\0" + BINARY),
    ("Numbers", _zip(**{"Index__Document.iwa": "", "Metadata__Properties.plist": ""})),
    (
        ".fods",
        b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ),
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".zip"])
@pytest.mark.parametrize(("form", "data"), FORMS)
def test_another_form_under_a_name_is_told(form: str, data: bytes, suffix: str) -> None:
    if f".{form.lower()}" == suffix or form == suffix:
        return
    if suffix == ".xlsx":
        delivery = read_delivery([DeliveredFile("indberetning.xlsx", data)], is_archive=False)
    elif suffix == ".zip":
        delivery = read_delivery([DeliveredFile("2016-12-31.zip", data)], is_archive=True)
    else:
        delivery = read(data, f"udgifter{suffix}")
    fault = one(delivery, "F01")
    assert f"selv om navnet siger {suffix}" in fault.da
    assert f"though its name says {suffix}" in fault.en
    assert form in fault.da


@pytest.mark.parametrize(
    ("name", "data", "mend"),
    [
        ("udgifter.csv", b"PAR1" + BINARY, "kald den .parquet"),
        ("udgifter.parquet", UDGIFTER.encode(), "kald den .csv"),
        ("udgifter.parquet", b"", "filen er tom"),
    ],
)
def test_a_file_that_is_named_wrongly_alone_is_to_be_renamed(name: str, data: bytes, mend: str) -> None:
    told = one(read(data, name), "F01").da
    assert told.endswith(mend)
    assert "ikke nok" not in told


def test_a_container_that_can_not_be_unpacked_is_told_how_to_mend() -> None:
    def told(name: str, data: bytes) -> str:
        return one(read_delivery([DeliveredFile(name, data)], is_archive=name.endswith(".zip")), "F01").da

    packed = _zip(**{"borgere.csv": BORGERE})
    assert told("2016-12-31.zip", packed[:-9]).endswith("pak filerne igen som almindelig zip")
    damaged = packed.replace(b"kontanthjaelp", b"kontanthjaelX")
    assert told("2016-12-31.zip", damaged).endswith('("borgere.csv" kan ikke pakkes ud): pak filerne igen')
    assert told("2016-12-31.zip", b"") == "2016-12-31.zip: filen er tom"
    assert told("indberetning.xlsx", FORMS[0][1][:-9]).endswith("åbn den i regnearket, og gem den igen")


def test_a_parquet_column_of_no_cells_is_told_how_to_save() -> None:
    for cell, told in (([1], "lister eller felter"), (b"1", "rå bytes")):
        file = io.BytesIO()
        pl.DataFrame(
            {"bilagsnr": ["U1"], "dato": ["01-04-2016"], "kategori": ["materiale"], "beloeb": [cell]}
        ).write_parquet(file)
        fault = one(read(file.getvalue(), "udgifter.parquet"), "F01")
        assert f"kolonnen beloeb holder {told}" in fault.da
        assert fault.da.endswith("gem den som en af dem")


def test_a_table_in_two_places_names_both() -> None:
    file = io.BytesIO()
    pl.DataFrame({"bilagsnr": ["U1"]}).write_excel(file, worksheet="Udgifter")
    files = [DeliveredFile("udgifter.csv", UDGIFTER.encode()), DeliveredFile("indberetning.xlsx", file.getvalue())]
    told = [fault.da for fault in read_delivery(files, is_archive=False).faults if fault.code == "F02"]
    places = 'udgifter.csv og arket "Udgifter" i indberetning.xlsx'
    assert told == [
        "tabellerne borgere og forloeb mangler",
        f"udgifter findes flere gange, som {places}: behold ét af stederne",
    ]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("indberetning.xls", b"<html><table></table></html>", "(filen er HTML, en webside)"),
        ("indberetning.ods", FORMS[1][1], "(filen er .ods, OpenDocument)"),
        ("indberetning.xls", FORMS[3][1], "(filen er .xls, et gammelt Excel-format)"),
        ("indberetning.xls", FORMS[0][1], "ikke læst; en projektmappe"),
    ],
)
def test_a_workbook_of_another_form_is_to_be_saved_anew(name: str, data: bytes, told: str) -> None:
    faults = read_delivery([DeliveredFile(name, data)], is_archive=False).faults
    assert {fault.code: told in fault.da for fault in faults}["F07"]
    assert [fault.da for fault in faults if fault.refuses] == [
        f'tabellerne borgere, forloeb og udgifter mangler; filen "{name}" er måske projektmappen: gem den i regnearket '
        "som indberetning.xlsx"
    ]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["JF-187 indberetning.xlsx"], '"JF-187 indberetning.xlsx" er måske projektmappen: kald den indberetning.xlsx'),
        (["Inberetning.xls"], '"Inberetning.xls" er måske projektmappen: gem den i regnearket som indberetning.xlsx'),
        (["JobFirst 2016.xlsx"], '"JobFirst 2016.xlsx" er måske projektmappen: kald den indberetning.xlsx'),
        (["a.txt", "b/2016.xlsx"], '"b/2016.xlsx" er måske projektmappen: læg den øverst i indberetningen som'),
        (["x/indberetning.xlsx"], '"x/indberetning.xlsx" er måske projektmappen: læg den øverst i indberetningen som'),
        (["afrejst borgere.xlsx"], '"afrejst borgere.xlsx" er måske projektmappen: kald den indberetning.xlsx'),
        (["noter.xlsx", "levering.xlsx"], "tabellerne borgere, forloeb og udgifter mangler"),
    ],
)
def test_a_workbook_of_another_name_is_named_where_the_tables_are_missing(names: list[str], told: str) -> None:
    faults = read_delivery([DeliveredFile(name, FORMS[0][1]) for name in names], is_archive=False).faults
    assert told in [fault.da for fault in faults if fault.refuses][-1]


def test_control_totals_beside_a_workbook_of_another_name_are_none_of_its_tables() -> None:
    files = [DeliveredFile("kontroltal.csv", b"tabel;antal;sum_beloeb\n"), DeliveredFile("JobFirst 2016.xlsx", b"")]
    (told,) = [fault.da for fault in read_delivery(files, is_archive=False).faults if fault.refuses]
    assert told.endswith('; filen "JobFirst 2016.xlsx" er måske projektmappen: kald den indberetning.xlsx')


def test_a_workbook_beside_a_table_is_not_taken_for_the_others() -> None:
    files = [DeliveredFile("udgifter.csv", UDGIFTER.encode()), DeliveredFile("noter.xlsx", b"")]
    (told,) = [fault.da for fault in read_delivery(files, is_archive=False).faults if fault.refuses]
    assert told == "tabellerne borgere og forloeb mangler"


def test_text_that_begins_as_another_form_does_is_a_table() -> None:
    for name in ("ORC", "RDX", "PAR1", "BZh"):
        delivery = read(UDGIFTER.replace("bilagsnr;", f"{name};bilagsnr;").replace("\nU", "\nx;U"))
        assert [fault.code for fault in delivery.faults] == ["F07"]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-32", "UTF-32"), ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"), ("utf-16-le", "UTF-16 uden BOM"),
     ("utf-16-be", "UTF-16 uden BOM"), ("cp500", "EBCDIC")],
)  # fmt: skip
def test_an_encoding_that_is_not_read_is_told(encoding: str, told: str) -> None:
    assert told in one(read(UDGIFTER.encode(encoding)), "F01").da


def test_bytes_that_no_encoding_explains_are_told_with_a_guess() -> None:
    assert "den ligner CP850 (DOS)" in one(read(UDGIFTER.replace("Løn", "Ågård, Øster").encode("cp850")), "F01").da
    assert "it looks like Mac Roman" in one(read(UDGIFTER.replace("Løn", "Ågård").encode("mac_roman")), "F01").en


@pytest.mark.parametrize(
    "written",
    [
        UDGIFTER.replace("tekst\n", "tekst\x1a\n"),
        UDGIFTER.replace("\n", "\x1a\n"),
        UDGIFTER.replace("\nU2", "\n\x1a\nU2"),
        UDGIFTER + "\x1a\x1a",
        UDGIFTER.replace("Skærm", "Skæ\u2028rm\x85\x0b"),
    ],
)
def test_what_is_no_cell_s_own_does_not_change_the_columns(written: str) -> None:
    delivery = read(written)
    assert delivery.faults == []
    assert set(delivery.tables["udgifter"].columns) == {"bilagsnr", "dato", "kategori", "beloeb", "lovpligtig", "tekst"}


@pytest.mark.parametrize(
    ("end", "da", "en"),
    [
        ("\x85", "næste linje U+0085", "next line U+0085"),
        ("\u2028", "linjeseparator U+2028", "line separator U+2028"),
        ("\u2029", "afsnitsseparator U+2029", "paragraph separator U+2029"),
        ("\x0b", "lodret tabulator U+000B", "vertical tab U+000B"),
        ("\x0c", "sideskift U+000C", "form feed U+000C"),
        ("\x1e", "U+001E", "U+001E"),
    ],
)
def test_rows_that_no_line_end_parts_are_told(end: str, da: str, en: str) -> None:
    for written, line in ((UDGIFTER.replace("\n", end), 1), (f"{HEADER}\n{ROWS[0]}{end}{ROWS[1]}\n", 2)):
        fault = one(read(written), "F01")
        assert f"linje {line} holder flere rækker" in fault.da
        assert da in fault.da
        assert en in fault.en


def test_a_line_is_counted_below_quoted_cells_of_several_lines() -> None:
    written = f'{HEADER}\n{ROWS[0]}\n1;"to\nlinjer\nog en til"\n{ROWS[0]}\x85{ROWS[1]}\n'
    assert "linje 6 holder flere rækker" in one(read(written), "F01").da


def _around(text: str, left: str, right: str | None = None) -> str:
    return "\n".join(";".join(f"{left}{cell}{right or left}" for cell in line.split(";")) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ("\n".join(f'"{line}"' for line in (HEADER, *ROWS)), "F03", "hver linje står i ét par anførselstegn"),
        ("\n".join([HEADER, *(f'"{row}"' for row in ROWS)]), "F01", "hver linje står i ét par anførselstegn"),
        ("\n".join(f'"{line.replace(";", ",")}"' for line in (HEADER, *ROWS)), "F03", "i ét par anførselstegn"),
        (_around("\n".join([HEADER, *ROWS]), "'"), "F03", "værdierne står i apostroffer (', U+0027)"),
        (_around("\n".join([HEADER, *ROWS]), "´"), "F03", "værdierne står i apostroffer (´, U+00B4)"),
        ("\n".join([_around(HEADER, "[", "]"), *ROWS]), "F03", "kolonnenavnene har andre tegn om sig ([, U+005B)"),
        *(
            ("\n".join([before + HEADER.replace(";", f"{after};{before}") + after, *ROWS]), "F03", f"om sig ({told})")
            for before, after, told in (
                ("", " *", "*, U+002A"), ("", ":", ":, U+003A"), ("", ".", "., U+002E"), ("", "?", "?, U+003F"),
                ("#", "", "#, U+0023"),
            )
        ),
        ("\n".join(ROWS), "F03", "række 1 ligner data, så kolonnenavnene mangler"),
        ("\n".join(["Column1;Column2;Column3", *ROWS]), "F03", "række 1 har ingen af tabellens kolonnenavne"),
        ("\n".join(map(";".join, zip(*(x.split(";") for x in (HEADER, *ROWS)), strict=True))), "F03", "under hinanden"),
        (BORGERE, "F03", "kolonnenavnene er dem, som tabellen borgere har"),
        ("\n".join([HEADER.replace(";", ","), *ROWS]), "F01", "adskilt af komma (,), men rækkerne af semikolon (;)"),
        ("\n".join([HEADER, *(row.replace(";", "|") for row in ROWS)]), "F01", "men rækkerne af lodret streg (|"),
        (f"{HEADER}\nU1\t01-03-2016\tmateriale\t100\t\t", "F01", "(;), men rækkerne af tabulator"),
        (f'{HEADER}\n"U1"\t01-03-2016\tmateriale\t100\t\t', "F01", "(;), men rækkerne af tabulator"),
        (f"{HEADER}\n\t01-03-2016\tmateriale\t100\t\tx", "F01", "(;), men rækkerne af tabulator"),
        (UDGIFTER.replace(";", " | "), "F03", "adskilt af lodret streg (|, U+007C)"),
        (UDGIFTER.replace(";", "\uff1b"), "F03", "adskilt af semikolon i fuld bredde (\uff1b, U+FF1B)"),
        (UDGIFTER.replace(";", "\x1f"), "F03", "adskilt af et usynligt tegn, U+001F"),
        (UDGIFTER.replace(";", "\\"), "F03", "adskilt af omvendt skråstreg (\\, U+005C)"),
    ],
)  # fmt: skip
def test_a_header_that_is_not_found_is_told_in_one_sentence(written: str, code: str, told: str) -> None:
    delivery = read(written)
    assert told in one(delivery, code).da
    # What stands where names should is not shown: it may be about a person.
    assert all("U1" not in fault.da + fault.en for fault in delivery.faults)


def _records(delivery: Delivery) -> list[list[str]]:
    assert [fault for fault in delivery.faults if fault.refuses] == []
    found = delivery.tables["udgifter"].delimited
    assert found is not None
    return [record.split(found.field_separator) for record in found.content.split(found.record_separator) if record]


@pytest.mark.parametrize("delimiter", ["; ", ", ", ";  "])
@pytest.mark.parametrize("header_is_quoted", [False, True])
def test_quotes_behind_a_space_are_quotes(delimiter: str, *, header_is_quoted: bool) -> None:
    header, *rows = (line.split(";") for line in (HEADER, *ROWS))
    rows[0][-1] = f'Løn{delimiter}"april"'
    lines = [[cell.replace('"', '""').join('""') for cell in row] for row in rows]
    lines.insert(0, [name.join('""') for name in header] if header_is_quoted else header)
    assert _records(read("".join(delimiter.join(line) + "\n" for line in lines))) == [header, *rows]


def test_a_quote_behind_a_space_in_a_text_is_a_character() -> None:
    row = 'U3;02-05-2016;materiale;500;; "Papir" til kontoret'
    assert _records(read(f"{UDGIFTER}{row}\n"))[-1][-1] == '"Papir" til kontoret'


def test_a_quote_behind_a_space_that_is_not_closed_is_told() -> None:
    rows = ["; ".join(cell.join('""') for cell in row.split(";")) for row in ROWS]
    written = "\n".join([HEADER, rows[1], rows[0].removesuffix('"'), rows[1]])
    assert "et anførselstegn går ikke op (linje 4)" in one(read(written), "F01").da


@pytest.mark.parametrize("behind", ["", ";", "; "])
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "   "])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_space_behind_a_closing_quote_is_told(behind: str, space: str, end: str) -> None:
    row = f'U3;02-05-2016;materiale;500;;"Papir"{space}{behind}'
    told = one(read(UDGIFTER.replace("\n", end) + row + end), "F01").da
    assert told.startswith("udgifter.csv: linje 4 har et mellemrum efter et afsluttende anførselstegn: slet")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ('U3;02-05-2016;materiale;500;;"se\na;b;c;d;e\nher"', None),
        ('U3;02-05-2016;materiale;500;;"se\na;b;c;d;e;f;g\nher"', None),
        ('U3;02-05-2016;materiale;500;;"a;b;c;d;e;f"', None),
        ('U3;02-05-2016;materiale;500;;"se\na;b;c;d;e;f\nher"', ("linje 4 lukkes først i linje 6", "rækken i linje 5")),
        ('U3;02-05-2016;materiale;500;;"a;b;c;d;e;f\nher"', ("linje 4 lukkes først i linje 5", "rækken i linje 4")),
        ('U3;02-05-2016;"mate\nriale";500;;"se\na;b;c;d;e;f\nher"',
         ("linje 5 lukkes først i linje 7", "rækken i linje 6")),
    ],
)  # fmt: skip
def test_a_quote_swallows_a_row_of_as_many_cells_as_the_header(row: str, told: tuple[str, str] | None) -> None:
    delivery = read(f"{UDGIFTER}{row}\n")
    if told is None:
        assert len(_records(delivery)) == 4
    else:
        assert all(part in one(delivery, "F01").da for part in told)


@pytest.mark.parametrize(
    "rows",
    [
        ["U1;01-04-2016;materiale;100;nej;a,b,c,d,e,f", "U2,01-05-2016,materiale,100,nej,Papir"],
        ["U1,01-04-2016,materiale,100,nej,Papir", "i alt"],
        ["U1;01-04-2016;materiale;100;nej;”Papir”", "U2;”01-05-2016”;materiale;100;nej;Papir"],
        ["U1;01-04-2016;materiale;100;nej;a, b, c, d, e, f;"],
        ["\t\tU1;01-04-2016;materiale;100;nej;\t\t\t;;", "U2;01-05-2016;materiale;100;nej;Papir\t\t\t\t\t; ;"],
        ['U1;01-04-2016;materiale;100;nej;"a|b|c|d|e|f";'],
    ],
    ids=[
        "one row of another delimiter",
        "not every row of another delimiter",
        "some values in typographic quotes",
        "commas before a blank cell",
        "tabulators in blank cells",
        "lines in quotes before a blank cell",
    ],
)
def test_rows_keep_to_the_delimiter_of_their_header(rows: list[str]) -> None:
    assert len(_records(read("\n".join([HEADER, *rows])))) == 1 + len(rows)


def test_a_nul_is_told_with_its_line() -> None:
    assert "NUL-tegn (U+0000, første gang i linje 3)" in one(read(UDGIFTER.replace("Skærm", "Sk\0ærm")), "F01").da


def test_blank_cells_at_the_end_of_the_header_are_no_columns() -> None:
    delivery = read(UDGIFTER.replace("tekst\n", "tekst;; ;\n"))
    found = delivery.tables["udgifter"].delimited
    assert (delivery.faults, found and len(found.header)) == ([], 6)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    "title",
    ["Udgifter", "Udgifter, JobFirst Vallensbæk", "Udtræk; 31-12-2016", "a;b,c", "Dato, 31-12-2016", "Tekst; i alt"],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_title_with_any_delimiter_is_told_as_a_title(title: str, delimiter: str, quote: str) -> None:
    rows = UDGIFTER.replace(",", "").replace("materiale", f"{quote}materiale{quote}").replace(";", delimiter)
    assert "række 1 ligner en titel; navnene står i række 3" in one(read(f"{title}\n\n{rows}"), "F03").da


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("bel\u00f8b\u200e", "et usynligt tegn, venstre-mod-højre-mærke U+200E: skriv det om"),
        ("bel\x0bøb", "et usynligt tegn, lodret tabulator U+000B"),
        ("b\u0435løb", "et kyrillisk bogstav, U+0435"),
        ("b\u03b5løb", ""),
        ("\u0392eløb", "et græsk bogstav, U+0392"),
        ("\uff42eløb", "et tegn i fuld bredde, U+FF42"),
        ("'beløb'", "andre tegn om sig: skriv det alene"),
        ("bel\u203ab", "tegnsættet CP850 (DOS)"),
        ("bel\u00bfb", "tegnsættet Mac Roman"),
        ("bel\u00c3\u00b8b", "tegnsættet UTF-8"),
        ("bel+APg-b", "tegnsættet UTF-7"),
        ("bel%C3%B8b", "koder fra en webside"),
        ("bel?b", "har mistet et æ, ø eller å"),
        ("bel\ufffdb", "har mistet et æ, ø eller å"),
        ("belöb", "et andet sprogs bogstaver"),
        ("belob", "de to navne ligner hinanden"),
        ("beløb i kr.", "de to navne ligner hinanden"),
    ],
)
def test_a_column_s_name_is_told_as_what_it_was_meant_as(written: str, why: str) -> None:
    fault = one(read(UDGIFTER.replace("beløb", written)), "F03")
    assert fault.da.startswith("udgifter.csv: kolonnen beloeb mangler; i udgifter!D1 står ")
    assert why in fault.da
    assert fault.en.startswith("udgifter.csv: column beloeb is missing; udgifter!D1 has ")


def test_a_blank_cell_of_the_header_is_told_with_the_column_that_is_missing() -> None:
    assert "udgifter!C1 er tom, måske fordi celler er flettet" in one(read(UDGIFTER.replace("kategori", "")), "F03").da
    assert "er tom" not in one(read(UDGIFTER.replace(";kategori", "").replace(";materiale", "")), "F03").da


def test_an_optional_column_that_is_not_read_says_which_it_was_meant_as() -> None:
    (fault,) = read(UDGIFTER.replace("lovpligtig", "l\u043evpligtig")).faults
    assert fault.code == "F07"
    assert "den ligner lovpligtig, og navnet har et kyrillisk bogstav, U+043E" in fault.da


def test_a_name_that_nothing_resembles_is_shown_as_written() -> None:
    (fault,) = read(UDGIFTER.replace("lovpligtig", "Ikke Vores Kolonne")).faults
    assert (fault.code, fault.da) == ("F07", "udgifter.csv: kolonnen Ikke Vores Kolonne er ukendt")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("udgift\u0435r.csv", "har et kyrillisk bogstav, U+0435: kald den udgifter.csv"),
        ("udgifter\u200e.csv", "har et usynligt tegn, venstre-mod-højre-mærke U+200E"),
        ("udgifter.csv.txt", "er måske tabellen: kald den udgifter.csv"),
        ("udgifter.tsv", "er måske tabellen: kald den udgifter.csv"),
        ("udgifter (1).csv", "er måske tabellen: kald den udgifter.csv"),
        ("udgifter.json", "er måske tabellen: gem tabellen som CSV UTF-8 under navnet udgifter.csv"),
        ("udgifter.XML", "er måske tabellen: gem tabellen som CSV UTF-8 under navnet udgifter.csv"),
        ("data/udgifter.pdf", "er måske tabellen: gem tabellen som CSV UTF-8 under navnet udgifter.csv"),
        ("udgifter.docx", "er måske tabellen: gem tabellen som CSV UTF-8 under navnet udgifter.csv"),
        ("Kopi af udgifter.csv", "er måske tabellen: kald den udgifter.csv"),
        ("udgifter.csv.gz", "pak den ud"),
        ("data/udgifter.csv", "læg den øverst i indberetningen som udgifter.csv"),
        ("data/udgifter.parquet", "læg den øverst i indberetningen som udgifter.parquet"),
        ("udgifter.xlsx", "som ark i én projektmappe, indberetning.xlsx"),
        ("indberetning 2016.xlsx", "kald den indberetning.xlsx"),
        ("levering.zip", "pak det ud"),
    ],
)
def test_a_table_that_is_missing_names_the_file_that_may_be_it(name: str, told: str) -> None:
    fault = one(read(UDGIFTER, name), "F02")
    assert fault.da.startswith("tabellen udgifter mangler; ")
    assert f'"{name}"' in fault.da
    assert told in fault.da


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kontroltal.parquet", "gem tabellen som CSV UTF-8 under navnet kontroltal.csv"),
        ("kontroltal (1).csv", "kald den kontroltal.csv"),
        ("data/kontroltal.csv", "læg den øverst i indberetningen som kontroltal.csv"),
    ],
)
def test_control_totals_under_another_name_are_named(name: str, told: str) -> None:
    """A municipality that sends them believes that its files are held against them."""
    files = {"borgere.csv": BORGERE, "forloeb.csv": FORLOEB, "udgifter.csv": UDGIFTER}
    delivered = [DeliveredFile(file, text.encode()) for file, text in files.items()]
    without, named = (
        [fault.da for fault in read_delivery(found, is_archive=False).faults if fault.code == "F09"]
        for found in (delivered, [*delivered, DeliveredFile(name, KONTROLTAL.encode())])
    )
    assert without == ["kontroltal mangler, så en afkortet eller beskadiget fil ikke kan opdages"]
    assert named == [f'{without[0]}; filen "{name}" er måske tabellen: {told}']


@pytest.mark.parametrize(
    ("size_bytes", "da", "en"),
    [
        (
            3_000_000,
            "fylder 3000000 bytes udpakket, hvilket er for meget: højst 100 gange filens {} bytes",
            "unpacks to 3000000 bytes, which is too much: at most 100 times the file's {} bytes",
        ),
        (
            200_000_001,
            "fylder 200000001 bytes udpakket, hvilket er for meget: højst 200000000 bytes",
            "unpacks to 200000001 bytes, which is too much: at most 200000000 bytes",
        ),
    ],
)
def test_an_archive_that_unpacks_to_too_much_is_told_its_limit(size_bytes: int, da: str, en: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.txt", "w") as entry:
        for start in range(0, size_bytes, 1_000_000):
            entry.write(b"0" * min(1_000_000, size_bytes - start))
    data = file.getvalue()
    fault = one(read_delivery([DeliveredFile("2016-12-31.zip", data)], is_archive=True), "F06")
    assert fault.da.endswith(da.format(len(data)))
    assert fault.en.endswith(en.format(len(data)))


def test_a_character_is_told_alike_in_a_name_and_in_a_cell() -> None:
    kinds = [*characters.INVISIBLE, "\x01", "\u2011", "\u0435", "\u0392", "\uff42", "\u0665", "\u201d", "\u203a", "`"]
    with duckdb.connect() as connection:
        for name in ("code_point", "said", "invisible_name", "foreign_character"):
            execute(connection, f"macros/{name}")
        for kind in kinds:
            if kind in "\t\n\r\u2011`":
                continue
            cell = connection.execute(
                "SELECT foreign_character($text, true), foreign_character($text, false)", {"text": f"a{kind}b"}
            ).fetchone()
            assert cell == characters.described(kind)

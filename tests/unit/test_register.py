"""The register: what is read of it, and the one sentence at its first error."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tasks.base.errors import InputError
from tasks.register.municipalities import known_code, municipalities
from tasks.register.read import Register, read_register, register_files
from tasks.rules.model import load_rules

HEADER = (
    "projekt_id;projektnavn;sagsnummer;tilsagnshaver;kommuner;projektstart;maaltal;tilsagn_fast;kontaktperson;email"
)
ROW = "JF-187;JobFirst;16/145;187;0187 183;01-02-2016;100;850.000,00 kr.;Kontakt;kontakt@example.dk"
GROUPS = "kommunekode;maalgruppe;antal\n187;Ressourceforløb;120\n183;aktivitetsparat;1.234\n"


def read(warehouse: duckdb.DuckDBPyConnection, *rows: str, header: str = HEADER, groups: str = GROUPS) -> Register:
    text = "\n".join([header, *(rows or (ROW,))]) + "\n"
    contents = {"projekter.csv": text.encode(), "maalgrupper.csv": groups.encode()}
    return read_register(warehouse, contents, load_rules())


def test_a_register_is_read(warehouse: duckdb.DuckDBPyConnection) -> None:
    register = read(warehouse)
    (project,) = register.projects
    assert project.municipalities == ("183", "187")
    assert project.lead_municipality == "187"
    assert project.commitment_dkk == Decimal(850000)
    assert project.target_participants == 100
    assert [(one.municipality, one.target_group, one.population) for one in register.populations] == [
        ("183", "aktivitetsparat", 1234),
        ("187", "ressourceforloeb", 120),
    ]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_register_is_kept_without_numbers_and_with_its_columns(tmp_path: Path, separator: str) -> None:
    number = "610170\u00a00004"
    row = ROW.replace("16/145", "010170").replace(";187;", ";0187;").replace("Kontakt;", f"Kontakt {number};")
    texts = {"projekter.csv": f"{HEADER}\n{row}\n".replace(",00", ""), "maalgrupper.csv": GROUPS}
    for name, text in texts.items():
        (tmp_path / name).write_text(text.replace(";", separator), encoding="utf-8")
    kept = register_files(tmp_path)["projekter.csv"].decode()
    assert kept == texts["projekter.csv"].replace(number, "******-****").replace(";", separator)


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_row_s_end_is_no_line_break_within_a_cell(tmp_path: Path, separator: str) -> None:
    rows = [
        HEADER + ";note",
        ROW + ";610170",
        "0004;" + ROW + ';"Fru ""K"" 610170\n0004"',
        '0004;Ring 24" 610170',
        "0004",
    ]
    texts = {"projekter.csv": "\n".join(rows).replace(",00", ""), "maalgrupper.csv": GROUPS}
    for name, text in texts.items():
        (tmp_path / name).write_text(text.replace(";", separator), encoding="utf-8")
    kept = register_files(tmp_path)["projekter.csv"].decode()
    assert kept == texts["projekter.csv"].replace('610170\n0004"', '******-****"').replace(";", separator)


def test_an_unknown_column_is_ignored(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert read(warehouse, ROW + ";x", header=HEADER + ";Bemærkning").projects == read(warehouse).projects


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("JF-187", "", 'row 2, column projekt_id: "" is blank'),
        ("JF-187", "JF 187", 'column projekt_id: "JF 187" has other characters'),
        (";187;", ";999;", 'column tilsagnshaver: "999" is no known municipality'),
        (";187;", ";101;", 'column tilsagnshaver: "101" is not among the municipalities'),
        ("0187 183", "0187 9999", 'column kommuner: "9999" is no known municipality'),
        ("0187 183", "0187 187", 'column kommuner: "187" is named twice'),
        ("01-02-2016", "31-12-2015", 'column projektstart: "31-12-2015" is outside the programme'),
        ("01-02-2016", "01-01-2018", 'column projektstart: "01-01-2018" is outside the programme'),
        ("01-02-2016", "snart", 'column projektstart: "snart" is no date'),
        (";100;", ";0;", 'column maaltal: "0" is no whole number from 1 to 999999'),
        (";100;", ";99,5;", 'column maaltal: "99,5" is no whole number from 1 to 999999'),
        (";100;", ";45678901;", 'column maaltal: "45678901" is no whole number from 1 to 999999'),
        ("850.000,00 kr.", "850.000,01", 'column tilsagn_fast: "850.000,01" is not an amount from 0 to 850000'),
        ("850.000,00 kr.", "-1", 'column tilsagn_fast: "-1" is not an amount'),
        (";Kontakt;", ";;", "column kontaktperson"),
        (";Kontakt;", ";", "9 fields where the header has 10"),
        ("JobFirst;16/145", "6101700004;", r"column sagsnummer"),
    ],
)
def test_the_first_error_is_told(warehouse: duckdb.DuckDBPyConnection, old: str, new: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        read(warehouse, ROW.replace(old, new, 1))
    assert told in str(error.value)
    assert str(error.value).startswith("projekter.csv, row 2")


def test_a_cpr_number_in_the_register_is_not_told(warehouse: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError) as error:
        read(warehouse, ROW.replace("01-02-2016", "610170-0004"))
    assert "610170" not in str(error.value)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((ROW, ROW), 'row 3, column projekt_id: "JF-187" stands in an earlier row'),
        ((ROW, ROW.replace("JF-187", "JF-2")), 'row 3, column kommuner: "183" is already in project JF-187'),
    ],
)
def test_what_may_be_there_once(warehouse: duckdb.DuckDBPyConnection, rows: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError) as error:
        read(warehouse, *rows)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ("kommunekode;maalgruppe\n", "maalgrupper.csv, row 1: column antal is missing"),
        ("kommunekode;maalgruppe;antal\n999;aktivitetsparat;1\n", 'column kommunekode: "999" is no known'),
        ("kommunekode;maalgruppe;antal\n187;andre;1\n", 'column maalgruppe: "andre" is no target group'),
        ("kommunekode;maalgruppe;antal\n187;aktivitetsparat;-1\n", 'column antal: "-1" is not a whole number'),
        ("kommunekode;maalgruppe;antal\n" + "187;aktivitetsparat;1\n" * 2, "stands in an earlier row too"),
        ("", "maalgrupper.csv: the file is empty"),
    ],
)
def test_populations_are_judged(warehouse: duckdb.DuckDBPyConnection, groups: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        read(warehouse, groups=groups)
    assert told in str(error.value)


def test_the_municipalities_are_there() -> None:
    assert len(municipalities()) == 98
    assert municipalities()["187"].full_name == "Vallensbæk Kommune"
    assert all(len(one.cvr) == 8 for one in municipalities().values())


@pytest.mark.parametrize(
    ("text", "code"), [("187", "187"), ("0187", "187"), ("1187", None), ("87", None), ("999", None)]
)
def test_codes_have_three_digits_or_a_leading_zero(text: str, code: str | None) -> None:
    assert known_code(text) == code

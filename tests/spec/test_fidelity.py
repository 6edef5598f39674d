"""The table of activities: its rules (G01-G07), and that nothing else of a settlement's check changes by it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.check.check import check
from tasks.check.findings import Checked

NOW = Moment(datetime(2017, 1, 10, 12, tzinfo=UTC))
HEADER = "borger_id;element;opfyldt;dato;kilde"
BORGERE = (
    "borger_id;cpr;kommunekode;maalgruppe;ydelse;offentlig_forsoergelse_siden;integrationsprogram;gruppe;visitationsdato",
    "A;860585-0732;187;ressourceforloeb;ressourceforloebsydelse;;;deltager;01-03-2016",
    "K;710652-2906;187;ressourceforloeb;ressourceforloebsydelse;;;kontrol;01-03-2016",
    "X;710652-2906;187;ukendt;ressourceforloebsydelse;;;kontrol;01-03-2016",
)
FORLOEB = (
    "forloeb_id;borger_id;type;virksomhed_cvr;startdato;slutdato;ordinaere_timer_pr_uge",
    "1;A;snusepraktik;10150817;14-03-2016;22-04-2016;",
    "2;A;virksomhedspraktik;10150817;25-04-2016;26-08-2016;",
)


def delivery(folder: Path, *rows: str) -> Path:
    """Write a delivery with these rows of grundelementer; none: without the table."""
    path = folder / "JF-1" / "2016-12-31"
    path.mkdir(parents=True)
    (path / "borgere.csv").write_text("\n".join(BORGERE) + "\n")
    (path / "forloeb.csv").write_text("\n".join(FORLOEB) + "\n")
    (path / "udgifter.csv").write_text("bilagsnr;dato;kategori;beloeb\n")
    if rows:
        (path / "grundelementer.csv").write_text("\n".join((HEADER, *rows)) + "\n")
    return path


CASES = (
    ("A;jobmaal;ja;01-03-2016;", ""),
    ("A;Min Plan;Ja;31-12-2016;Konsulent", ""),
    ("A;2;nej;01-05-2016;selv", ""),
    (";2;ja;01-05-2016;", "G01"),
    ("findes ikke;2;ja;01-05-2016;", "G01"),
    ("X;2;ja;01-05-2016;", "G01"),
    ("A;;ja;01-05-2016;", "G02"),
    ("A;10;ja;01-05-2016;", "G02"),
    ("A;2;;01-05-2016;", "G03"),
    ("A;2;måske;01-05-2016;", "G03"),
    ("A;2;ja;;", "G04"),
    ("A;2;ja;maj;", "G04"),
    ("A;2;ja;29-02-2016;", "G04"),
    ("A;2;ja;01-01-2017;", "G04"),
    ("A;2;ja;01-05-2016;revisor", "G05"),
    ("K;2;ja;01-05-2016;", "G06"),
    ("K;2;nej;01-05-2016;", ""),
    ("A;match;ja;01-05-2016;", "G07"),
    ("A;ordinaere_timer;ja;01-05-2016;", "G07"),
    ("K;5;ja;01-05-2016;", "G06 G07"),
    ("A;2;ja;01-05-2016;;x", "R01"),
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    path = delivery(tmp_path_factory.mktemp("judged"), *(row for row, _ in CASES))
    return check(path, project_id=None, as_of=None, register=None, now=NOW)


def _codes(judged: Checked, row_no: int) -> str:
    mine = [one for one in judged.broken if one.table == "grundelementer"]
    told = [one.rule.code for one in mine if any(spot.row_no == row_no for spot in one.spots)]
    return " ".join(sorted(told))


@pytest.mark.parametrize(("row_no", "codes"), [(at, codes) for at, (_, codes) in enumerate(CASES, start=2)])
def test_a_row_breaks_the_rules_that_it_should(row_no: int, codes: str, judged: Checked) -> None:
    assert judged.is_accepted
    assert _codes(judged, row_no) == codes


def test_a_row_for_an_element_of_the_spells_tells_whether_it_disagrees(judged: Checked) -> None:
    (rule,) = [one for one in judged.broken if one.rule.code == "G07"]
    assert [spot.message.en.split('Spells and row: "')[1].split('"')[0] for spot in rule.spots] == [
        "agree",
        "disagree",
        "disagree",
    ]


def test_the_table_changes_no_money_and_no_hold_and_its_absence_is_no_violation(tmp_path: Path) -> None:
    without = check(delivery(tmp_path / "a"), project_id=None, as_of=None, register=None, now=NOW)
    rows = ["A;måske;ja;13/31/2016;"] * 50
    found = check(delivery(tmp_path / "b", *rows), project_id=None, as_of=None, register=None, now=NOW)
    assert (found.money, found.holds) == (without.money, without.holds)
    assert [one for one in found.broken if one.table != "grundelementer"] == list(without.broken)
    assert found.as_of_date == date(2016, 12, 31)

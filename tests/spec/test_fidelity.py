"""Fidelity: the table of activities, its rules (G01-G07), and what is measured. Nothing else changes by it."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import Run
from tasks.check.check import check
from tasks.check.findings import Checked
from tasks.fidelity.measure import measure, sample
from tasks.intake.key import PseudonymKey
from tasks.intake.receive import receive
from tasks.register.inputs import Inputs
from tasks.register.read import Project, Register
from tasks.rules.model import load_rules
from tasks.warehouse.connection import in_memory

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
    "3;A;virksomhedspraktik;10150817;01-07-2016;26-08-2016;6",
    "4;K;snusepraktik;10150817;01-04-2016;01-08-2016;",
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
    ("A;ordinaere_timer;nej;01-05-2016;", "G07"),
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


def measured(tmp_path: Path, *rows: str) -> tuple[dict[str, list[dict[str, str]]], str]:
    """Measure one delivery and a project without any; give the CSV files by name, and the page."""
    inbox = tmp_path / "inbox"
    delivery(inbox, *rows)
    rules = load_rules()
    register = Register((_project("JF-1"), _project("JF-2")), (), {})
    run = Run(2016, tmp_path, inbox, tmp_path / "home", NOW)
    with in_memory() as connection:
        receive(
            connection,
            inbox,
            project_ids=register.project_ids,
            words=rules.vocabulary.words,
            now=NOW,
            key=PseudonymKey.of(b"k" * 32),
            progress=Silence().step("deliveries"),
        )
        folder = measure(connection, run, Inputs(rules, register), None).folder
        drawn = sample(connection, run, Inputs(rules, register), "JF-1", 5, b"k" * 32)
    assert drawn == ["A"]
    files = {
        path.name: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in folder.glob("*.csv")
    }
    return files, (folder / "fidelity.html").read_text(encoding="utf-8")


def _project(project_id: str) -> Project:
    return Project(
        project_id=project_id,
        project_name="",
        case_number="",
        lead_municipality="187",
        municipalities=("187",),
        start_date=date(2016, 1, 1),
        target_participants=100,
        commitment_dkk=Decimal(850000),
        contact="",
        email="",
    )


def test_the_worked_example(tmp_path: Path) -> None:
    files, page = measured(
        tmp_path,
        "A;1;ja;15-03-2016;",
        "A;2;ja;15-03-2016;",
        "A;4;ja;15-06-2016;",
        "A;6;ja;01-09-2016;selv",
        "A;6;nej;01-10-2016;konsulent",
    )
    by_element = {row["element"]: row for row in files["courses.csv"]}
    assert {element: row["value"] for element, row in by_element.items()} == {
        "rollefordeling": "ja",
        "jobmaal": "ja",
        "snuseperiode": "ja",
        "justering": "ja",
        "match": "ja",
        "fastholdelse": "nej",
        "ordinaere_timer": "ja",
        "min_plan": "uoplyst",
        "kickstart": "ja",
    }
    assert {row["due_date"] for row in files["courses.csv"]} == {"2016-03-28", "2016-05-30", "2016-08-29", "2016-11-28"}
    fulfilled = [by_element[element]["fulfilled_date"] for element in ("match", "ordinaere_timer", "kickstart")]
    assert fulfilled == ["2016-04-25", "2016-07-01", "2016-06-14"]
    assert [row["judged_by"] for row in (by_element["fastholdelse"], by_element["min_plan"])] == ["konsulent", ""]
    own, missing = files["projects.csv"]
    assert (own["courses_due"], own["jobfirst_lowest"], own["jobfirst_highest"]) == ("1", "0.0000", "0.0000")
    assert (own["sum"], own["band"], own["agreement"], own["kappa"], own["pairs"]) == ("", "", "0.0000", "", "1")
    assert {name: cell for name, cell in missing.items() if cell} == {"project_id": "JF-2"}
    contrasts = {row["element"]: (row["control_share"], row["contrast"]) for row in files["elements.csv"]}
    assert contrasts["match"] == ("0.0000", "1.0000")
    assert contrasts["jobmaal"] == ("", "")
    # One citizen is fewer than five: the page tells no count.
    assert "1 af 1" not in page
    assert "100 %" not in page


@pytest.mark.parametrize(
    ("numerator", "denominator", "share"),
    [(1, 3, "0.3333"), (2, 3, "0.6667"), (1, 32, "0.0313"), (-1, 32, "-0.0313"), (0, 5, "0.0000"), (0, 0, None)],
)
def test_a_share_has_four_decimals_half_up(numerator: int, denominator: int, share: str | None) -> None:
    with in_memory() as connection:
        found = connection.execute("SELECT rounded_share($1, $2)::VARCHAR", [numerator, denominator]).fetchone()
    assert found == (share,)

"""The made-up portfolio: clean where it says so, spoilt where it says so, and the same each time.

What its rows are worth is judged by the plain reference engine, not by anything that the sample itself says.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.errors import InputError
from tasks.rules.model import load_rules
from tasks.sample.errors import PLANTERS
from tasks.sample.portfolio import SampleSummary, grants_within_appropriation, write_sample
from tasks.sample.styles import FORMS
from tests.reference.intake import Delivery, in_force, read_inbox
from tests.reference.output import settle_directories
from tests.reference.register import Register, read_register
from tests.reference.rules import Judged, judge
from tests.reference.settlement import PROJECT_REMARKS, Settlement
from tests.reference.values import from_text, passes_modulus_11, read_cpr, read_cvr
from tests.support.files import read_rows

TODAY = dt.date(2018, 2, 15)
BOTH_DAYS = (dt.date(2016, 12, 31), dt.date(2017, 12, 31))


def _contents(directory: Path) -> dict[str, bytes]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}


def _read(directory: Path) -> tuple[Register, list[Delivery]]:
    register = read_register(directory / "register")
    return register, read_inbox(directory / "inbox", register, TODAY)


def _judge(directory: Path) -> Judged:
    register, deliveries = _read(directory)
    return judge(register, in_force(deliveries))


def _codes(judged: Judged) -> Counter[str]:
    return Counter(code for rows in judged.rows.values() for row in rows for code in row.codes)


def _settle(directory: Path, year: int) -> Settlement:
    return settle_directories(directory / "register", directory / "inbox", year, TODAY)


def _money(settlement: Settlement) -> dict[str, object]:
    return {result.project.project_id: result.money[settlement.year] for result in settlement.projects}


def _column(directory: Path, name: str) -> list[str]:
    _, deliveries = _read(directory)
    return [
        row[name].text
        for delivery in in_force(deliveries).values()
        for table in delivery.tables.values()
        for row in table.rows
        if name in table.columns and not row.is_ragged
    ]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen clean projects, one in each of the mixed forms."""
    directory = tmp_path_factory.mktemp("clean")
    write_sample(directory, projects=14, citizens=24, seed=7)
    return directory


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleSummary]:
    """Fourteen projects in which one row in twelve is wrong."""
    directory = tmp_path_factory.mktemp("spoilt")
    return directory, write_sample(directory, projects=14, citizens=60, seed=3, errors=0.08)


@pytest.mark.parametrize("form", FORMS)
def test_same_seed_same_bytes(tmp_path: Path, form: str) -> None:
    for name in ("once", "again"):
        write_sample(tmp_path / name, projects=14, citizens=6, seed=5, errors=0.1, corrections=0.1, form=form)
    assert _contents(tmp_path / "once") == _contents(tmp_path / "again")
    write_sample(tmp_path / "other", projects=14, citizens=6, seed=6, errors=0.1, corrections=0.1, form=form)
    assert _contents(tmp_path / "once") != _contents(tmp_path / "other")


def test_clean_portfolio_breaks_no_row_rule_and_no_delivery_is_refused(clean: Path) -> None:
    _, deliveries = _read(clean)
    assert len(deliveries) == 28
    assert {code for delivery in deliveries for code in delivery.codes} == {"F07", "F09"}, "only remarks"
    assert _codes(_judge(clean)) == Counter()


def test_every_form_tells_the_same_of_a_clean_portfolio(tmp_path: Path) -> None:
    for form in FORMS:
        write_sample(tmp_path / form, projects=4, citizens=12, seed=9, form=form)
    mixed, *others = (_money(_settle(tmp_path / form, 2017)) for form in FORMS)
    assert all(other == mixed for other in others)


@pytest.mark.parametrize("citizens", [200, 221])
def test_no_hold_from_arms_of_a_hundred_on(tmp_path: Path, citizens: int) -> None:
    write_sample(tmp_path, projects=2, citizens=citizens, seed=2, form="csv")
    for year in (2016, 2017):
        settlement = _settle(tmp_path, year)
        assert not settlement.exceeds_appropriation
        assert {code for result in settlement.projects for code in result.codes} == set()


@pytest.mark.parametrize("projects", [1, 14, 40, 98])
def test_grants_keep_within_the_appropriation(tmp_path: Path, projects: int) -> None:
    write_sample(tmp_path, projects=projects, citizens=1, seed=2, form="csv")
    rules = load_rules()
    target_most, fixed_most = grants_within_appropriation(projects, 100_000, rules)
    cap = rules.programme("activity_grant_per_citizen_max_dkk") * rules.programme("activity_cap_share")
    promised = projects * (fixed_most + target_most * cap)
    assert Decimal("0.9") * rules.programme("appropriation_dkk") < promised <= rules.programme("appropriation_dkk")
    register = read_register(tmp_path / "register")
    assert all(project.commitment_dkk <= fixed_most for project in register.projects.values())


def test_smaller_arms_are_held(clean: Path) -> None:
    codes = {code for result in _settle(clean, 2017).projects for code in result.codes - PROJECT_REMARKS}
    assert "P02" in codes


def test_first_year_settles_the_same_from_either_delivery(tmp_path: Path) -> None:
    for name, days in (("first", BOTH_DAYS[:1]), ("both", BOTH_DAYS)):
        write_sample(tmp_path / name, projects=3, citizens=60, seed=4, form="csv", as_of_dates=days)
    assert _money(_settle(tmp_path / "first", 2016)) == _money(_settle(tmp_path / "both", 2016))


def test_corrections_change_the_first_year_and_reject_nothing(tmp_path: Path) -> None:
    for name, days in (("first", BOTH_DAYS[:1]), ("both", BOTH_DAYS)):
        write_sample(tmp_path / name, projects=3, citizens=60, seed=4, form="csv", as_of_dates=days, corrections=0)
    write_sample(tmp_path / "corrected", projects=3, citizens=60, seed=4, form="csv", corrections=0.2)
    assert _codes(_judge(tmp_path / "corrected")) == Counter()
    register, deliveries = _read(tmp_path / "corrected")
    first = judge(register, in_force([each for each in deliveries if each.as_of == BOTH_DAYS[0]]))
    assert _codes(first) == Counter()

    def spells(project_id: str, day: dt.date) -> set[tuple[str, ...]]:
        table = next(
            each.tables["forloeb"] for each in deliveries if each.project_id == project_id and each.as_of == day
        )
        names = ("borger_id", "type", "virksomhed_cvr", "startdato")
        return {tuple(row[name].text for name in names) for row in table.rows}

    for project_id in register.projects:
        before, after = (spells(project_id, day) for day in BOTH_DAYS)
        assert before - after, "some spells were withdrawn"
        assert any(row[3] <= "2016-12-31" for row in after - before), "some were registered late"


def test_numbers_are_nobodys_distinct_and_well_formed(clean: Path) -> None:
    numbers = [read_cpr(from_text(text)) for text in _column(clean, "cpr")]
    assert len(set(numbers)) == len(numbers) == 14 * 24
    for number in numbers:
        assert number is not None
        assert 61 <= int(number[:2]) <= 91
        assert passes_modulus_11(number)
    companies = _column(clean, "virksomhed_cvr")
    assert all(read_cvr(from_text(text)) for text in companies)


def test_even_spoilt_numbers_are_nobodys(spoilt: tuple[Path, SampleSummary]) -> None:
    directory, _ = spoilt
    digits = [text.replace("-", "").replace(" ", "") for text in _column(directory, "cpr") if text]
    assert digits
    assert all(61 <= int(number[:2]) <= 91 for number in digits)


def test_every_row_code_is_planted_and_found_where_it_was_planted(spoilt: tuple[Path, SampleSummary]) -> None:
    directory, summary = spoilt
    every = {code for of_table in PLANTERS.values() for code in of_table}
    assert {planted.code for planted in summary.planted} == every
    judged = _judge(directory)
    found = {(row.project_id, row.table, row.row.number): row.codes for rows in judged.rows.values() for row in rows}
    missed = [each for each in summary.planted if each.code not in found[each.project_id, each.table, each.row]]
    # A person registered twice: the later enrolment is rejected, be it the planted one or not.
    assert [each for each in missed if each.code != "C13"] == []
    codes = _codes(judged)
    planted = Counter(each.code for each in summary.planted)
    assert codes["C13"] == planted["C13"]
    assert codes["S04"] > 0, "the spells of a rejected citizen"


def test_share_of_errors_is_kept(spoilt: tuple[Path, SampleSummary]) -> None:
    _, summary = spoilt
    for table, rows in (("borgere", summary.citizens), ("forloeb", summary.spells), ("udgifter", summary.expenses)):
        planted = sum(each.table == table for each in summary.planted)
        assert planted == pytest.approx(0.08 * rows, abs=1)


def test_errors_refuse_no_delivery(spoilt: tuple[Path, SampleSummary]) -> None:
    _, deliveries = _read(spoilt[0])
    assert all(delivery.is_accepted for delivery in deliveries)


def test_all_rows_can_be_spoilt(tmp_path: Path) -> None:
    summary = write_sample(tmp_path, projects=2, citizens=30, seed=1, errors=1.0, form="csv")
    rows = summary.citizens + summary.spells + summary.expenses
    assert rows * 0.6 < len(summary.planted) <= rows


def test_size_is_what_was_asked_for(tmp_path: Path) -> None:
    summary = write_sample(tmp_path, projects=14, citizens=220, seed=1, form="csv")
    assert (summary.projects, summary.joint_projects, summary.deliveries, summary.citizens) == (14, 2, 28, 3080)
    assert 900 < summary.spells / 14 < 1200
    assert 10 <= summary.expenses / 14 <= 35
    register = read_register(tmp_path / "register")
    joint = register.projects["JF-187"]
    assert joint.lead_municipality == "187"
    assert set(joint.municipalities) == {"183", "187"}


def test_all_municipalities_have_a_project_each_when_all_are_asked_for(tmp_path: Path) -> None:
    summary = write_sample(tmp_path, projects=98, citizens=2, seed=1, form="csv")
    register = read_register(tmp_path / "register")
    assert summary.joint_projects == 0
    assert len(register.projects) == 98
    assert all(len(project.municipalities) == 1 for project in register.projects.values())


def test_one_joint_project_vanishes_for_the_last_but_one(tmp_path: Path) -> None:
    assert write_sample(tmp_path, projects=97, citizens=1, seed=1, form="csv").joint_projects == 1


def test_contacts_are_numbered(clean: Path) -> None:
    projects = read_rows(clean / "register" / "projekter.csv", ";")
    assert all(row["kontaktperson"].startswith("Kontaktperson ") for row in projects)
    assert all(row["email"].endswith("@example.dk") for row in projects)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"projects": 99}, "1 to 98"),
        ({"projects": 0}, "1 to 98"),
        ({"citizens": 0}, "1 or more"),
        ({"errors": 1.1}, "0 to 1"),
        ({"corrections": -0.1}, "0 to 1"),
        ({"form": "pdf"}, "csv, parquet, mixed"),
        ({"citizens": 10_000_000}, "ask for fewer"),
    ],
)
def test_what_cannot_be_made_is_told(tmp_path: Path, asked: dict[str, object], said: str) -> None:
    arguments: dict[str, object] = {"projects": 1, "citizens": 1, "seed": 1, **asked}
    with pytest.raises(InputError, match=said):
        write_sample(tmp_path, **arguments)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(InputError, match="there already"):
        write_sample(tmp_path, projects=1, citizens=1, seed=1)

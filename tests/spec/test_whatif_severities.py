"""Every severity that may be changed gives, changed, what a settlement by a catalogue so changed gives.

One portfolio breaks every rule of the catalogue: rows by rows, projects by the way that they deliver, and a draw that a
municipality does not follow. B01 alone is kept there: what breaks it holds every project, and hides what the others do.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.moment import Moment
from tasks.draw.desk import Desk
from tasks.intake.key import key_of, operator_secret
from tasks.register.read import read_register, register_files
from tasks.replay.state import state_of
from tasks.rules.model import load_rules
from tasks.validation import stages
from tasks.validation.catalogue import Rule, load_catalogue
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.reading import read_warehouse
from tasks.whatif.asked import overlay_of
from tasks.whatif.compare import ALL, CAUSES, WhatIf, what_if
from tasks.whatif.engine import BASE, compute, start_stages, take_stage
from tasks.whatif.overlay import Laid
from tests.support.catalogues import changed_catalogue
from tests.support.correcting import without_papers
from tests.support.effort import times
from tests.support.files import read_rows
from tests.support.portfolio import Delivery, Portfolio, Project, cpr
from tests.support.releasing import Office
from tests.support.settling import call_tasks_plainly

pytestmark = pytest.mark.long

YEAR, NOW = 2017, "2018-02-20T12:00"
DRAWN_ON = "2016-03-01T10:00"
LISTED = "borger_id cpr kommunekode maalgruppe ydelse offentlig_forsoergelse_siden integrationsprogram"
PROJECTS = {"project", "draw_record", "portfolio"}
CHANGEABLE = [
    rule for suite in load_catalogue().values() if suite.name not in {"delivery", "rows"} for rule in suite.rules
]


def allowed(rule: Rule) -> list[str]:
    """Give what else may be done about what breaks a rule; what changes most comes first."""
    actions = ("remark", "hold") if rule.suite in PROJECTS else ("reject", "remark", "hold")
    return [action for action in actions if action != rule.action]


TRIED = [(rule.code, action) for rule in CHANGEABLE for action in allowed(rule)[: times(1, 2)]]
SUPPORTED = {"maalgruppe": "aktivitetsparat", "ydelse": "kontanthjaelp", "offentlig_forsoergelse_siden": "2010-01-15"}
CITIZENS: Mapping[str, Mapping[str, str]] = {
    "C01": {"borger_id": ""},
    "C03": {"cpr": "3202701234"},
    "C04": {"kommunekode": "999"},
    "C05": {"maalgruppe": "andet"},
    "C06": {"ydelse": "dagpenge"},
    "C07": {"gruppe": "andet"},
    "C08": {"visitationsdato": "2018-06-01"},
    "C09": {"visitationsdato": "2017-06-01"},
    "C10": {"cpr": cpr(1, 1990)},
    "C11": SUPPORTED | {"offentlig_forsoergelse_siden": "2016-01-15"},
    "C12": SUPPORTED | {"integrationsprogram": "ja"},
    "C14": {"cpr": "6101700002"},
    "C15": {"borger_id": "010170-0000"},
}
SPELLS: Mapping[str, Mapping[str, str]] = {
    "S01": {"forloeb_id": ""},
    "S05": {"type": "andet"},
    "S06": {"virksomhed_cvr": "12345678"},
    "S07": {"startdato": "2018-06-01"},
    "S08": {"slutdato": "2016-02-15"},
    "S09": {"startdato": "2016-01-04"},
    "S10": {"slutdato": "2018-01-10"},
    "S11": {"type": "snusepraktik"},
    "S12": {"ordinaere_timer_pr_uge": "500"},
    "S13": {"type": "ordinaer_ansaettelse", "slutdato": "2018-01-10"},
}
EXPENSES: Mapping[str, Mapping[str, str]] = {
    "E01": {"bilagsnr": ""},
    "E03": {"dato": "2018-06-01"},
    "E04": {"dato": "2015-12-01"},
    "E05": {"kategori": "andet"},
    "E06": {"beloeb": "0"},
    "E07": {"lovpligtig": "ja"},
}
ELEMENTS = (
    ("nobody", "1", "ja", "2016-05-01", "selv"),
    ("C14", "3", "ja", "2016-05-01", "selv"),
    ("C14", "1", "måske", "2016-05-01", "selv"),
    ("C14", "1", "ja", "2015-05-01", "selv"),
    ("C14", "10", "ja", "2016-05-01", "selv"),
    ("C14", "1", "ja", "2016-05-01", "andet"),
    ("C14", "2", "ja", "2016-05-01", "selv"),
    ("C14", "2", "nej", "2016-05-01", "selv"),
    ("control", "1", "ja", "2016-05-01", "selv"),
)


def rows_that_break(project: Project, person: str) -> Delivery:
    """Give a delivery in which a row breaks each rule on rows that can be broken by a row of its own.

    person: who is in the trial twice.
    """
    delivery = project.delivery("2017-12-31")
    delivery.completed(20, "2016-03-01", "2016-09-30", "plain ")
    for code, changes in CITIZENS.items():
        delivery.citizen(code)
        delivery.borgere[-1].update(changes)
        delivery.spell(delivery.borgere[-1]["borger_id"], "2016-07-01", "2016-12-30")
    delivery.spell(delivery.citizen("C13", cpr=person, visitationsdato="2016-05-01"), "2016-07-01", "2016-12-30")
    for _ in range(2):
        delivery.citizen("C02")
    delivery.spell("C02", "2016-07-01", "2016-12-30")
    delivery.spell("S03", "2016-07-01", "2016-12-30")
    for code, changes in SPELLS.items():
        delivery.spell(delivery.citizen(code), "2016-07-01", "2016-12-30")
        delivery.forloeb[-1].update(changes)
    delivery.spell(delivery.citizen("S02"), "2016-07-01", "2016-12-30", forloeb_id="twice")
    delivery.spell("S02", "2016-07-01", "2016-12-30", forloeb_id="twice")
    for code, changes in EXPENSES.items():
        delivery.wages("2016-06-30", "1000", bilagsnr=code)
        delivery.udgifter[-1].update(changes)
    for _ in range(2):
        delivery.wages("2016-06-30", "1000", bilagsnr="E02")
    delivery.citizen("control", gruppe="kontrol")
    return delivery


def write_all(office: Office) -> None:
    """Write the register and all deliveries."""
    portfolio = office.portfolio
    broken = portfolio.project("JF-101", municipalities=("101",))
    cut = portfolio.project("JF-147", municipalities=("147",))
    skewed = portfolio.project("JF-151", municipalities=("151",))
    refused = portfolio.project("JF-153", municipalities=("153",))
    unknown = portfolio.project("JF-155", municipalities=("155",))
    foreign = portfolio.project("JF-157", municipalities=("157",))
    corrected = portfolio.project("JF-159", municipalities=("159",))
    drawn = portfolio.project("JF-161", municipalities=("161",))
    tampered = portfolio.project("JF-163", municipalities=("163",))
    portfolio.write_register()
    populations = portfolio.register / "maalgrupper.csv"
    lines = populations.read_text(encoding="utf-8").splitlines()
    populations.write_text("\n".join(line for line in lines if not line.startswith("155;")), encoding="utf-8")

    early = cut.delivery("2017-06-30")
    early.completed(12, "2016-03-01", "2016-09-30")
    early.write(office.inbox)
    folder = rows_that_break(broken, early.borgere[0]["cpr"]).write(office.inbox)
    with (folder / "udgifter.csv").open("a", encoding="utf-8") as file:
        file.write("R01;2016-06-30;projektledelse;1000;;;mere\n")
    with (folder / "grundelementer.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("borger_id", "element", "opfyldt", "dato", "kilde"), *ELEMENTS])
    other_group = skewed.delivery("2017-12-31")
    other_group.completed(12, "2016-03-01", "2016-09-30")
    for row in other_group.borgere:
        row.update(SUPPORTED)
    other_group.write(office.inbox)
    for project in (refused, unknown):
        delivery = project.delivery("2017-12-31")
        delivery.completed(12, "2016-03-01", "2016-09-30")
        delivery.write(office.inbox)
    later = office.inbox / "JF-153" / "2018-01-31"
    later.mkdir()
    (later / "borgere.csv").write_text("navn;alder\nIda;40\n", encoding="utf-8")
    american = foreign.delivery("2017-12-31")
    american.completed(12, "2016-03-01", "2016-09-30")
    american.forloeb[0]["startdato"] = "03/31/2016"
    american.write(office.inbox)
    before = corrected.delivery("2016-12-31")
    before.completed(12, "2016-03-01", "2016-09-30")
    before.write(office.inbox)
    draw_and_deliver(office, drawn)
    draw_and_deliver(office, tampered)
    record = office.home / "draw" / "JF-163.jsonl"
    record.write_bytes(record.read_bytes().replace(b'"arm":"kontrol"', b'"arm":"deltager"', 1))


def draw_and_deliver(office: Office, project: Project) -> None:
    """Draw 24 citizens, and deliver them otherwise than they were drawn."""
    rules = load_rules()
    delivery = project.delivery("2017-12-31")
    for number in range(24):
        delivery.citizen(f"B{number}")
    path = office.portfolio.folder / f"{project.project_id}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, LISTED.split(), restval="", extrasaction="ignore", delimiter=";")
        rows.writeheader()
        rows.writerows(delivery.borgere)
    office.home.mkdir(exist_ok=True)
    with open_warehouse(office.home) as connection:
        register = read_register(connection, register_files(office.portfolio.register), rules)
        (found,) = [one for one in register.projects if one.project_id == project.project_id]
        desk = Desk(
            connection,
            office.home,
            found,
            rules,
            operator_secret(office.home),
            key_of(connection, office.home),
            Moment.parse(DRAWN_ON),
            "Anna",
        )
        desk.open("none")
        desk = replace(desk)
        receipt = desk.batch(path, is_last=True, is_small=False)
    arms = {row["borger_id"]: row["gruppe"] for row in read_rows(receipt.file)}
    for row in delivery.borgere:
        row |= {"gruppe": arms[row["borger_id"]], "visitationsdato": "2016-03-01"}
        delivery.spell(row["borger_id"], "2016-07-01", "2016-12-30")
    other = {"deltager": "kontrol", "kontrol": "deltager"}
    participants = [row for row in delivery.borgere if row["gruppe"] == "deltager"]
    controls = [row for row in delivery.borgere if row["gruppe"] == "kontrol"]
    controls[0]["gruppe"] = other[controls[0]["gruppe"]]
    participants[0]["visitationsdato"] = "2016-03-08"
    participants[1] |= SUPPORTED
    delivery.spell(delivery.citizen("C17", visitationsdato="2016-03-01"), "2016-07-01", "2016-12-30")
    for gone in (participants[2], controls[1]):
        delivery.borgere.remove(gone)
        delivery.forloeb = [row for row in delivery.forloeb if row["borger_id"] != gone["borger_id"]]
    delivery.write(office.inbox)


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Release 2016; then a project delivers less than before; then settle 2017 by the catalogue as it is."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        without_papers(monkeypatch)
        office = Office(Portfolio(tmp_path_factory.mktemp("broken")), monkeypatch)
        write_all(office)
        office.settle(2016, "2018-02-16T12:00")
        office.release(2016, now="2018-02-17T12:00", projects=["JF-159"], accepted=None)
        corrected = next(one for one in office.portfolio.projects if one.project_id == "JF-159")
        less = corrected.delivery("2017-12-31")
        less.completed(8, "2016-03-01", "2016-09-30")
        less.write(office.inbox)
        office.settle(YEAR, NOW)
        yield office


def ask(home: Path, code: str, action: str) -> WhatIf:
    now = Moment.parse(NOW)
    with read_warehouse(home, wait_seconds=0) as connection:
        state = state_of(connection, home, now, now)
        return what_if(connection, state, overlay_of(state.rules, [("severity", f"{code}={action}")]), YEAR)


def settle_so(office: Office, home: Path, changes: Mapping[str, str]) -> dict[str, tuple[str, Decimal]]:
    """Settle in a copy of the home by a catalogue so changed; give each project's status and entitlement."""
    catalogue = changed_catalogue(changes)
    shutil.copytree(office.home, home)
    shutil.rmtree(home / "standing")
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        without_papers(monkeypatch)
        monkeypatch.setattr(stages, "load_catalogue", lambda: catalogue)
        beside = replace(office, monkeypatch=monkeypatch)
        monkeypatch.setattr(Office, "home", property(lambda _: home))
        beside.settle(YEAR, NOW)
    return standing(home)


def standing(home: Path) -> dict[str, tuple[str, Decimal]]:
    return {
        row["project_id"]: (row["status"], Decimal(row["activity_cumulative"]) + Decimal(row["fixed_cumulative"]))
        for row in read_rows(home / "out" / str(YEAR) / "settlement.csv")
    }


def found_codes(office: Office) -> set[str]:
    return {row["code"] for row in read_rows(office.out(YEAR) / "violations.csv")}


def test_the_portfolio_breaks_every_rule_that_can_be_changed(delivered: Office) -> None:
    assert {rule.code for rule in CHANGEABLE} - found_codes(delivered) == {"B01"}


def test_unchanged_it_is_the_settlement(delivered: Office) -> None:
    answer = ask(delivered.home, "S11", "reject")
    assert {one.project_id: (one.earlier_status, one.base) for one in answer.of(ALL)} == standing(delivered.home)


def test_every_row_that_is_rejected_only_remarked(delivered: Office, tmp_path: Path) -> None:
    """All at once: whatever a rule on rows would set aside counts."""
    changes = {rule.code: "remark" for rule in CHANGEABLE if rule.action == "reject"}
    now = Moment.parse(NOW)
    with read_warehouse(delivered.home, wait_seconds=0) as connection:
        state = state_of(connection, delivered.home, now, now)
        start_stages(connection, now)
        compute(connection, state, Laid(state.rules, changes), YEAR)
        take_stage(connection, BASE)
        rows = connection.execute("SELECT project_id, status, entitlement_dkk FROM run.stage_projects").fetchall()
    after = settle_so(delivered, tmp_path / "home", changes)
    assert {project_id: (status, entitlement) for project_id, status, entitlement in rows} == after
    assert after != standing(delivered.home)


@pytest.mark.parametrize(("code", "action"), TRIED)
def test_a_severity_equals_a_settlement_by_a_catalogue_so_changed(
    delivered: Office, tmp_path: Path, code: str, action: str
) -> None:
    answer = ask(delivered.home, code, action)
    after = settle_so(delivered, tmp_path / "home", {code: action})
    assert {one.project_id: (one.status, one.whatif) for one in answer.of(ALL)} == after
    for one in answer.differences:
        assert sum((getattr(one, cause) for cause in CAUSES), Decimal(0)) == one.difference
        assert one.by_rows == one.difference - one.by_ceiling

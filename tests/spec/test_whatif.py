"""A what-if gives what a settlement by rules so changed would give, says why to the øre, and touches nothing."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb
import pytest
import yaml

from flows.commands.cli import command
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.moment import Moment
from tasks.base.paths import PROJECT
from tasks.base.worded import shown, text_of
from tasks.draft.fingerprint import Parts
from tasks.forecast.forecast import forecast
from tasks.register import inputs
from tasks.replay.state import state_of
from tasks.rules.model import RULES_FILE, load_rules
from tasks.rules.units import UNITS
from tasks.validation import stages
from tasks.warehouse.lock import LOCK_NAME, hold_lock
from tasks.warehouse.reading import read_warehouse
from tasks.whatif.asked import overlay_of
from tasks.whatif.compare import ALL, CAUSES, Difference, RuleCount, WhatIf, what_if
from tasks.whatif.engine import compute, start_stages, take_stage
from tasks.whatif.overlay import Laid, lasting, lay, overlay_text
from tasks.whatif.report import csv_text, page
from tasks.whatif.text import COLUMNS, adopting, as_object, count, portfolio, tell
from tests.spec.test_parameters_bite import deliver
from tests.support.catalogues import changed_catalogue
from tests.support.correcting import without_papers
from tests.support.effort import seeded, times
from tests.support.files import hashes, read_rows
from tests.support.portfolio import Portfolio
from tests.support.releasing import JF, OTHER, Office, worked_example
from tests.support.settling import call_tasks_plainly, settled
from tests.support.writer import another_writes

NOW = "2018-02-20T12:00"
YEAR = 2017
SILENT = "JF-101"
RATE, LATER = "completion_rate_dkk=11000", "start_rate_dkk=7000@2017-01-01"
CAP, LATE = "activity_cap_share=0.95", "S10=remark"


def answer_of(
    home: Path, texts: Sequence[str], *, year: int = YEAR, is_each: bool = False, project: str | None = None
) -> WhatIf:
    """Ask as the command does: `S10=remark` is a severity, all else a parameter."""
    now = Moment.parse(NOW)
    with read_warehouse(home, wait_seconds=0) as connection:
        state = state_of(connection, home, now, now)
        overlay = overlay_of(state.rules, [(kind(text), text) for text in texts])
        return what_if(connection, state, overlay, year, is_each=is_each, project=project)


Ask = Callable[..., WhatIf]
"""A question about the decided home; one that was asked before has its answer."""


@pytest.fixture(scope="module")
def ask(decided: Office) -> Ask:
    @cache
    def asked(*texts: str, is_each: bool = False) -> WhatIf:
        return answer_of(decided.home, texts, is_each=is_each)

    return asked


def kind(text: str) -> str:
    return "severity" if re.match(r"[A-Z]\d\d=", text) else "set"


def test_severities_equal_a_settlement_by_rules_and_a_catalogue_so_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that count, rows that hold, projects let go: all at once, with an appropriation that is too small (B01)."""
    call_tasks_plainly(monkeypatch)
    changes = {"C10": "remark", "C09": "remark", "S05": "hold", "P02": "remark", "P03": "hold", "B01": "remark"}
    portfolio = Portfolio(tmp_path)
    deliver(portfolio)
    settled(portfolio, YEAR)
    now = Moment.parse(NOW)
    texts = [("set", "appropriation_dkk=1000"), *(("severity", "=".join(one)) for one in changes.items())]
    with read_warehouse(tmp_path / "home", wait_seconds=0) as connection:
        state = state_of(connection, tmp_path / "home", now, now)
        overlay = overlay_of(state.rules, texts)
        start_stages(connection, now)
        compute(connection, state, lay(state.rules, overlay.changes), YEAR)
        take_stage(connection, "all")
        rows = connection.execute("SELECT project_id, status, entitlement_dkk FROM run.stage_projects").fetchall()
    rules = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    rules["parameters"]["appropriation_dkk"]["values"] = {date(2016, 1, 1): "1000"}
    file = tmp_path / RULES_FILE.name
    file.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(inputs, "RULES_FILE", file)
    catalogue = changed_catalogue(changes)
    monkeypatch.setattr(stages, "load_catalogue", lambda: catalogue)
    after = settled(portfolio, YEAR, home=tmp_path / "after")["settlement"]
    assert {project: (status, entitlement) for project, status, entitlement in rows} == {
        project: (row["status"], Decimal(row["activity_cumulative"]) + Decimal(row["fixed_cumulative"]))
        for project, row in after.items()
    }


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Three projects: one at its cap; one below it, on hold, with 5 late rows; one that delivers nothing.

    The first year is released.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_tasks_plainly(monkeypatch)
        without_papers(monkeypatch)
        office = Office(Portfolio(tmp_path_factory.mktemp("decided")), monkeypatch)
        worked_example(office.portfolio.project(JF)).write(office.inbox)
        delivery = office.portfolio.project(OTHER, municipalities=("253",)).delivery("2018-01-15")
        delivery.completed(20, "2016-03-01", "2016-09-30")
        delivery.started(10, "2016-03-01")
        for number in range(5):
            delivery.spell(delivery.citizen(f"late {number}"), "2017-09-01", "2018-01-10")
        delivery.wages("2016-05-31", "100000")
        delivery.wages("2016-06-30", "50000", kategori="materiale")
        delivery.write(office.inbox)
        office.portfolio.project(SILENT, municipalities=("101",))
        office.settle(2016, "2018-02-16T12:00")
        office.release(2016, now="2018-02-17T12:00")
        office.settle(YEAR, "2018-02-18T12:00")
        yield office


@pytest.fixture
def home(decided: Office) -> Path:
    """Give a home that a year was released in, which no test changes except by a what-if."""
    return decided.home


def sums(rows: Sequence[Difference], cause: str) -> Decimal:
    return sum((getattr(one, cause) for one in rows), Decimal(0))


def known(answer: WhatIf, change: str) -> list[Difference]:
    """Give the two projects that have delivered."""
    return [one for one in answer.of(change) if one.project_id != SILENT]


def check_sums(answer: WhatIf) -> None:
    for one in answer.differences:
        assert sum((getattr(one, cause) for cause in CAUSES), Decimal(0)) == one.difference
    for one in answer.of(ALL):
        changes = [row for row in answer.differences if row.project_id == one.project_id and row.change != ALL]
        for cause in ("difference", *CAUSES):
            assert sums(changes, cause) == getattr(one, cause)
        assert (changes[0].base, changes[-1].whatif) == (one.base, one.whatif)


def test_the_causes_add_up_and_tell_the_ceiling_apart(ask: Ask) -> None:
    answer = ask(RATE, CAP, LATE)
    check_sums(answer)
    rate, cap, rule = (known(answer, one.label) for one in answer.changes)
    assert (sums(rate, "by_rates"), sums(rate, "by_ceiling")) == (118 * 1000, -98 * 1000)
    assert (sums(cap, "by_rates"), sums(cap, "by_ceiling")) == (0, 80_000)
    assert (sums(rule, "by_rows"), sums(rule, "by_events")) == (5 * 17_000, 0)
    assert [one.events_changed for one in rule] == [0, 10]
    assert sums(answer.of(ALL), "difference") == 20_000 + 80_000 + 85_000


def test_random_changes_add_up_in_any_order(home: Path) -> None:
    random = seeded("what-if")
    pool = [
        RATE,
        CAP,
        LATE,
        LATER,
        "completion_days=120",
        "fixed_grant_categories=projektledelse,materiale",
        "fixed_grant_max_dkk=900000",
        "P02=remark",
        "S10=hold",
        "completion_rate_dkk=9000.50@2016-10-01",
        "qualifying_spell_types=loentilskud",
        "enrolment_window_years=2",
    ]
    for _ in range(times(1, 20)):
        texts = list({text.partition("=")[0]: text for text in random.sample(pool, 3)}.values())
        one, other = answer_of(home, texts), answer_of(home, texts[::-1])
        for answer in (one, other):
            check_sums(answer)
        assert [(row.whatif, row.status) for row in one.of(ALL)] == [(row.whatif, row.status) for row in other.of(ALL)]


def test_events_and_expenses_are_told_as_such(ask: Ask) -> None:
    answer = ask("fixed_grant_categories=projektledelse,materiale", "completion_days=200")
    expenses, days = (answer.of(one.label) for one in answer.changes)
    assert (sums(expenses, "by_expenses"), sums(expenses, "difference")) == (50_000, 50_000)
    assert sums(days, "by_events") < 0
    assert sums(days, "by_rates") == 0


def test_a_rate_from_a_day_on_leaves_the_events_before_it(ask: Ask) -> None:
    one, other = known(
        ask("start_rate_dkk=7000@2017-01-01", "activity_cap_share=0.5"), "start_rate_dkk=7000@2017-01-01"
    )
    assert (one.by_rates, other.by_rates) == (20_000, 0)


def test_an_earlier_year_leaves_out_the_events_after_it(home: Path) -> None:
    answer = answer_of(home, [RATE], year=2016)
    check_sums(answer)
    assert sums(answer.of(RATE), "by_rates") == (40 + 20) * 1000


def test_a_change_that_begins_after_every_project_says_whom_it_is_for(ask: Ask) -> None:
    late, always = "activity_cap_share=0.5@2017-06-01", "activity_cap_share=0.5"
    note = f"{late} holds for projects that start 2017-06-01 or later, and for no other."
    assert sum(row.difference for row in ask(late).of(ALL)) == 0
    assert note in as_object(ask(late))["notes"]
    assert f"Note: {note}" in tell(ask(late))
    for other in (always, "start_rate_dkk=7000@2017-01-01"):
        assert "projects that start" not in tell(ask(other))


def test_rules_that_a_settlement_would_refuse_the_register_by_are_told_as_such(home: Path) -> None:
    stops = 'By the changed rules nothing can be computed: projekter.csv, row 2, column tilsagn_fast: "850000"'
    with pytest.raises(InputError, match=re.escape(stops)):
        answer_of(home, ["fixed_grant_max_dkk=60000"])


def test_against_the_ledger_it_says_what_would_be_paid(ask: Ask) -> None:
    one, other = known(ask(LATER, "activity_cap_share=0.5"), ALL)
    assert one.posted == 1_280_000
    assert one.payable_whatif == one.whatif - one.posted == -(1_280_000 - 800_000 - 850_000)
    assert (one.held_base, other.held_base) == (0, other.payable_base), "P02 holds the other"


def test_a_changed_appropriation_leaves_another_rest(ask: Ask) -> None:
    told = portfolio(ask("appropriation_dkk=5000000"))
    assert told["left_whatif"] == 5_000_000 - told["whatif"]
    assert told["left_base"] == Decimal(load_rules().programme("appropriation_dkk")) - told["base"]
    assert told["whatif"] == told["base"] > 0


def test_each_lays_every_change_on_the_rules_in_force(ask: Ask) -> None:
    each, chain = ask(RATE, CAP, is_each=True), ask(RATE, CAP, LATE)
    assert each.of(RATE) == chain.of(RATE)
    assert [row.whatif for row in each.of(ALL)] == [row.whatif for row in chain.of(CAP)]
    assert [row.base for row in each.of(CAP)] == [row.base for row in each.of(ALL)]


def test_a_severity_changed_and_changed_back_gives_nothing(ask: Ask) -> None:
    answer = ask(LATE, "S10=reject")
    assert sums(answer.of(LATE), "difference") == 5 * 16_000
    assert [sums(answer.of(label), "more_starts") for label in (LATE, "S10=reject", ALL)] == [5, -5, 0]
    assert {(one.difference, *(getattr(one, cause) for cause in CAUSES)) for one in answer.of(ALL)} == {(0,) * 6}
    assert answer.rules == ()


def test_a_row_may_hold_its_project(ask: Ask) -> None:
    answer = ask("P02=remark", "S10=hold")
    assert {one.project_id: (one.earlier_status, one.status) for one in known(answer, "S10=hold")} == {
        JF: ("ready", "ready"),
        OTHER: ("ready", "hold"),
    }
    (held,) = [one for one in known(answer, "S10=hold") if one.project_id == OTHER]
    assert (held.held_base, held.held_whatif) == (0, held.payable_whatif)
    assert held.payable_whatif > 0


def test_a_project_without_a_delivery_is_unknown_in_every_output(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(RATE, CAP, LATE)
    assert answer.unknown == [SILENT]
    (row,) = [one for one in as_object(answer)["rows"] if (one["project_id"], one["change"]) == (SILENT, ALL)]
    assert row["status"] == "missing"
    unknown = {name for name, value in row.items() if value is None}
    assert unknown == set(COLUMNS) - {"project_id", "lead_municipality", "status", "change", "posted"}
    assert f"{SILENT},101,missing,,,,all,,,,,,,0.00,,,," in csv_text(answer)
    assert "of 3; unknown of 1 project." in tell(answer)
    assert f"unknown and in no sum: {SILENT}." in tell(answer)
    whole = page(answer)
    rows = re.findall(rf'<tr><th scope="row">{SILENT} .*</tr>', whole)
    assert [row.count(">0,00<") for row in rows] == [1, 0, 0, 0], "of all changes what is posted, which is known"
    assert all(row.count(">ukendt<") >= 4 for row in rows)
    assert f"ukendt for 1 projekt uden indberetning ({SILENT})" in whole
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert "af 3; ukendt for 1 projekt." in tell(answer)


def test_a_file_changes_what_the_command_line_can(tmp_path: Path) -> None:
    file = tmp_path / "overlay.yaml"
    file.write_text(
        'parameters: {completion_rate_dkk: {values: {2016-01-01: "11000"}}}\nseverity: {S10: remark}\n',
        encoding="utf-8",
    )
    rules = load_rules()
    one, other = overlay_of(rules, [], file), overlay_of(rules, [("set", RATE), ("severity", LATE)])
    assert [(change.values, change.action) for change in one.changes] == [
        (change.values, change.action) for change in other.changes
    ]


@pytest.mark.parametrize(
    "texts", [(LATE, RATE), (RATE, LATE), (LATER, CAP, "C10=remark", LATE), ("fixed_grant_categories=",)]
)
def test_a_reports_overlay_asks_the_same_again(tmp_path: Path, texts: tuple[str, ...]) -> None:
    """Changes have their order and their names, by which the report shows each one's share."""
    rules, file = load_rules(), tmp_path / "overlay.yaml"
    asked = overlay_of(rules, [(kind(text), text) for text in texts])
    file.write_text(overlay_text(asked.changes), encoding="utf-8")
    assert overlay_of(rules, [], file).changes == asked.changes
    assert [change.label for change in asked.changes] == list(texts)


def test_what_ends_as_it_began_is_neither_asked_again_nor_adopted(ask: Ask) -> None:
    answer = ask("S10=remark", RATE, "S10=reject")
    assert [one.name for one in lasting(answer.state.rules, answer.changes)] == ["completion_rate_dkk"]
    assert not [line for line in adopting(answer) if "S10" in str(line)]
    assert "To adopt it" in tell(answer)
    assert "To adopt it" not in tell(ask("S10=remark", "S10=reject"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("completion_rate=1", "the nearest are completion_rate_dkk, completion_days,"),
        ("S99=remark", "the nearest are"),
        ("F01=remark", "what did not enter is not there"),
        ("R01=remark", "nothing that could count"),
        ("P01=reject", "hold or remark"),
        ("S10=refuse", "reject or hold or remark"),
        ("completion_rate_dkk=lots", "the nearest other parameters are"),
        ("completion_rate_dkk=1.005", "kroner"),
        ("completion_rate_dkk=NaN", "kroner"),
        ("completion_rate_dkk=-1", "kroner"),
        ("activity_cap_share=95", "0 to 1"),
        ("activity_cap_share=0.1234567", "with at most six decimals"),
        ("completion_days=9.5", "a whole number"),
        ("programme_last_day=soon", "not a date"),
        ("completion_rate_dkk=11000@soon", "not a date"),
        ("qualifying_spell_types=praktik", "the nearest are"),
        ("completion_rate_dkk.aktivitetsparat=1", "no group"),
        ("completion_rate_dkk", "no value"),
        ("=5", "the nearest are"),
        ("completion_rate_dkk=11.000", "without marks between thousands"),
        ("completion_rate_dkk=11000,50", "without marks between thousands"),
        ("completion_rate_dkk=1e4", "kroner"),
        ("activity_cap_share=0,95", "0 to 1"),
        ("completion_days=-1", "a whole number"),
        ("completion_days=84@", "not a date"),
        ("completion_rate_dkk=11000@2017-02-30", "not a date"),
        ("completion_rate_dkk=11000@2017-W02-1", "not a date"),
        ("completion_rate_dkk=11000@20170101", "not a date"),
        ("programme_last_day=2017-W02-1", "not a date"),
        ("completion_rate_dkk=11000@1999-01-01", "not a day from 2000"),
        ("programme_last_day=2015-12-31", "2015-12-31 is before the programme's first day, 2016-01-01"),
        ("programme_first_day=2018-01-01", "2017-12-31 is before the programme's first day, 2018-01-01"),
        ("completion_rate_dkk=11000@2030-01-01", "changes nothing: the programme's last day is 2017-12-31"),
        ("fixed_grant_categories=materiale,materiale", "twice"),
        ("F07=hold", "decides no row and no project"),
        ("F09=hold", "decides no row and no project"),
        ("completion_rate_dkk=10000", "changes nothing: that is what holds already"),
        ("completion_rate_dkk=10000@2017-01-01", "changes nothing: that is what holds already"),
        ("completion_rate_dkk=10000.00", "changes nothing"),
        ("appropriation_dkk=1@2017-06-01", "changes nothing: appropriation_dkk is that of the programme's first day"),
        ("S10=reject", "changes nothing"),
    ],
)
def test_a_wrong_change_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        overlay_of(load_rules(), [(kind(text), text)])


@pytest.mark.parametrize("name", load_rules().parameters)
def test_a_wrong_value_names_its_unit_in_the_readers_language(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    unit = load_rules().parameters[name].unit
    with pytest.raises(InputError) as refused:
        overlay_of(load_rules(), [("set", f"{name}=ukendt")])
    told = str(shown(text_of(refused.value)))
    assert unit in UNITS
    assert not re.search(rf"[( ]{unit}[),]", told)


def test_a_state_before_all_deliveries_asks_for_a_later_moment(home: Path) -> None:
    """A year that is settled now is not in what was known then."""
    now, then = Moment.parse(NOW), Moment.parse("2016-01-01")
    with read_warehouse(home, wait_seconds=0) as connection, pytest.raises(InputError) as refused:
        state_of(connection, home, then, now)
    assert "Name a later moment" in str(refused.value)
    assert "Settle" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("parameters: {completion_rate_dkk: {values: {2016-01-01: 11000.5}}}", "floating-point"),
        ("parameters: {completion_rate_dkk: {unit: DKK, values: {2016-01-01: '1'}}}", "may not stand there"),
        ("parameters: {completion: {values: {2016-01-01: '1'}}}", "the nearest are"),
        ("vocabulary: {}", "may not stand there"),
        ("[1]", "not a mapping"),
        ("{", "not readable as YAML"),
        ("? [severity]\n: {S10: remark}", "not readable as YAML"),
        ("{}", "Nothing is changed"),
        ("severity: {S10: remark}\nseverity: {S11: remark}", "severity stands twice"),
        ("parameters: {completion_rate_dkk: {values: {}}}", "there is no value"),
        ("parameters: {programme_first_day: {values: {2016-01-01: null}}}", "null is no day"),
        ("parameters: {completion_days: {values: {2016-01-01: [84]}}}", "is one value"),
        ("parameters: {qualifying_spell_types: {values: {2016-01-01: loentilskud}}}", "is a list"),
        ("parameters: {completion_rate_dkk: {values: {1999-01-01: '11000'}}}", "not a day from 2000"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "overlay.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(told)):
        overlay_of(load_rules(), [], file)


def run(home: Path, *arguments: str) -> int:
    return command(["whatif", str(YEAR), *arguments, "--home", str(home)])


def test_no_byte_of_the_home_changes_but_the_report(
    home: Path, decided: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: Moment.parse(NOW)))
    before = hashes(home)
    asking = ("--set", "completion_rate_dkk=11000", "--severity", "S10=remark", "--report", "--json")
    assert run(home, *asking) == 0
    answer = json.loads(capsys.readouterr().out)
    after = hashes(home)
    added = {name: digest for name, digest in after.items() if name not in before}
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert {Path(name).name for name in added} == {"whatif.csv", "overlay.yaml", "whatif.html"}
    assert all(name.startswith("what-if/2017-completion-rate-dkk-11000-s10-remark-") for name in added)
    assert answer["rules"].startswith("what-if-")
    page = Path(answer["report"], "whatif.html").read_text(encoding="utf-8")
    assert page.count("HVAD NU HVIS") >= 3
    written = read_rows(Path(answer["report"], "whatif.csv"))
    assert [list(row) for row in answer["rows"]] == [list(row) for row in written]
    values = [["" if value is None else str(value) for value in row.values()] for row in answer["rows"]]
    assert values == [list(row.values()) for row in written]
    assert run(home, *asking) == 1, "a report is not written over"
    report = Path(answer["report"])
    report.rename(report.with_name(f".{report.name}.new"))
    assert run(home, *asking) == 0, "what a killed report left is no report"
    capsys.readouterr()
    assert run(home, "--file", str(Path(answer["report"], "overlay.yaml")), "--json") == 0
    capsys.readouterr()
    assert command(["status", "--home", str(home), "--json"]) == 0
    assert "what-if" not in capsys.readouterr().out
    with pytest.raises(InputError, match="fingerprint"):
        decided.release(YEAR, now="2018-02-21T12:00", drafts=[answer["rules"]])


_DIES = """
import os, signal, sys
from importlib import import_module
from flows.commands import cli

module, step, home = sys.argv[1:]
setattr(import_module(module), step, lambda *arguments, **named: os.kill(os.getpid(), signal.SIGKILL))
changes = ["--set", "completion_rate_dkk=12000", "--severity", "S10=remark"]
cli.command(["whatif", "2017", *changes, "--home", home, "--report"])
"""


@pytest.mark.long
@pytest.mark.parametrize(
    ("module", "step"),
    [
        ("tasks.whatif.compare", "what_if"),
        ("tasks.whatif.report", "write_report"),
        ("tasks.base.durable", "replace_durably"),
        ("tasks.base.durable", "sync_folder"),
    ],
)
def test_a_what_if_that_is_killed_has_changed_no_byte_outside_its_folder(home: Path, module: str, step: str) -> None:
    def outside() -> dict[str, str]:
        return {name: digest for name, digest in hashes(home).items() if not name.startswith("what-if/")}

    before = outside()
    dead = subprocess.run([sys.executable, "-c", _DIES, module, step, str(home)], cwd=PROJECT, check=False)
    assert dead.returncode == -signal.SIGKILL
    assert outside() == before


def test_a_forecast_is_shown_and_changes_no_byte_but_its_report(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: Moment.parse(NOW)))
    before = hashes(home)
    assert command(["forecast", "--set", "completion_rate_dkk=11000", "--home", str(home), "--report", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    after = hashes(home)
    assert {name: digest for name, digest in after.items() if name in before} == before
    assert {Path(name).name for name in after.keys() - before.keys()} == {"forecast.csv", "forecast.html"}
    assert answer["changes"] == ["completion_rate_dkk=11000"]
    assert answer["why_not"].startswith("2 projects have participants")
    assert answer["why_no_backtest"]
    assert [(row["project_id"], row["expected"]) for row in answer["rows"]] == [
        (SILENT, None),
        (JF, None),
        (OTHER, None),
    ]
    assert answer["rows"][0]["so_far"] is None
    page = Path(answer["report"], "forecast.html").read_text(encoding="utf-8")
    assert "HVAD NU HVIS" in page
    assert command(["forecast", "--home", str(home), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    with read_warehouse(home, wait_seconds=0) as connection:
        posted = connection.execute("SELECT project_id, sum(amount_dkk) FROM core_ledger GROUP BY ALL").fetchall()
    assert {row["project_id"]: Decimal(row["posted"]) for row in rows if Decimal(row["posted"])} == dict(posted)
    assert all(Decimal(row["so_far"]) >= Decimal(row["posted"]) for row in rows if row["as_of"])


@pytest.mark.parametrize(
    ("year", "arguments", "status"),
    [
        ("2017", (), 2),
        ("2030", ("--severity", "S10=remark"), 2),
        ("2017", ("--severity", "S10=remark", "--project", "JF-1"), 2),
        ("2017", ("--severity", "S10=remark", "--as-known-at", "2017-01-01T12:00"), 2),
    ],
)
def test_the_exit_status(
    home: Path, monkeypatch: pytest.MonkeyPatch, year: str, arguments: tuple[str, ...], status: int
) -> None:
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: Moment.parse(NOW)))
    assert command(["whatif", year, *arguments, "--home", str(home)]) == status


def test_without_a_delivery_there_is_nothing_to_ask(tmp_path: Path) -> None:
    assert run(tmp_path, "--severity", "S10=remark") == 2
    assert list(tmp_path.iterdir()) == []


def test_while_another_writes_it_is_refused_and_says_who(home: Path) -> None:
    with another_writes(home, "settle 2017"), pytest.raises(BusinessRefusal, match="settle 2017"):
        answer_of(home, [LATE])


def test_readers_share_the_home_and_keep_a_writer_out(home: Path) -> None:
    (home / LOCK_NAME).touch()
    with read_warehouse(home, wait_seconds=0), read_warehouse(home, wait_seconds=0) as connection:
        with pytest.raises(BusinessRefusal), hold_lock(home, "settle", Moment.parse(NOW).utc, wait_seconds=0):
            pass
        for statement in ("DELETE FROM core_ledger", "INSERT INTO home.core_ledger SELECT * FROM core_ledger"):
            with pytest.raises(duckdb.Error, match=r"read-only|base table"):
                connection.execute(statement)


def test_overlaid_rules_have_no_fingerprint() -> None:
    rules = load_rules()
    version = lay(rules, overlay_of(rules, [("set", RATE)]).changes).rules.sha256
    parts = {"projekter": "", "maalgrupper": "", "deliveries": {}, "ledger": "", "settlement": "", "citizens": ""}
    Parts(YEAR, rules.sha256, violations="", **parts)
    with pytest.raises(InternalFailure):
        Parts(YEAR, version, violations="", **parts)


def test_no_column_of_a_run_is_a_floating_point_number(home: Path) -> None:
    """A forecast estimates in floating point; nothing that a settlement keeps or reads is one."""
    now = Moment.parse(NOW)
    with read_warehouse(home, wait_seconds=0) as connection:
        state = state_of(connection, home, now, now)
        compute(connection, state, Laid(state.rules), YEAR)
        forecast(connection)
        columns = connection.execute(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'run'"
        ).fetchall()
    assert len(columns) > 200
    assert [one for one in columns if re.search("DOUBLE|FLOAT|REAL", one[2])] == []


def test_a_small_count_is_not_told(ask: Ask) -> None:
    assert [count(number) for number in (0, 1, -4, 5, -5)] == [0, "under 5", "under 5", 5, -5]
    answer = as_object(replace(ask(RATE, CAP, LATE), project=OTHER))
    assert {row["project_id"] for row in answer["rows"]} == {OTHER}
    counts = [row["events_changed"] for row in answer["rows"]]
    counts += [rule[side] for rule in answer["rule_counts"] for side in ("base", "whatif")]
    assert not {1, 2, 3, 4} & set(counts)


def test_a_small_count_is_told_nowhere_and_fewer_are_told_as_fewer(ask: Ask) -> None:
    def with_counts(starts: int, completions: int) -> WhatIf:
        answer = ask(LATE)
        changed = tuple(
            replace(one, events_changed=3, more_starts=starts, more_completions=completions)
            if one.project_id == OTHER
            else one
            for one in answer.differences
        )
        return replace(answer, differences=changed, rules=(RuleCount("S10", "reject", "remark", 3, 2),))

    few = with_counts(-3, 2)
    told = tell(few)
    assert told.startswith("WHAT IF, 2017: under 5 fewer starts; under 5 more completions; ")
    assert "S10 (reject → remark): under 5 → under 5" in told
    rows = [line for line in told.splitlines() if line.startswith((f"  {OTHER} ", "  all "))]
    assert [line.count("under 5") for line in rows] == [1, 1]
    assert "Under 5 færre påbegyndte forløb; under 5 flere gennemførelser; " in page(few)
    values = as_object(few)
    assert {values["portfolio"][name] for name in ("starts", "completions")} == {"under 5"}
    assert {values["rule_counts"][0][side] for side in ("base", "whatif")} == {"under 5"}
    assert tell(with_counts(-7, -6)).startswith("WHAT IF, 2017: 7 fewer starts; 6 fewer completions; ")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([0, 0, 0], "0"),
        ([8, 0, 1100], "1108"),
        ([3, 0, 0], "under 5"),
        ([2, 1, 0], "under 5"),
        ([3, 0, 8], "9–12"),
        ([1, 4, 8], "10–16"),
        ([3, 4, 0], "5–8"),
        ([3, 0, 1100], "1101–1104"),
    ],
)
def test_a_sum_of_events_less_those_told_leaves_no_count_that_is_hidden(ask: Ask, counts: list[int], told: str) -> None:
    answer = ask(LATE)
    of = dict(zip((one.project_id for one in answer.of(ALL)), counts, strict=False))
    assert len(of) == 3
    changed = tuple(replace(one, events_changed=of.get(one.project_id, 0)) for one in answer.differences)
    answer = replace(answer, differences=changed)
    (line,) = (line for line in tell(answer).splitlines() if line.startswith("  all "))
    assert line.rsplit(maxsplit=1)[-1] == told.rsplit(maxsplit=1)[-1]
    in_danish = re.sub(r"(?<=1)(?=1\d\d)", ".", told)
    assert f'<td class="n">{in_danish}</td>' in page(answer).split("<tfoot>")[1].split("</tfoot>")[0]


def test_it_says_how_to_adopt_it_and_what_it_can_not_know(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ask(RATE, CAP, LATE)
    text = tell(answer)
    assert "values: {2016-01-01: '11000'}" in text
    assert "expectations/forloeb.yaml, rule S10:" in text
    assert "Behaviour does not change" in text
    assert text.startswith("WHAT IF, 2017: 5 more starts; 5 more completions; ")
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert tell(answer).startswith("HVAD NU HVIS, 2017: 5 flere påbegyndte forløb; 5 flere gennemførelser; ")
    assert "5 flere påbegyndte forløb; 5 flere gennemførelser; " in page(answer)
    assert as_object(answer)["notes"][0].startswith("Behaviour"), "JSON is for programs"

"""An evaluation from deliveries and an hours file to its tables, as a caseworker can count it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.evaluation import plan
from tasks.evaluation.hours import read_hours
from tasks.evaluation.results import LATE_HOURS, PRIMARY, TOOK_PART, Row
from tasks.evaluation.run import Evaluation, evaluate
from tasks.intake.key import PseudonymKey
from tasks.rules.model import load_rules, terms_of
from tasks.warehouse.connection import FILE_NAME, in_memory
from tasks.warehouse.lock import HomeHeld, hold_lock
from tasks.warehouse.statements import execute
from tests.support.drawing import KEY, desk
from tests.support.evaluating import NOW, both_arms, delivered, hours_file, received
from tests.support.files import hashes, read_rows
from tests.support.portfolio import Delivery, cpr
from tests.support.releasing import JF, Office

EARLY = "2018-01-20T10:00"


@pytest.fixture
def trial(office: Office) -> Office:
    """Give an office with one project that delivers at the programme's end."""
    office.monkeypatch.setenv("JOBFIRST_KEY", KEY)
    office.portfolio.project()
    return office


def frozen(office: Office, at: str = "2018-02-02T08:00") -> None:
    office.home.mkdir(exist_ok=True)
    terms = terms_of(load_rules())
    plan.freeze(office.home, terms, approved_by="Bo", by="Anna", now=Moment.parse(at))


def drawn(office: Office, delivery: Delivery, project_id: str) -> None:
    """Take in the arms of a delivery's citizens as drawn elsewhere, on the day that the delivery says."""
    path = office.portfolio.folder / "arms.csv"
    columns = {name: name for name in ("borger_id", "cpr", "kommunekode", "maalgruppe", "gruppe")}
    columns["dato"] = "visitationsdato"
    lines = [list(columns), *([one[name] for name in columns.values()] for one in delivery.borgere)]
    path.write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")
    with desk(office, "2018-02-15T09:00", project_id) as own:
        own.take_in(path)


def run(office: Office, hours: Path | None = None, now: str = NOW, *, is_exploratory: bool = False) -> Evaluation:
    moment = Moment.parse(now)
    return evaluate(office.home, now=moment, known_at=moment, hours_file=hours, is_exploratory=is_exploratory)


def primary(found: Evaluation) -> Row:
    row = found.analysis.row(PRIMARY)
    assert row is not None
    return row


def test_mean_weekly_hours_are_the_days_hours_summed_over_the_days(trial: Office) -> None:
    """7.5 hours from September to November and 10 from November on: 1292.5 / 306."""
    office = trial
    delivery = delivered(office, "2016-12-31")
    both_arms(delivery, 3)
    delivery.spell("D0", "2016-09-01", "2016-11-30", ordinaere_timer_pr_uge="7,5")
    delivery.spell("D0", "2016-11-01", ordinaere_timer_pr_uge="10", type="ordinaer_ansaettelse")
    delivery.spell("D0", "2016-09-01", "2016-11-30", ordinaere_timer_pr_uge="20", type="loentilskud")
    delivery.spell("K0", "2016-09-01", "2016-09-30")
    received(office, delivery)
    frozen(office)
    found = run(office)
    assert found.analysis.trial.mean_hours.max() == pytest.approx(1292.5 / 306)
    row = primary(found)
    assert row.mean_participants == pytest.approx(4.223856 / 3, abs=1e-6)
    assert (row.participants, row.controls, row.df) == (3, 3, 4)


def test_hours_of_one_day_add_up_to_sixty(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 2)
    for _ in range(2):
        delivery.spell("D0", "2016-03-01", "2017-12-31", ordinaere_timer_pr_uge="37")
    delivery.spell("K0", "2016-09-01", "2016-09-30")
    received(trial, delivery)
    frozen(trial)
    assert run(trial).analysis.trial.mean_hours.max() == pytest.approx(60)


@pytest.mark.parametrize(
    ("first_at", "is_employed"), [(-1, False), (0, True), (1, True), (181, True), (182, False), (183, False)]
)
def test_a_job_counts_that_begins_on_a_day_of_the_follow_up(first_at: int, *, is_employed: bool) -> None:
    """The follow-up of 182 days begins on the day drawn, and so ends 181 days after it."""
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute(
            "CREATE TABLE run.trial AS SELECT 0 AS citizen_no, 'JF-187' AS project_id, false AS is_drawn, "
            "true AS is_participant, '' AS stratum, 'ressourceforloeb' AS maalgruppe, DATE '2016-08-29' AS cut, "
            "182 AS days, 'B1' AS borger_id, DATE '2016-03-01' AS day, DATE '1970-01-01' AS birth_date, '' AS ydelse, "
            "NULL::DATE AS supported_since, '' AS withdrawn"
        )
        opened.execute(
            "CREATE TABLE run.trial_spells AS SELECT 0 AS citizen_no, 'ordinaer_ansaettelse' AS type, "
            "$first_at AS first_at, 37 AS hours",
            {"first_at": first_at},
        )
        types = {
            "tasting": ["snusepraktik"],
            "employment": ["ordinaer_ansaettelse"],
            "qualifying": [],
            "support_groups": [],
        }
        found = execute(opened, "evaluation/citizens", **types).fetchnumpy()
    assert found["has_employment"].tolist() == [is_employed]


def test_who_is_followed_for_half_a_year_is_analysed(trial: Office) -> None:
    """Drawn 2017-07-03, known to 2017-12-31: 182 days, analysed; a day later, not."""
    trial.portfolio.projects[0].start = "2017-02-01"
    delivery = delivered(trial)
    both_arms(delivery, 2, "2017-07-03")
    delivery.citizen("late", visitationsdato="2017-07-04")
    delivery.spell("K0", "2017-09-01", "2017-09-30")
    received(trial, delivery)
    frozen(trial)
    found = run(trial)
    assert sorted(found.analysis.trial.days.tolist()) == [181.0, 182.0, 182.0, 182.0, 182.0]
    assert (primary(found).participants, primary(found).controls) == (2, 2)
    flow = {(one.arm, one.step, one.reason): one.citizens for one in found.analysis.flow}
    assert flow["participant", "lost", "kort_opfoelgning"] == 1
    assert flow["participant", "drawn", ""] == flow["participant", "analysed", ""] + 1


def test_a_month_of_the_hours_file_is_spread_over_its_days(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 2)
    received(trial, delivery)
    frozen(trial)
    path = hours_file(trial, delivery, {"D0": {"2016-03": "31,00", "2016-04": "60"}, "K1": {"2016-02": "80"}})
    found = run(trial, path)
    weeks = found.analysis.trial.weeks
    worked = weeks[weeks.sum(axis=1) > 0]
    assert len(worked) == 1, "February is before the day drawn"
    assert worked[0, 0] == pytest.approx(7 * 7)
    assert worked.sum() == pytest.approx(31 * 7 + 60 * 7)
    assert primary(found).mean_participants == pytest.approx((31 + 60) * 7 / 364 / 2)
    assert found.analysis.trial.strangers == 1
    assert found.analysis.trial.cut == date(2017, 12, 31)


def test_the_hours_files_end_ends_the_follow_up(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 2)
    received(trial, delivery)
    frozen(trial)
    found = run(trial, hours_file(trial, delivery, {}, last="2016-10"))
    assert set(found.analysis.trial.days.tolist()) == {(date(2016, 10, 31) - date(2016, 3, 1)).days + 1}
    assert found.folder.name == f"{found.analysis.plan.sha256[:8]}-2016-10-31"


@pytest.mark.parametrize(
    ("rows_of_file", "told"),
    [
        ("{a};2016-13;10", "row 2: maaned is not a month"),
        ("{a};2016-3;10", "row 2: maaned is not a month"),
        ("{a};2016-03;ti", "row 2: timer is not a number"),
        ("{a};2016-03;-1", "row 2: timer is not a number"),
        ("0101701234x;2016-03;1", "row 2: cpr is no personal number"),
        ("{a};2016-03;1\n{a};2016-03;2", "row 3: the person and month stand on row 2 too"),
        ("", "has no row"),
    ],
)
def test_a_wrong_hours_file_is_told_with_its_row_and_without_a_number(
    tmp_path: Path, rows_of_file: str, told: str
) -> None:
    number = cpr(1)
    path = tmp_path / "timer.csv"
    path.write_text(f"cpr;maaned;timer\n{rows_of_file.format(a=number)}\n", encoding="utf-8")
    with in_memory() as connection, pytest.raises(InputError, match=told) as error:
        read_hours(connection, path, PseudonymKey.of(KEY.encode()))
    assert number not in str(error.value)


def test_a_run_without_a_plan_is_refused_and_an_exploratory_one_says_so_everywhere(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 6)
    received(trial, delivery)
    with pytest.raises(BusinessRefusal, match="No plan is frozen"):
        run(trial, hours_file(trial, delivery, {}))
    found = run(trial, hours_file(trial, delivery, {}), is_exploratory=True)
    assert all("eksplorativ" in row["note"] for row in read_rows(found.folder / "effects.csv"))
    assert "EKSPLORATIV" in (found.folder / "report.html").read_text(encoding="utf-8")


def test_a_look_before_its_day_is_exploratory_with_a_wider_interval(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 6)
    received(trial, delivery, EARLY)
    frozen(trial, "2016-01-02T08:00")
    path = hours_file(trial, delivery, {f"D{number}": {"2016-05": str(10 * number + 3)} for number in range(6)})
    early = run(trial, path, EARLY)
    assert early.analysis.exploratory == ("før tid",)
    timely = run(trial, path)
    assert timely.analysis.exploratory == ()
    spans = [(row.high or 0) - (row.low or 0) for row in (primary(early), primary(timely))]
    assert spans[0] > 1.5 * spans[1]
    page = (timely.folder / "report.html").read_text(encoding="utf-8")
    assert "før den første indberetning eller timefil kom" in page
    assert "EKSPLORATIV" not in page


def test_the_plan_is_frozen_once_and_another_one_is_seen(trial: Office) -> None:
    frozen(trial)
    frozen(trial, "2018-02-03T08:00")
    terms = terms_of(load_rules())
    known = plan.plan_of(trial.home, terms, Moment.parse(NOW))
    assert (known.freezes, known.is_in_force, known.approved_by) == (1, True, "Bo")
    other = type(terms)(**(terms.model_dump() | {"minimum_weeks": 13}))
    plan.freeze(trial.home, other, approved_by="Bo", by="Anna", now=Moment.parse("2018-02-04T08:00"))
    known = plan.plan_of(trial.home, terms, Moment.parse(NOW))
    assert (known.freezes, known.is_in_force) == (2, False)
    assert plan.plan_of(trial.home, terms, Moment.parse("2018-02-03T08:00")).is_in_force


def test_nobody_writes_the_record_while_it_is_read(trial: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads it takes back an entry that is half written: so nobody may be writing one."""
    delivery = delivered(trial)
    both_arms(delivery, 8)
    received(trial, delivery)
    frozen(trial)
    path = hours_file(trial, delivery, {"D1": {"2016-05": "40"}})
    # A settlement leaves the lock's file, which readers share.
    with hold_lock(trial.home, "settle 2017", Moment.parse(NOW).utc):
        pass
    read, reads = plan.read, []

    def alone(home: Path) -> list[plan.Entry]:
        with pytest.raises(HomeHeld), hold_lock(home, "evaluate freeze", Moment.parse(NOW).utc, 0.0):
            pass
        reads.append(home)
        return read(home)

    monkeypatch.setattr(plan, "read", alone)
    run(trial, path)
    assert reads == [trial.home] * 3


def test_a_record_that_was_changed_is_refused(trial: Office) -> None:
    frozen(trial)
    file = trial.home / plan.FILE
    file.write_bytes(file.read_bytes().replace(b"Bo", b"Al"))
    with pytest.raises(BusinessRefusal, match=r"is evaluated\. Entry 1: in evaluation\.jsonl its contents do not give"):
        plan.read(trial.home)


def test_the_same_state_gives_the_same_bytes_and_no_public_file_names_anybody(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 8)
    delivery.borgere[0] |= {"ydelse": "kontanthjaelp"}
    received(trial, delivery)
    frozen(trial)
    path = hours_file(trial, delivery, {f"D{number}": {"2016-05": "40"} for number in range(5)})
    first = run(trial, path)
    before = hashes(first.folder)
    assert hashes(run(trial, path).folder) == before
    told = json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["files"] == {name: digest for name, digest in before.items() if name != "manifest.json"}
    numbers = {row["cpr"] for row in delivery.borgere}
    for file in first.folder.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            assert not [number for number in numbers if number in text]
    warehouse = (trial.home / FILE_NAME).read_bytes()
    assert not [number for number in numbers if number.encode() in warehouse]


def test_nothing_to_analyse_is_refused(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 1)
    received(trial, delivery)
    frozen(trial)
    with pytest.raises(BusinessRefusal, match=r"nothing to analyse: nobody was followed for 26 weeks in a stratum"):
        run(trial, hours_file(trial, delivery, {}))


def test_where_no_control_has_a_spell_the_projects_are_named_and_what_mends_it(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 3)
    delivery.spell("D0", "2016-09-01", "2016-11-30", ordinaere_timer_pr_uge="10")
    received(trial, delivery)
    frozen(trial)
    with pytest.raises(BusinessRefusal, match=r"no control of JF-187 has a spell.*`--hours FILE`"):
        run(trial)


def test_an_hours_file_that_ends_all_follow_up_is_told_with_its_end(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 3)
    received(trial, delivery)
    frozen(trial)
    with pytest.raises(BusinessRefusal, match=r"timer\.csv ends 2016-03-31.*later months"):
        run(trial, hours_file(trial, delivery, {}, last="2016-03"))


def test_small_counts_do_not_leave_the_house(trial: Office) -> None:
    trial.portfolio.projects[0].start = "2016-09-01"
    delivery = delivered(trial)
    both_arms(delivery, 9, "2016-10-01")
    delivery.citizen("late", visitationsdato="2017-07-20", gruppe="kontrol")
    received(trial, delivery)
    frozen(trial)
    worked = {f"D{number}": {"2016-12": "40"} for number in range(2)} | {"K1": {"2016-12": "20"}}
    found = run(trial, hours_file(trial, delivery, worked))
    whole = {row["outcome"]: row for row in read_rows(found.folder / "effects.csv") if row["analysis"] == "secondary"}
    public = {row["outcome"]: row for row in read_rows(found.folder / "public" / "effects.csv")}
    assert whole["any_hours"]["mean_participants"] == "0.222222"
    assert public["any_hours"]["mean_participants"] == "<5"
    assert public["any_hours"]["estimate"] == "<5"
    flow = {
        (row["arm"], row["step"], row["reason"]): row["citizens"] for row in read_rows(found.folder / "public/flow.csv")
    }
    assert flow["control", "lost", "kort_opfoelgning"] == "<5"
    assert flow["control", "analysed", ""] == "<5"


def test_a_control_takes_part_by_a_snusepraktik_alone(trial: Office) -> None:
    """Six of eight participants took part, by a start or a snusepraktik, and one control: five eighths apart."""
    delivery = delivered(trial)
    both_arms(delivery, 8)
    for name in ("D0", "D1", "D2", "D3", "K1"):
        delivery.spell(name, "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge="10")
    for name in ("D4", "D5", "K0"):
        delivery.spell(name, "2016-04-01", "2016-04-30", type="snusepraktik")
    received(trial, delivery)
    frozen(trial)
    found = run(trial)
    took_part = found.analysis.row(TOOK_PART)
    assert took_part is not None
    assert primary(found).estimate
    assert took_part.estimate == pytest.approx(8 / 5 * primary(found).estimate)


def test_no_ratio_tells_how_few_took_part_or_have_a_spell(trial: Office) -> None:
    """Seven of nine participants took part and two of nine controls have a spell: each effect divided shows it."""
    delivery = delivered(trial)
    both_arms(delivery, 9)
    for number in range(7):
        delivery.spell(f"D{number}", "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge="10")
    for number in range(2):
        delivery.spell(f"K{number}", "2016-04-01", "2016-05-31", ordinaere_timer_pr_uge="4")
    received(trial, delivery)
    frozen(trial)
    found = run(trial)
    whole = {row["analysis"]: row for row in read_rows(found.folder / "effects.csv")}
    public = {row["analysis"]: row for row in read_rows(found.folder / "public" / "effects.csv")}
    for name in ("took_part", "supposed", "needed"):
        assert whole[name]["estimate"]
        assert public[name]["estimate"] == "<5"
    assert "skulle have" not in (found.folder / "report.html").read_text(encoding="utf-8").split("Hvad vi ikke ved")[1]


def test_a_project_without_any_control_spell_is_left_out_and_named(trial: Office) -> None:
    trial.portfolio.project("JF-253", municipalities=("253",))
    deliveries = [project.delivery("2017-12-31") for project in trial.portfolio.projects]
    for delivery in deliveries:
        both_arms(delivery, 3)
        delivery.spell("D0", "2016-09-01", "2016-11-30", ordinaere_timer_pr_uge="10")
    deliveries[0].spell("K0", "2016-09-01", "2016-11-30", ordinaere_timer_pr_uge="4")
    trial.portfolio.write_register()
    deliveries[1].write(trial.inbox)
    received(trial, deliveries[0])
    frozen(trial)
    found = run(trial)
    assert (primary(found).participants, primary(found).controls) == (3, 3)
    assert any("JF-253" in head for head in found.analysis.heads)
    assert "kan ikke afgøre" in found.sentence


def test_an_answer_of_fewer_than_five_in_an_arm_does_not_leave_the_house(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 4)
    received(trial, delivery)
    frozen(trial)
    found = run(trial, hours_file(trial, delivery, {f"D{number}": {"2016-05": "40"} for number in range(4)}))
    assert "JobFirst gav 0,77 timer mere" in found.sentence
    told = "Svaret kan ikke vises: færre end 5 borgere er analyseret i en af grupperne."
    assert found.public_sentence == told
    page = (found.folder / "public" / "report.html").read_text(encoding="utf-8")
    assert f"<h1>{told}</h1>" in page
    assert "0,77" not in page


def test_a_plan_that_is_taken_up_again_was_frozen_when_it_was_taken_up(trial: Office) -> None:
    """Whoever freezes two plans and chooses once data came did not choose before."""
    terms = terms_of(load_rules())
    other = type(terms)(**(terms.model_dump() | {"minimum_weeks": 13}))
    frozen(trial, "2016-01-02T08:00")
    plan.freeze(trial.home, other, approved_by="Bo", by="Anna", now=Moment.parse("2016-01-03T08:00"))
    delivery = delivered(trial)
    both_arms(delivery, 6)
    received(trial, delivery)
    frozen(trial, "2018-02-15T10:30")
    page = (run(trial, hours_file(trial, delivery, {}), "2018-02-15T11:00").folder / "report.html").read_text("utf-8")
    assert "blev fastlagt 15. februar 2018 kl. 10.30 af Bo; der er fastlagt 3 planer i alt" in page
    assert "Det var, efter at data var begyndt at komme" in page


def test_an_hours_file_that_was_read_with_an_earlier_state_came_before_the_plan(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 6)
    received(trial, delivery, EARLY)
    path = hours_file(trial, delivery, {})
    earlier = Moment.parse("2018-01-20T11:00")
    evaluate(trial.home, now=Moment.parse(NOW), known_at=earlier, hours_file=path, is_exploratory=True)
    frozen(trial, "2018-02-15T10:30")
    page = (run(trial, path, "2018-02-15T11:00").folder / "report.html").read_text(encoding="utf-8")
    assert "den første timefil 15. februar 2018 kl. 10.00" in page


def test_no_conclusion_is_put_in_words_where_silent_controls_could_turn_it_round(trial: Office) -> None:
    """Of ten controls two are registered, with full-time jobs: were the others so too, JobFirst took hours away."""
    delivery = delivered(trial)
    both_arms(delivery, 10)
    for number in range(10):
        delivery.spell(f"D{number}", "2016-03-01", "2017-06-30", ordinaere_timer_pr_uge=str(18 + number % 2))
    for number in range(2):
        delivery.spell(f"K{number}", "2016-03-01", "2017-06-30", ordinaere_timer_pr_uge=str(36 + number))
    received(trial, delivery)
    frozen(trial)
    found = run(trial)
    supposed_row = found.analysis.row("supposed")
    assert (primary(found).low or 0) > 0
    assert supposed_row is not None
    assert (supposed_row.high or 0) < 0
    assert found.sentence.endswith("men registreringerne kan ikke afgøre, om JobFirst virkede.")


def test_hours_below_nothing_are_no_hours_that_controls_must_have_worked(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 16)
    for number in range(8):
        delivery.spell(f"K{number}", "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge="10")
    received(trial, delivery)
    frozen(trial)
    found = run(trial)
    public = {row["analysis"]: row for row in read_rows(found.folder / "public" / "effects.csv")}
    assert float(public["needed"]["estimate"]) < 0
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "En kontrol uden forløb kan godt have arbejdet." in page
    assert "Havde de i gennemsnit arbejdet" not in page


def test_controls_begin_no_jobfirst_and_may_have_spells(trial: Office) -> None:
    delivery = delivered(trial)
    both_arms(delivery, 8)
    for name in ("D", "K"):
        for number in range(8):
            delivery.spell(f"{name}{number}", "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge=str(5 + number))
    received(trial, delivery)
    frozen(trial)
    page = (run(trial).folder / "report.html").read_text(encoding="utf-8")
    notes = re.findall(r"<td>([^<]*)</td></tr>", page)
    assert "styrke 0,80, 5 procent" in notes
    assert [note for note in notes if re.search(r"\d\.\d", note)] == []
    assert "begyndt i JobFirst: 8" in page
    assert "begyndt i JobFirst: 0" in page
    assert "påbegyndt forløb" not in page


def test_what_is_known_of_registrations_ends_with_the_newest_delivery(trial: Office) -> None:
    """A project that has drawn and not delivered tells nothing of the year that no delivery describes."""
    trial.portfolio.project("JF-253", municipalities=("253",))
    delivery = delivered(trial, "2016-12-31")
    both_arms(delivery, 3)
    delivery.spell("K0", "2016-04-01", "2016-06-30", ordinaere_timer_pr_uge="10")
    received(trial, delivery)
    frozen(trial)
    listed = trial.portfolio.projects[1].delivery("2017-12-31")
    both_arms(listed, 3)
    drawn(trial, listed, "JF-253")
    assert run(trial).analysis.trial.cut == date(2016, 12, 31)
    assert run(trial, hours_file(trial, delivery, {}, last="2017-06")).analysis.trial.cut == date(2017, 6, 30)


def test_age_and_benefit_are_unknown_of_who_is_drawn_and_on_no_accepted_row(trial: Office) -> None:
    """Years on public support are 0 of a target group that need not be on it, whether registered or not."""
    delivery = delivered(trial)
    both_arms(delivery, 7)
    drawn(trial, delivery, JF)
    hours = hours_file(trial, delivery, {"D1": {"2016-05": "40"}})
    del delivery.borgere[0]
    received(trial, delivery)
    frozen(trial)
    found = run(trial, hours)
    assert primary(found).participants == 7
    known = {row["variable"]: row["participants"] for row in read_rows(found.folder / "balance.csv")}
    assert known == {"alder": "6", "aar_paa_forsoergelse": "7", "maalgruppe": "7", "ydelse": "6"}
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "Hvem der deltog, og hvem der begyndte i en ansættelse, er som registreret" in page
    assert "gruppe, de blev trukket til" in page
    assert "regnes borgeren fra visitationsdatoen" not in page
    assert "Lodtrækning gør grupperne ens på nær tilfældet" in page


def test_the_page_says_no_more_than_the_data_do(trial: Office) -> None:
    """Three projects without a draw, whose effects differ by far more than chance; of each one citizen is new."""
    deliveries = []
    for number, name in enumerate(("JF-187", "JF-253", "JF-259")):
        if number:
            trial.portfolio.project(name, municipalities=(name[-3:],))
        own = trial.portfolio.projects[number].delivery("2016-12-31")
        both_arms(own, 6)
        own.citizen("D-late", visitationsdato="2016-11-01")
        for arm, hours in (("D", 5 + 15 * number), ("K", 3)):
            for citizen in range(6):
                weekly = str(hours + citizen % 2)
                own.spell(f"{arm}{citizen}", "2016-04-01", "2016-12-31", ordinaere_timer_pr_uge=weekly)
        for citizen in range(number + 1):
            own.spell(f"D{citizen}", "2016-03-01", "2016-03-31", type="snusepraktik")
        deliveries.append(own)
    trial.portfolio.write_register()
    for own in deliveries[1:]:
        own.write(trial.inbox)
    received(trial, deliveries[0])
    frozen(trial)
    found = run(trial)
    assert found.analysis.pooled is not None
    assert found.analysis.pooled.q > 100
    assert found.analysis.weeks[0].participants == 21
    assert primary(found).participants == 18
    page = (found.folder / "report.html").read_text(encoding="utf-8")
    assert "noget af forskellen mellem dem er tilfældig" in page
    assert "gruppe, de blev trukket til" not in page
    assert "regnes borgeren fra visitationsdatoen og i den gruppe, der er indberettet" in page
    assert "Lodtrækning gør grupperne ens" not in page
    assert "er kun med i kurven uge for uge" in page
    (contrast,) = (row for row in page.split("<tr>") if "Effekt og grundelementer</th>" in row)
    assert "<td>rangkorrelation, −1 til 1</td>" in contrast
    assert "Målgruppe, andel" in page
    steps = re.findall(
        "<tr><th scope=.row.>(.*?)</th>", page.split("<summary>Tallene</summary>")[1].split("</table>")[0]
    )
    of_an_arm = ["lodtrukket", "begyndt i JobFirst", "analyseret"]
    assert [one for one in steps if one != "ikke analyseret"] == ["vurderet", *of_an_arm, *of_an_arm]


def test_late_hours_are_of_weeks_40_to_52_and_of_who_was_followed_so_long(trial: Office) -> None:
    """13 hours a week in week 40 alone are one hour a week of the thirteen; those of week 39 are not among them."""
    delivery = delivered(trial)
    both_arms(delivery, 2)
    for name in ("D2", "D3"):
        delivery.citizen(name, visitationsdato="2017-01-15")
    delivery.spell("D0", "2016-11-29", "2016-12-05", ordinaere_timer_pr_uge="13")
    delivery.spell("D1", "2016-11-22", "2016-11-28", ordinaere_timer_pr_uge="26")
    delivery.spell("K0", "2016-09-01", "2016-09-30")
    received(trial, delivery)
    frozen(trial)
    (row,) = [one for one in run(trial).analysis.rows if one.outcome == LATE_HOURS]
    assert (row.participants, row.controls) == (2, 2)
    assert row.mean_participants == pytest.approx(0.5)

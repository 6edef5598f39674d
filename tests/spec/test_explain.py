"""Every krone of a project's year, back to where it came from."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from flows.commands.cli import command
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.moment import Moment
from tasks.explain.read import Explanation, as_object, read_explanation
from tasks.explain.text import as_text
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, change_rules
from tests.support.portfolio import COMPANIES
from tests.support.releasing import JF, OTHER, Office, begun

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-03-10T08:00", "2018-05-01T08:00"


def settled_once(office: Office) -> None:
    """Settle 2016 of a project with a bridged chain, a rejected citizen, a control and a voucher."""
    delivery = office.portfolio.project(JF, target=2).delivery("2016-12-31")
    anna = delivery.citizen("Anna")
    delivery.spell(anna, "2016-02-01", "2016-02-05", type="snusepraktik")
    delivery.spell(anna, "2016-03-01", "2016-03-23")
    delivery.spell(anna, "2016-03-29")
    delivery.spell(anna, "2016-03-01", "2016-03-02", virksomhed_cvr=COMPANIES[1])
    delivery.spell(delivery.citizen("Bent"), "2016-04-01", "2016-04-01")
    delivery.spell(delivery.citizen("Carl", ydelse="dagpenge"), "2016-04-01", "2016-09-01")
    delivery.spell(delivery.citizen("Dorte", gruppe="kontrol"), "2016-04-01", "2016-09-01")
    delivery.wages("2016-05-31", "1.000,50")
    delivery.write(office.inbox)
    office.settle(2016, now=FIRST)


@pytest.fixture
def settled(office: Office) -> Office:
    """Give an office that has settled it."""
    begun(office, settled_once)
    return office


def explained(office: Office, year: int = 2016, citizen: str | None = None, at: str = THIRD) -> Explanation:
    with open_warehouse(office.home) as connection:
        return read_explanation(connection, JF, year, Moment.parse(at), citizen)


def test_the_parts_add_up_to_the_entitlement(settled: Office) -> None:
    one = explained(settled)
    assert {part.name: part.amount_dkk for part in one.parts} == {
        "starts": 2 * 6_000,
        "completions": 10_000,
        "cut by the cap": 0,
        "wages": Decimal("1000.50"),
        "cut by the limit of the fixed grant": 0,
    }
    assert one.entitlement_dkk == 12_000 + 10_000 + Decimal("1000.50") == sum(part.amount_dkk for part in one.parts)


def test_one_of_a_kind_is_told_as_one(settled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    one = explained(settled)
    notes = [line.split()[-2:] for line in as_text(one).splitlines() if re.search(r"(citizens?|vouchers?)$", line)]
    assert notes == [["2", "citizens"], ["1", "citizen"], ["1", "voucher"]]
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert re.findall(r" (\d+ (?:borgere?|bilag))$", as_text(one), re.MULTILINE) == ["2 borgere", "1 borger", "1 bilag"]


def test_wages_that_make_up_for_less_than_nothing_are_told_with_both_limits(office: Office) -> None:
    delivery = office.portfolio.project(JF).delivery("2017-12-31")
    delivery.wages("2016-05-31", "-6.000,00")
    delivery.wages("2017-05-31", "10.000,00")
    delivery.write(office.inbox)
    office.settle(2017, now=THIRD)
    told = as_text(explained(office, 2017))
    note = "from 0 to 850.000,00, wages to 2017 4.000,00, before 2017 -6.000,00"
    assert re.search(rf"Limits of the fixed grant +-6\.000,00 +{re.escape(note)}\n", told)


def test_a_completion_names_the_spells_of_its_chain(settled: Office) -> None:
    """Rows as a spreadsheet numbers them: the praktik of row 3 and, over Easter, that of row 4."""
    starts, completions = explained(settled).parts[:2]
    (completion,) = completions.lines
    assert (completion["citizen_id"], completion["row"], str(completion["day"])) == ("Anna", 2, "2016-05-30")
    assert [spell["row"] for spell in completion["spells"]] == [3, 4]
    assert [[spell["row"] for spell in line["spells"]] for line in starts.lines] == [[3], [6]]


def test_a_year_has_its_own_starts_and_completions(settled: Office) -> None:
    settled.settle(2017, now=THIRD)
    starts, completions = explained(settled, 2017).parts[:2]
    assert [*starts.lines, *completions.lines] == []
    assert starts.amount_dkk == completions.amount_dkk == 0


def test_a_later_draft_of_the_same_delivery_adds_nothing_to_an_explanation(settled: Office) -> None:
    def seen(citizen: str) -> tuple[object, ...]:
        one = explained(settled, citizen=citizen)
        return one.citizen, [part.lines for part in one.parts]

    before = {citizen: seen(citizen) for citizen in ("Anna", "Carl")}
    settled.settle(2017, now=THIRD)
    assert {citizen: seen(citizen) for citizen in before} == before


def test_another_project_s_rows_are_not_told(office: Office) -> None:
    """Both have their citizen, spell and vouchers on the same rows, and the other project's are rejected.

    Nor is it told of the citizen that the project's own voucher on that row is rejected.
    """
    project, other = office.portfolio.project(JF), office.portfolio.project(OTHER, municipalities=("253",))
    for of, rejected in ((project, {}), (other, {"ydelse": "dagpenge"})):
        delivery = of.delivery("2016-12-31")
        delivery.spell(delivery.citizen("Anna", **rejected), "2016-03-01", "2016-05-30")
        delivery.citizen("Bent", gruppe="kontrol" if rejected else "deltager")
        delivery.wages("2016-05-31", "300,00", lovpligtig="ja")
        delivery.wages("2016-05-31", "1.000,50")
        delivery.write(office.inbox)
    office.settle(2016, now=FIRST)
    assert explained(office).entitlement_dkk == 16_000 + Decimal("1000.50")
    told = explained(office, citizen="Anna").citizen or {}
    ((citizen,), (spell,)) = told["rows"], told["spells"]
    assert (citizen["arm"], str(citizen["start_date"]), citizen["codes"]) == ("participant", "2016-03-01", [])
    assert (spell["gave"], spell["codes"]) == (["start", "completion"], [])
    assert [row["arm"] for row in (explained(office, citizen="Bent").citizen or {})["rows"]] == ["participant"]


def test_the_values_of_a_parameter_are_those_that_held(office: Office) -> None:
    """A rate that of the year; what a project goes by, that of its first day."""
    start = '{2016-01-01: "0.90"}', '{2016-01-01: "0.90", 2016-01-15: "0.80", 2016-02-02: "0.70"}'
    rate = '{2016-01-01: "6000"}', '{2016-01-01: "6000", 2017-01-01: "6500"}'
    change_rules(office.monkeypatch, office.portfolio.folder / "rules", start, rate)
    office.portfolio.project(JF, start="2016-02-01").delivery("2017-12-31").write(office.inbox)
    for year, rates in ((2016, [6000]), (2017, [6500])):
        office.settle(year, now=THIRD)
        parameters = explained(office, year, at="2018-06-01T08:00").parameters
        assert [one["value"] for one in parameters["start_rate_dkk"]["values"]] == rates
        assert [one["value"] for one in parameters["activity_cap_share"]["values"]] == [Decimal("0.80")]


def test_rules_that_were_taken_back_leave_nothing_in_an_explanation(settled: Office) -> None:
    """The rules are known since they first were."""
    with pytest.MonkeyPatch.context() as patch:
        change_rules(patch, settled.portfolio.folder / "rules", ("{2016-01-01: 91}", "{2016-01-01: 60}"))
        settled.settle(2016, now=SECOND)
    settled.settle(2016, now=THIRD)
    one = explained(settled, at="2018-06-01T08:00")
    assert (one.entitlement_dkk, one.rules["known_since"]) == (Decimal("23000.50"), Moment.parse(FIRST).utc)
    (row,) = (explained(settled, citizen="Anna", at="2018-06-01T08:00").citizen or {})["rows"]
    assert str(row["completion_date"]) == "2016-05-30"


def test_a_completion_on_a_bridged_day_names_the_spell_behind_it(office: Office) -> None:
    """The 91st day is a Sunday, between a spell that ended on Friday and one that begins on Monday."""
    delivery = office.portfolio.project(JF).delivery("2016-12-31")
    anna = delivery.citizen("Anna")
    delivery.spell(anna, "2016-03-07", "2016-06-03")
    delivery.spell(anna, "2016-06-06", "2016-06-30")
    delivery.write(office.inbox)
    office.settle(2016, now=FIRST)
    (completion,) = explained(office).parts[1].lines
    assert str(completion["day"]) == "2016-06-05"
    assert [spell["row"] for spell in completion["spells"]] == [2, 3]


def test_where_it_came_from(settled: Office) -> None:
    one = explained(settled)
    assert str(one.project["as_of_date"]) == "2016-12-31"
    assert [file["file_name"] for file in one.files] == ["borgere.csv", "forloeb.csv", "udgifter.csv"]
    assert all(len(file["sha256"]) == 64 for file in one.files)
    assert one.parameters["start_rate_dkk"]["values"][0]["value"] == 6_000
    assert one.parameters["start_rate_dkk"]["source"]["heading"] == "Økonomi- og personalemæssige konsekvenser"
    assert {name for part in one.parts for name in part.parameters} == one.parameters.keys()
    (voucher,) = next(part for part in one.parts if part.name == "wages").lines
    assert (voucher["bilagsnr"], voucher["row"], voucher["amount_dkk"]) == ("U1", 2, Decimal("1000.50"))


@pytest.mark.parametrize(
    ("citizen", "total", "state"),
    [
        ("Anna", 16_000, "accepted, participant arm"),
        ("Bent", 6_000, "accepted, participant arm"),
        ("Carl", 0, "rejected by C06"),
        ("Dorte", 0, "accepted, control arm"),
    ],
)
def test_one_citizen(settled: Office, citizen: str, total: int, state: str) -> None:
    one = explained(settled, citizen=citizen)
    assert sum(part.amount_dkk for part in one.parts) == total
    assert state in as_text(one)


def test_a_spell_of_the_control_arm_does_not_count(office: Office) -> None:
    """Beside others, no spell of a control ever gives anything."""
    delivery = office.portfolio.project(JF).delivery("2016-12-31")
    delivery.spell(delivery.citizen("Dorte", gruppe="kontrol"), "2016-03-01", "2016-09-30")
    delivery.write(office.inbox)
    office.settle(2016, now=FIRST)
    spell = "forloeb.csv row 2: virksomhedspraktik 2016-03-01 to 2016-09-30: does not count, in the control arm"
    assert spell in as_text(explained(office, citizen="Dorte"))


def test_no_two_lines_in_a_row_are_blank(office: Office) -> None:
    """Nothing is listed of a project that delivers nothing, nor of one that has not begun."""
    office.portfolio.project(JF)
    office.portfolio.project("JF-253", municipalities=("253",), start="2017-02-01")
    office.portfolio.write_register()
    office.settle(2016, now=FIRST)
    for project in (JF, "JF-253"):
        with open_warehouse(office.home) as connection:
            one = read_explanation(connection, project, 2016, Moment.parse(THIRD))
        assert "\n\n\n" not in as_text(one)


def test_a_citizen_s_spells_say_what_they_gave(settled: Office) -> None:
    assert (explained(settled, citizen="Anna").citizen or {})["spells"][0]["type"] == "snusepraktik"
    told = as_text(explained(settled, citizen="Anna"))
    assert "forloeb.csv row 2: snusepraktik 2016-02-01 to 2016-02-05: gives nothing by itself" in told
    both = "gave the start of 2016-03-01 and the completion of 2016-05-30"
    assert f"forloeb.csv row 3: virksomhedspraktik 2016-03-01 to 2016-03-23: {both}" in told
    assert "forloeb.csv row 4: virksomhedspraktik 2016-03-29 to now: gave the completion of 2016-05-30" in told


def test_a_correction_names_the_rows_of_then_and_now(settled: Office) -> None:
    settled.release(2016, now=SECOND, waivers=[(JF, "P06", "seen on paper")])
    later = settled.portfolio.projects[0].delivery("2017-12-31")
    later.spell(later.citizen("Anna"), "2016-03-01", "2016-03-23")
    later.write(settled.inbox)
    settled.settle(2016, now=THIRD)
    one = explained(settled, at="2018-06-01T08:00")
    assert one.posted_dkk == sum(entry["amount_dkk"] for entry in one.ledger) == Decimal("23000.50")
    assert sum(cause["amount_dkk"] for cause in one.causes) == one.payable_dkk == 6_000 - Decimal("23000.50")
    told = as_text(one)
    assert "borgere Bent: 2016-12-31 row 3 -> not there; start 2016-04-01 -> none" in told
    assert "forloeb F3: row 4 virksomhedspraktik at 10000009 2016-03-29 to now -> not there" in told
    assert "udgifter U1: 2016-12-31 row 2 -> not there; wages 2016-05-31 -> none" in told


def test_a_citizen_who_is_no_longer_delivered_is_explained_by_what_was_taken_back(settled: Office) -> None:
    settled.release(2016, now=SECOND, waivers=[(JF, "P06", "seen on paper")])
    later = settled.portfolio.projects[0].delivery("2017-12-31")
    later.spell(later.citizen("Anna"), "2016-03-01", "2016-05-30")
    later.write(settled.inbox)
    settled.settle(2016, now=THIRD)
    one = explained(settled, citizen="Bent", at="2018-06-01T08:00")
    assert sum(part.amount_dkk for part in one.parts) == 0
    assert [[row["key"] for row in cause["rows"]] for cause in one.causes] == [["Bent"]]
    told = as_text(one)
    assert "Citizen Bent\n  not in the delivery that is in force\n" in told
    assert "borgere Bent: 2016-12-31 row 3 -> not there; start 2016-04-01 -> none" in told
    assert explained(settled, citizen="Anna", at="2018-06-01T08:00").causes == ()
    assert [cause["amount_dkk"] for cause in one.causes] == [-6_000], "Bent's part alone"


def test_a_spell_behind_a_start_and_a_completion_is_told_once(settled: Office) -> None:
    settled.release(2016, now=SECOND, waivers=[(JF, "P06", "seen on paper")])
    later = settled.portfolio.projects[0].delivery("2017-12-31")
    later.spell(later.citizen("Bent"), "2016-04-01", "2016-04-01")
    later.write(settled.inbox)
    settled.settle(2016, now=THIRD)
    one = explained(settled, citizen="Anna", at="2018-06-01T08:00")
    assert sum(cause["amount_dkk"] for cause in one.causes) == -16_000
    told = [line.strip() for line in as_text(one).splitlines() if line.strip().startswith("forloeb ")]
    assert len(told) == len(set(told)) == 4


def test_two_posted_years_have_their_own_entries_and_their_own_changed_spells(office: Office) -> None:
    """Anna starts two months later in 2016, and a spell of 2017 comes; Bent's of 2017 is gone with his of 2016."""
    project = office.portfolio.project(JF)
    delivery = project.delivery("2017-12-31")
    delivery.spell(delivery.citizen("Anna"), "2016-12-01", "2016-12-01")
    delivery.spell(delivery.citizen("Bent"), "2016-03-01", "2016-03-01")
    delivery.spell("Bent", "2017-03-01", "2017-03-01")
    delivery.write(office.inbox)
    for year, waivers in ((2016, []), (2017, [(JF, "P02", "seen on paper")])):
        office.settle(year, now="2018-02-15T08:00")
        office.release(year, now="2018-03-10T08:00", waivers=waivers)
    later = project.delivery("2018-04-30")
    later.spell(later.citizen("Anna"), "2017-02-01", "2017-02-01")
    later.spell(later.citizen("Bent"), "2017-03-01", "2017-03-01", forloeb_id="F3")
    later.spell("Bent", "2017-05-01", "2017-05-01", forloeb_id="F4")
    later.write(office.inbox)
    backfill(office, 2016, 2017, THIRD)
    for year, before, spells in ((2016, 12_000, {"F1", "F2"}), (2017, 0, {"F1", "F2", "F4"})):
        one = explained(office, year, at="2018-06-01T08:00")
        assert one.posted_dkk == before
        assert sum(cause["amount_dkk"] for cause in one.causes) == one.payable_dkk
        behind = [row for cause in one.causes for row in cause["rows"]]
        assert {spell["forloeb_id"] for row in behind for spell in row["spells"]} == spells
        assert explained(office, year, at="2018-02-20T08:00").ledger == ()


def test_one_citizen_s_object_has_nothing_of_the_project_s_money(settled: Office) -> None:
    found = as_object(explained(settled, citizen="Anna"))
    assert found["total_dkk"] == 16_000
    assert not {"money", "entitlement_dkk", "ledger", "posted_dkk", "payable_dkk"} & found.keys()
    assert "entitlement_dkk" in as_object(explained(settled))


def test_as_known_at_tells_the_earlier_draft(settled: Office) -> None:
    later = settled.portfolio.projects[0].delivery("2017-12-31")
    later.started(1, "2016-04-01")
    later.write(settled.inbox)
    settled.settle(2016, now=THIRD)
    assert explained(settled, at="2018-06-01T08:00").entitlement_dkk == 6_000
    assert explained(settled, at="2017-06-01T08:00").entitlement_dkk == Decimal("23000.50")


def test_parts_that_do_not_add_up_are_a_failure(settled: Office) -> None:
    with open_warehouse(settled.home) as connection:
        connection.execute("UPDATE draft_citizen_events SET start_dkk = 1 WHERE citizen_id = 'Bent'")
    with pytest.raises(InternalFailure, match="The parts come to 17001"):
        explained(settled)


@pytest.mark.parametrize(
    ("project", "year", "citizen", "error", "why"),
    [
        (JF, 2017, None, BusinessRefusal, "JF-187 has no draft of 2017: it has of 2016"),
        ("JF-1", 2016, None, InputError, "JF-1 is not in the draft of 2016"),
        (JF, 2016, "Erik", InputError, "There is no borger_id Erik in the delivery of JF-187"),
    ],
)
def test_what_can_not_be_explained(
    settled: Office, project: str, year: int, citizen: str | None, error: type[Exception], why: str
) -> None:
    with open_warehouse(settled.home) as connection, pytest.raises(error, match=why):
        read_explanation(connection, project, year, Moment.parse(THIRD), citizen)


def test_before_the_first_draft_a_later_moment_is_asked_for(settled: Office) -> None:
    """A draft that is made now is not one of then."""
    why = "JF-187 had no draft of 2016 by 2016-06-01 08:00:00 CEST: name a later moment, or leave --as-known-at out"
    with open_warehouse(settled.home) as connection, pytest.raises(BusinessRefusal, match=why):
        read_explanation(connection, JF, 2016, Moment.parse("2016-06-01T08:00"))


def test_a_year_outside_the_programme_is_wrong_input(settled: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["explain", JF, "2019", "--home", str(settled.home)]) == 2
    assert "2019 is outside the programme" in capsys.readouterr().err


def test_the_command(settled: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["explain", JF, "2016", "--home", str(settled.home), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["entitlement_dkk"] == "23000.50"
    assert sum(Decimal(part["amount_dkk"]) for part in told["parts"]) == Decimal("23000.50")
    assert command(["explain", JF, "2016", "--home", str(settled.home)]) == 0
    assert "Entitlement                              23.000,50   kr." in capsys.readouterr().out


def test_the_command_in_an_empty_home(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["explain", JF, "2016", "--home", str(office.home)]) == 1
    assert "Nothing was settled in" in capsys.readouterr().err
    assert not office.home.exists()

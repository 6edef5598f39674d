"""From a settlement's tables to the facts of its letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tasks.letters.facts import (
    Hold,
    LetterFacts,
    Netted,
    OtherDecision,
    OtherYear,
    PostedTo,
    RateLine,
    Refusal,
    Refused,
    UndecidedYear,
)
from tasks.letters.kind import Kind
from tasks.letters.read import read_letters
from tasks.letters.sums import require_sums
from tasks.letters.wording import word
from tasks.rules.model import load_rules
from tests.support.letter_tables import letter_tables

TODAY = date(2018, 2, 15)


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = letter_tables()
    yield connection
    connection.close()


def _letters(tables: duckdb.DuckDBPyConnection, year: int, **options: object) -> dict[str, LetterFacts]:
    read = read_letters(tables, load_rules(), year, letter_date=TODAY, **options)  # type: ignore[arg-type]
    return {facts.project_id: facts for facts in read}


def test_every_letter_adds_up_and_can_be_worded(tables: duckdb.DuckDBPyConnection) -> None:
    for year in (2016, 2017):
        for deadline in (None, date(2018, 3, 8)):
            letters = _letters(tables, year, reply_deadline=deadline)
            assert list(letters) == ["JF-100", "JF-187", "JF-190"]
            assert all("<h1>" in word(facts) for facts in letters.values())


def test_figures_of_the_year(tables: duckdb.DuckDBPyConnection) -> None:
    facts = _letters(tables, 2017)["JF-187"]
    assert facts.activity.starts == (RateLine(20, Decimal(6000)),)
    assert facts.activity.completions == (RateLine(58, Decimal(10000)),)
    assert facts.activity.granted_earlier_dkk == 880_000
    assert facts.fixed.granted_earlier_dkk == 400_000
    assert (facts.fixed.vouchers, facts.fixed.vouchers_cumulative) == (1, 2)
    assert (facts.posted_dkk, facts.payable_dkk) == (0, 1_010_000)
    assert (facts.lead.full_name, facts.lead.cvr) == ("Vallensbæk Kommune", "19583910")
    assert facts.members == ("Ishøj", "Vallensbæk")
    assert facts.as_of_date == date(2017, 12, 31)


def test_the_first_day_is_read_where_it_lies_after_the_year(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "UPDATE run.project_facts SET is_not_started = true, start_date = DATE '2018-01-02', as_of_date = NULL, "
        "participants = 0, controls = 0 WHERE project_id = 'JF-190'"
    )
    letters = _letters(tables, 2017)
    begins = {name: facts.begins_on for name, facts in letters.items()}
    assert begins == {"JF-100": None, "JF-187": None, "JF-190": date(2018, 1, 2)}
    told = word(letters["JF-190"])
    assert "Projektet begynder den 2. januar 2018." in told
    assert "bygger på jeres indberetning" not in told, "settlement.csv names no delivery for it"


@pytest.mark.parametrize(
    ("year", "project_id", "kind"),
    [
        (2017, "JF-187", Kind.UDBETALING),
        (2016, "JF-187", Kind.NUL),
        (2017, "JF-190", Kind.TILBAGEBETALING),
        (2017, "JF-100", Kind.NUL),
    ],
)
def test_kind(tables: duckdb.DuckDBPyConnection, year: int, project_id: str, kind: Kind) -> None:
    assert _letters(tables, year)[project_id].kind is kind
    draft = _letters(tables, year, reply_deadline=date(2018, 3, 8))[project_id]
    assert (draft.kind, draft.outcome) == (Kind.PARTSHOERING, kind)


def test_a_rate_that_changed_within_the_year_gives_two_lines(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "UPDATE run.citizen_events SET start_dkk = 7000, start_date = DATE '2017-07-01' WHERE citizen_id = 'B99'"
    )
    tables.execute(
        "UPDATE run.settlement SET gross_activity_dkk = 701000, gross_cumulative_dkk = 1581000 "
        "WHERE project_id = 'JF-187' AND year = 2017"
    )
    facts = _letters(tables, 2017)["JF-187"]
    assert facts.activity.starts == (RateLine(19, Decimal(6000)), RateLine(1, Decimal(7000)))
    require_sums(facts)


def test_rejected_registrations_by_rule(tables: duckdb.DuckDBPyConnection) -> None:
    facts = _letters(tables, 2017)["JF-187"]
    assert [(group.code, group.count, group.lost_dkk) for group in facts.rejected] == [
        ("S06", 2, 6000),
        ("S07", 1, 6000),
    ]
    assert all(group.reason and group.mend for group in facts.rejected)
    assert (facts.rejected_count, facts.rejected_lost_dkk) == (2, 6000)


def test_a_remark_on_a_rejected_row_is_no_reason_why_it_does_not_count(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("INSERT INTO run.quarantine VALUES ('forloeb', 7, 12, 'S11', 'remark')")
    facts = _letters(tables, 2017)["JF-187"]
    assert [group.code for group in facts.rejected] == ["S06", "S07"]
    assert (facts.rejected_count, facts.rejected_lost_dkk) == (2, 6000)


def test_what_costs_most_comes_first(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("INSERT INTO run.quarantine VALUES ('forloeb', 7, 2, 'S01', 'reject')")
    facts = _letters(tables, 2017)["JF-187"]
    assert [(group.code, group.lost_dkk) for group in facts.rejected] == [("S06", 6000), ("S07", 6000), ("S01", 0)]


def test_holds_of_the_project_and_the_portfolio(tables: duckdb.DuckDBPyConnection) -> None:
    letters = _letters(
        tables, 2017, waivers={("JF-187", "P01"): "Lille projekt.", ("PORTFOLIO", "B01"): "Rammen er hævet."}
    )
    assert letters["JF-187"].holds == (
        Hold("P01", "Andelene afviger.", "Lille projekt."),
        Hold("B01", "Rammen er brugt.", "Rammen er hævet."),
    )
    assert letters["JF-190"].holds == (Hold("B01", "Rammen er brugt.", "Rammen er hævet."),)
    assert letters["JF-100"].holds == (), "it has no delivery, and its own holds alone"
    assert _letters(tables, 2017)["JF-187"].holds[0] == Hold("P01", "Andelene afviger.", "")


def test_a_draft_asks_for_what_ends_a_hold_where_the_municipality_can(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("UPDATE run.violations SET code = 'P15' WHERE code = 'P03'")
    tables.execute("UPDATE run.violations SET severity = 'hold' WHERE code = 'P15'")
    tables.execute(
        "INSERT INTO run.violations SELECT * REPLACE (unnest(['P02', 'P04', 'P06', 'P07', 'P08']) AS code) "
        "FROM run.violations WHERE code = 'P01'"
    )
    tables.execute(
        "CREATE OR REPLACE TABLE run.project_holds AS SELECT project_id, code, severity AS action "
        "FROM run.violations WHERE severity = 'hold'"
    )
    facts = _letters(tables, 2017, reply_deadline=date(2018, 3, 8))["JF-187"]
    mends = {hold.code: hold.mend for hold in facts.holds}
    assert list(mends) == ["P01", "P02", "P04", "P06", "P07", "P08", "P15", "B01"]
    assert {code for code, mend in mends.items() if mend} == {"P01", "P02", "P15"}
    asked = word(facts).partition("<h2>Det skal I gøre</h2>")[2].partition("<h2>")[0]
    assert "Skriv datoer som dd-mm-åååå og beløb som 1.234,56 i hele kolonnen, og aflevér igen." in asked
    assert not any(hold.mend for hold in _letters(tables, 2017)["JF-187"].holds), "a decision asks for nothing"


def test_a_refused_delivery_is_told_with_what_refuses_it(tables: duckdb.DuckDBPyConnection) -> None:
    letters = _letters(tables, 2017)
    assert letters["JF-187"].refused is None, "its delivery is in force"
    mend = "Brug kolonnenavnene fra skabelonen (jobfirst template) i filens første række."
    assert letters["JF-100"].refused == Refused(
        1, (Refusal("2017-12-31", "F03", ("borgere.csv: kolonnen ydelse mangler",), 0, mend),), 0
    )


def test_many_reasons_of_refusal_are_counted(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("INSERT INTO core_faults SELECT 1, n, 'F03', 'sted ' || n, '' FROM range(2, 6) AS r (n)")
    tables.execute(
        "INSERT INTO run.reported_receipts SELECT 'JF-100', '2018-0' || n, n, false FROM range(3, 9) AS r (n)"
    )
    tables.execute("INSERT INTO core_faults SELECT n, 0, 'F05', 'dato ' || n, '' FROM range(3, 9) AS r (n)")
    facts = _letters(tables, 2017)["JF-100"]
    assert facts.refused is not None
    assert (facts.refused.deliveries, len(facts.refused.reasons), facts.refused.more_reasons) == (7, 5, 2)
    first = facts.refused.reasons[0]
    assert (first.places, first.more_places) == (("borgere.csv: kolonnen ydelse mangler", "sted 2", "sted 3"), 2)
    html = word(facts)
    assert "kolonnen ydelse mangler; sted 2; sted 3; og 2 til (F03)." in html
    assert "Der er 2 grunde mere. Dem kan I få hos os." in html


def test_causes(tables: duckdb.DuckDBPyConnection) -> None:
    assert [cause.amount_dkk for cause in _letters(tables, 2017)["JF-190"].causes] == [-6000]
    assert _letters(tables, 2016)["JF-190"].causes == ()


def test_a_draft_names_the_other_years_that_are_decided_with_it(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "INSERT INTO run.every_year SELECT * FROM run.settlement WHERE year = 2017; "
        "INSERT INTO run.other_years_posted (project_id, year, component, posted_dkk) VALUES "
        "('JF-187', 2017, 'activity', 560500), ('JF-187', 2017, 'fixed', 449499.50), ('JF-100', 2017, 'fixed', 0), "
        "('JF-190', 2017, 'activity', 5000), ('JF-190', 2017, 'fixed', 1000)"
    )
    drafts = _letters(tables, 2016, reply_deadline=date(2018, 3, 8))
    assert drafts["JF-187"].other_years == (OtherYear(2017, Decimal(1_010_000), Decimal("1009999.50")),)
    assert drafts["JF-187"].all_years_dkk == Decimal("0.50")
    assert drafts["JF-100"].other_years == ()
    assert drafts["JF-190"].other_years == (), "its components differ, its amount does not"
    assert _letters(tables, 2016)["JF-187"].other_years == (), "a decision is added up with the other"


def test_whom_the_money_went_to_is_told_where_the_lead_has_changed(tables: duckdb.DuckDBPyConnection) -> None:
    def told(year: int, **options: object) -> LetterFacts:
        return _letters(tables, year, **options)["JF-187"]

    ishoej, vallensbaek = "Ishøj Kommune", "Vallensbæk Kommune"
    assert told(2016).posted_to == (), "all went to the present lead"
    tables.execute("UPDATE run.posted SET lead_municipality = '183' WHERE component = 'fixed' AND year = 2016")
    assert told(2016).posted_to == (PostedTo(ishoej, Decimal(400_000)), PostedTo(vallensbaek, Decimal(880_000)))
    assert told(2017).posted_to == (), "another year's money is not this year's"
    tables.execute("UPDATE run.posted SET lead_municipality = '183' WHERE year = 2016")
    assert told(2016).posted_to == (PostedTo(ishoej, Decimal(1_280_000)),)
    tables.execute(
        "INSERT INTO run.every_year SELECT * FROM run.settlement WHERE year = 2016; "
        "INSERT INTO run.other_years_posted FROM run.posted WHERE year = 2016; "
        "INSERT INTO run.other_years_posted VALUES ('JF-187', 2016, 'fixed', -1000, '187'); "
    )
    (other,) = told(2017, reply_deadline=date(2018, 3, 8)).other_years
    assert other.posted_to == (PostedTo(ishoej, Decimal(1_280_000)), PostedTo(vallensbaek, Decimal(-1000)))
    tables.execute("UPDATE run.posted SET lead_municipality = NULL WHERE component = 'fixed' AND year = 2016")
    assert told(2016).posted_to == (), "where no draft remembers it, nobody is named"


def test_only_a_decision_on_repayment_tells_how_to_pay_back(tables: duckdb.DuckDBPyConnection) -> None:
    rules = load_rules()
    rules = rules.model_copy(update={"letters": rules.letters.model_copy(update={"repayment_guidance": "Betal nu."})})
    for deadline, told in ((None, {Kind.TILBAGEBETALING}), (date(2018, 3, 8), set())):
        letters = read_letters(tables, rules, 2017, letter_date=TODAY, reply_deadline=deadline)
        assert {facts.kind for facts in letters if facts.texts.repayment_guidance} == told
        assert all(word(facts) for facts in letters)


def test_what_a_municipality_is_paid_or_asked_for_in_one_amount_decides_which_guidance_it_gets(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    rules = load_rules()
    guidance = {"repayment_guidance": "Betal nu.", "payment_guidance": "I får pengene."}
    rules = rules.model_copy(update={"letters": rules.letters.model_copy(update=guidance)})

    def told(project_id: str, netted: Netted | None = None) -> tuple[str, str]:
        together = {(project_id, 2017): netted} if netted else None
        (facts,) = read_letters(tables, rules, 2017, letter_date=TODAY, projects={project_id}, netted=together)
        return facts.texts.payment_guidance, facts.texts.repayment_guidance

    assert told("JF-187") == ("I får pengene.", "")
    assert told("JF-190") == ("", "Betal nu.")
    assert told("JF-100") == ("", ""), "nothing is paid and nothing asked for"
    less, more = (OtherDecision("JF-1", 2017, Decimal(amount)) for amount in (-2_000_000, 10_000))
    assert told("JF-187", Netted((less,), Decimal(-990_000))) == ("", "Betal nu.")
    assert told("JF-190", Netted((more,), Decimal(4_000))) == ("I får pengene.", "")
    assert told("JF-190", Netted((more,), Decimal(0))) == ("", "")


def test_a_repayment_names_the_years_before_that_nobody_has_decided(tables: duckdb.DuckDBPyConnection) -> None:
    def named(year: int, netted: Netted | None = None) -> tuple[UndecidedYear, ...]:
        together = {("JF-190", year): netted} if netted else None
        return _letters(tables, year, netted=together)["JF-190"].undecided

    assert named(2017) == (), "2016 gives nothing"
    tables.execute("UPDATE run.settlement SET entitlement_dkk = 500 WHERE project_id = 'JF-190' AND year = 2016")
    assert named(2017) == (UndecidedYear(2016, Decimal(500)),)
    assert named(2016) == (), "its own year is no year before, and it is no repayment"
    of_run = Netted((OtherDecision("JF-190", 2016, Decimal(500)),), Decimal(-5_500))
    assert named(2017, of_run) == (), "the same release decides it"
    tables.execute("INSERT INTO run.posted VALUES ('JF-190', 2016, 'activity', 400, '190')")
    assert named(2017) == (), "it was decided, whatever it gives now"


def test_only_the_projects_asked_for(tables: duckdb.DuckDBPyConnection) -> None:
    assert list(_letters(tables, 2017, projects={"JF-190"})) == ["JF-190"]

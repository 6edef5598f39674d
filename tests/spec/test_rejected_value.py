"""What a rejected row would have given, had it alone counted: whether a municipality is heard rests on it.

A case changes some cells of a row without errors (rule_world) of a project that starts on 1 February 2016, and enrols
citizens until 31 January 2017. A start gives 6 000 kr., a completion 10 000 kr.; None can't be computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tasks.settlement.compute import compute_events
from tasks.warehouse.statements import execute
from tests.support.rule_world import Case, Judged, Row, judged_world

START, COMPLETION = Decimal(6000), Decimal(10000)
BOTH = START + COMPLETION
UNKNOWN_MUNICIPALITY = {"kommunekode": "999"}
TOO_MANY_HOURS = {"ordinaere_timer_pr_uge": "61"}
UNREADABLE = {"forloeb_id": "F-2", "slutdato": "løbende"}
REJECTED_SECOND = TOO_MANY_HOURS | {"forloeb_id": "F-2"}
NINETY_DAYS = {"slutdato": "29-06-2016"}

Values = dict[tuple[str, int], Decimal | None]


def case(says: str, borger: Row, *spells: Row, **facts: str) -> Case:
    """Give a citizen, row 2 of borgere, and their spells, from row 2 of forloeb on."""
    return Case("", says, spells, ("",) * len(spells), "forloeb", borgere=(borger,), **facts)


def enrolled(says: str, day: str, spell: str, as_of: str = "2017-06-30") -> Case:
    """Give a citizen of an unknown municipality, enrolled on a day, with a spell of one day."""
    borger = UNKNOWN_MUNICIPALITY | {"visitationsdato": day}
    return case(says, borger, {"startdato": spell, "slutdato": spell}, as_of=as_of)


def expense(says: str, amount: str, **changed: str) -> Case:
    """Give an expense, row 2 of udgifter, that is rejected as a statutory task."""
    return Case("", says, ({"beloeb": amount, "lovpligtig": "ja"} | changed,), ("",), "udgifter")


def citizen(lost_dkk: Decimal | int | None) -> Values:
    """Give the value of the citizen's row; that of the spell, which comes with it, is nothing."""
    return {("borgere", 2): None if lost_dkk is None else Decimal(lost_dkk), ("forloeb", 2): Decimal(0)}


def spell(lost_dkk: Decimal | int | None, row_no: int = 2) -> Values:
    """Give the value of a spell's row."""
    return {("forloeb", row_no): None if lost_dkk is None else Decimal(lost_dkk)}


CASES: list[tuple[Case, Values]] = [
    # A spell from before the enrolment gives nothing, where the day of enrolment is a possible one.
    (enrolled("a spell on the day before the enrolment", "15-03-2016", "14-03-2016"), citizen(0)),
    (enrolled("a spell on the day of enrolment", "15-03-2016", "15-03-2016"), citizen(START)),
    (enrolled("enrolled the day before the project starts", "31-01-2016", "30-01-2016"), citizen(START)),
    (enrolled("enrolled on the day on which the project starts", "01-02-2016", "31-01-2016"), citizen(0)),
    (enrolled("enrolled on the window's last day", "31-01-2017", "30-01-2017"), citizen(0)),
    (enrolled("enrolled the day after the window's last day", "01-02-2017", "31-01-2017"), citizen(START)),
    (enrolled("enrolled on the as-of date", "30-06-2016", "29-06-2016", "2016-06-30"), citizen(0)),
    (enrolled("enrolled the day after the as-of date", "01-07-2016", "30-06-2016", "2016-06-30"), citizen(START)),
    # The citizen's correction brings the spells that nothing else rejects.
    (case("a spell that is rejected for its citizen alone", UNKNOWN_MUNICIPALITY, {}), citizen(BOTH)),
    (case("a spell that another rule rejects too", UNKNOWN_MUNICIPALITY, TOO_MANY_HOURS), citizen(0)),
    (case("a citizen without an id", {"borger_id": ""}), {("borgere", 2): None}),
    (case("a control", UNKNOWN_MUNICIPALITY | {"gruppe": "kontrol"}, {}), citizen(0)),
    (case("a citizen of an unknown arm", {"gruppe": "reserve"}, {}), citizen(None)),
    (case("a citizen without a day of enrolment", {"visitationsdato": ""}, {}), citizen(None)),
    # A spell of 91 days completes on its last day.
    (case("90 days", {}, TOO_MANY_HOURS | {"slutdato": "29-06-2016"}), spell(START)),
    (case("91 days", {}, TOO_MANY_HOURS), spell(BOTH)),
    # What the citizen has without the spell is not lost.
    (case("before the start", {}, NINETY_DAYS, REJECTED_SECOND | {"startdato": "16-03-2016", "slutdato": "17-03-2016"}),
     spell(0, 3)),
    (case("after the start", {}, NINETY_DAYS, REJECTED_SECOND | {"startdato": "01-07-2016", "slutdato": "01-07-2016"}),
     spell(0, 3)),
    (case("the 91st day", {}, NINETY_DAYS, REJECTED_SECOND | {"startdato": "30-06-2016"}), spell(COMPLETION, 3)),
    (case("after the completion", {}, {}, REJECTED_SECOND | {"startdato": "01-07-2016", "slutdato": "31-12-2016"}),
     spell(0, 3)),
    # A credit note would have given nothing.
    (expense("wages", "35.000,00"), {("udgifter", 2): Decimal(35_000)}),
    (expense("a credit note", "-35.000,00"), {("udgifter", 2): Decimal(0)}),
    (expense("another category", "35.000,00", kategori="materiale"), {("udgifter", 2): Decimal(0)}),
    # What can't be read may give what the citizen does not have yet.
    (case("unreadable, the only spell", {}, UNREADABLE), spell(None)),
    (case("unreadable, after a start", {}, {"slutdato": "29-06-2016"}, UNREADABLE), spell(None, 3)),
    (case("unreadable, after a completion", {}, {}, UNREADABLE), spell(0, 3)),
    (case("unreadable, of a control", {"gruppe": "kontrol"}, UNREADABLE), spell(0)),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    with judged_world([case for case, _ in CASES], tmp_path_factory.mktemp("rejected")) as world:
        compute_events(world.connection)
        yield world


@pytest.mark.parametrize(("case", "values"), CASES, ids=[case.says for case, _ in CASES])
def test_a_rejected_row_would_have_given(judged: Judged, case: Case, values: Values) -> None:
    found = judged.connection.execute(
        "SELECT table_name, row_no, lost_dkk FROM run.rejected_value WHERE delivery_no = $delivery_no",
        {"delivery_no": judged.places[str(case)]},
    ).fetchall()
    assert {(table, row_no): lost_dkk for table, row_no, lost_dkk in found} == values


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, (Decimal(7000), Decimal(11000))), (0, (Decimal(7000), Decimal(11000))), (1, (START, COMPLETION))],
    ids=["the day before", "on the day", "the day after"],
)
def test_the_rate_is_that_of_the_day_of_the_start_and_of_the_completion(
    judged: Judged, days: int, expected: tuple[Decimal, Decimal]
) -> None:
    """Other rates hold from so many days after the start, 1 April 2016, and after the completion, 30 June 2016."""
    numbers = {case.says: judged.places[str(case)] for case, _ in CASES}
    opened = judged.connection
    opened.begin()
    try:
        opened.execute(
            """
            CREATE OR REPLACE TABLE run.rates AS
            SELECT rate, valid_from, valid_to, amount_dkk::DECIMAL(18, 2) AS amount_dkk
            FROM (VALUES
                ('start', DATE '2016-01-01', DATE '2016-04-01' + $days::INTEGER - 1, 6000),
                ('start', DATE '2016-04-01' + $days::INTEGER, DATE '2017-12-31', 7000),
                ('completion', DATE '2016-01-01', DATE '2016-06-30' + $days::INTEGER - 1, 10000),
                ('completion', DATE '2016-06-30' + $days::INTEGER, DATE '2017-12-31', 11000)
            ) AS r (rate, valid_from, valid_to, amount_dkk)
            """,
            {"days": days},
        )
        for name in ("citizen_events", "rejected_value"):
            execute(opened, f"settlement/{name}")
        paid = opened.execute(
            "SELECT start_dkk, completion_dkk FROM run.citizen_events WHERE delivery_no = $delivery_no",
            {"delivery_no": numbers["unreadable, after a completion"]},
        ).fetchall()
        lost = opened.execute(
            "SELECT lost_dkk FROM run.rejected_value WHERE delivery_no = $delivery_no",
            {"delivery_no": numbers["91 days"]},
        ).fetchall()
    finally:
        opened.rollback()
    assert (paid, lost) == ([expected], [(sum(expected),)])

"""A project's years move together (P12): no release leaves the ledger between two states of the registrations."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from flows import settle
from flows.commands import backfill as backfill_command
from flows.commands.release import as_text
from flows.commands.settle import as_object
from flows.commands.settle import as_text as settled_as_text
from flows.commands.status import status_of
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.release.command import release_command
from tasks.release.signature import APPROVERS
from tasks.release.text import plan_as_text
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill
from tests.support.files import read_rows
from tests.support.portfolio import Project
from tests.support.releasing import JF, OTHER, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

FIRST, SECOND, LATER, LAST = "2017-02-15T08:00", "2017-03-10T08:00", "2018-02-15T08:00", "2018-03-10T08:00"
WRITE_DRAFT_LETTERS = settle.write_draft_letters
CAP, FIXED_MAX = Decimal(1_440_000), Decimal(850_000)


def write(office: Office, project: Project, as_of: str, *, completed_2016: int, wages_2016: str) -> None:
    """Deliver 100 participants: some completed in 2016, and, in a delivery of 2017, the rest in 2017."""
    delivery = project.delivery(as_of)
    delivery.completed(completed_2016, "2016-03-01", "2016-09-30", "of 2016 ")
    delivery.wages("2016-05-31", wages_2016)
    if as_of > "2017":
        delivery.completed(42, "2017-01-16", "2017-06-30", "of 2017 ")
        delivery.wages("2017-05-31", "900.000,00")
    for number in range(100 - len(delivery.borgere)):
        delivery.citizen(f"no spell {number}")
    for number in range(100):
        delivery.citizen(f"control {number}", gruppe="kontrol")
    delivery.write(office.inbox)


def corrected(office: Office) -> None:
    """Release 2016; then two of its citizens are gone, its wages lower, and 2017 is settled."""
    project = office.portfolio.project(JF, target=100)
    write(office, project, "2016-12-31", completed_2016=60, wages_2016="400.000,50")
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    write(office, project, "2017-12-31", completed_2016=58, wages_2016="385.000,00")


def offered(office: Office, at: str) -> list[str]:
    """Give the releases that status offers at a moment."""
    moment = Moment.parse(at)
    due = status_of(office.home, moment, moment).due
    return [one.command for one in due if one.command.startswith("jobfirst release")]


def sums(office: Office, project_id: str = JF) -> tuple[Decimal, Decimal]:
    """Give the ledger's sums of activity and fixed grant over all years."""
    of = [
        sum((one[4] for one in office.posted() if one[0] == project_id and one[2] == component), Decimal(0))
        for component in ("activity", "fixed")
    ]
    return of[0], of[1]


def test_no_year_is_released_alone_where_the_cap_would_break(office: Office) -> None:
    """Alone, 2017 would make 1 472 000 kr. of a cap of 1 440 000, and 865 000,50 kr. of a limit of 850 000."""
    begun(office, corrected)
    summary = office.settle(2017, now=LATER)
    assert summary.holds == {JF: ["P12"]}
    (row,) = read_rows(office.out(2017) / "settlement.csv")
    assert (row["status"], row["holds"], row["payable"]) == ("hold", "P12", "977000.00")
    (violation,) = [one for one in read_rows(office.out(2017) / "violations.csv") if one["code"] == "P12"]
    assert "`jobfirst" not in violation["message_en"]
    assert "jobfirst backfill 2016 2017, then jobfirst release 2016 2017" in violation["message_en"]
    assert "Det bogførte for 2016 er et andet beløb" in violation["message_da"]

    released = office.release(2017, now=LAST)
    (year,) = released.years
    assert (year.run, year.held, year.apart) == (None, {JF: ["P12"]}, {JF: (2016, 2017)})
    assert "`jobfirst backfill 2016 2017`, then `jobfirst release 2016 2017 --draft ...`" in as_text(released)
    assert sums(office) == (960_000, Decimal("400000.50"))

    with pytest.raises(BusinessRefusal, match=r"JF-187: nothing is released.*`jobfirst backfill 2016 2017`"):
        office.release(2017, now=LAST, projects=[JF])
    with pytest.raises(BusinessRefusal, match=r"P12 can't be waived"):
        office.release(2017, now=LAST, waivers=[(JF, "P12", "Vi ved bedre end systemet.")])


def test_a_backfill_of_one_year_names_the_years_that_its_draft_waits_for(office: Office) -> None:
    begun(office, corrected)
    for moment in (LATER, LAST):
        done = backfill(office, 2017, 2017, moment)
        told = backfill_command.as_text(done)
        assert "Next: jobfirst backfill 2016 2017, since the years can't be released one by one (P12)" in told
        assert "jobfirst release" not in told
    assert [one.year for one in done.stood] == [2017], "the second time, the draft of the first is there"


def test_both_years_released_together_fill_the_cap_and_no_more(office: Office) -> None:
    begun(office, corrected)
    office.settle(2017, now=LATER)
    done = backfill(office, 2016, 2017, LATER)
    assert [one.holds for one in done.drafted] == [{}], "nothing of 2017 is posted yet that 2016 could miss"
    assert [one.holds for one in done.stood] == [{JF: ["P12"]}], "2017 stands as it was settled"
    plan = office.plan(2016, 2017, now=LAST)
    released = office.release(2016, 2017, now=LAST)
    assert (plan.to_pay_dkk, plan.to_repay_dkk) == (Decimal("929999.50"), 0), "977 000 of 2017, less 47 000,50 of 2016"
    left = [(one.year, one.cap_left_dkk) for year in plan.years for one in year.projects]
    assert left == [(2016, 512_000), (2017, 0)], "58 of 100 have both amounts of 16 000 in 2016; the cap is 1 440 000"
    assert (released.to_pay_dkk, released.to_repay_dkk) == (plan.to_pay_dkk, 0)
    assert [year.held for year in released.years] == [{}, {}]
    assert sums(office) == (CAP, FIXED_MAX)
    again = office.release(2016, 2017, now="2018-03-11T08:00")
    assert [year.run for year in again.years] == [None, None]

    write(office, office.portfolio.projects[0], "2018-04-30", completed_2016=59, wages_2016="400.000,50")
    done = backfill(office, 2016, 2017, "2018-05-01T08:00")
    assert [one.holds for one in done.drafted] == [{JF: ["P12"]}] * 2
    assert list(done.findings) == ["H01", "H02", "H03"]
    command = release_command({one.year: one.fingerprint for one in done.drafted}, done.findings)
    assert offered(office, "2018-05-01T08:00") == [command], "also what no draft alone would ask for"
    (office.home / APPROVERS).touch()
    assert offered(office, "2018-05-01T08:00") == [f"{command} --signature FILE"]
    assert backfill_command.as_text(done, is_signed=True).splitlines()[-2].endswith(f"{command} --signature FILE")
    (office.home / APPROVERS).unlink()
    for year in (2016, 2017):
        with pytest.raises(BusinessRefusal, match="`jobfirst backfill 2016 2017`"):
            office.release(year, now="2018-05-02T08:00", projects=[JF])
    released = office.release(2016, 2017, now="2018-05-02T08:00")
    assert [len(year.decided) or year.run is not None for year in released.years] == [True, True]
    assert sums(office) == (CAP, FIXED_MAX)


def test_the_others_are_released_and_the_rest_follows(office: Office) -> None:
    begun(office, corrected)
    other = office.portfolio.project(OTHER, municipalities=("253",))
    deliver(office.inbox, other, starts=2, as_of="2017-12-31")
    office.portfolio.write_register()
    backfill(office, 2016, 2017, LATER)
    waivers = [(OTHER, "P02", "Projektet er lille.")]
    (year,) = office.release(2017, now=LAST, waivers=waivers).years
    assert ([one.project_id for one in year.decided], year.held) == ([], {JF: ["P12"]})
    assert sums(office, OTHER) == (0, 0), "its 2017 was decided with nothing to pay"
    assert {one[:2] for one in office.posted()} == {(JF, 2016), (OTHER, 2017)}
    office.release(2016, 2017, now="2018-03-11T08:00", waivers=waivers)
    assert sums(office) == (CAP, FIXED_MAX)


def test_what_holds_the_other_year_is_named_with_the_waiver_that_ends_it(office: Office) -> None:
    """The years are together already: to draft them once more would change nothing."""
    project = office.portfolio.project(JF)
    for as_of, of_2016, of_2017, at in (("2017-12-31", 3, 1, LATER), ("2018-03-01", 2, 2, "2018-04-01T08:00")):
        delivery = project.delivery(as_of)
        for number in range(20):
            delivery.citizen(f"W{number}")
        delivery.started(of_2016, "2016-03-01")
        delivery.started(of_2017, "2017-03-01", "T")
        delivery.write(office.inbox)
        office.portfolio.write_register()
        backfill(office, 2016, 2017, at)
        if as_of == "2017-12-31":
            office.release(2016, 2017, now=LAST, waivers=[(JF, "P02", "Projektet er lille.")])
    ends = f"{JF}: 2016 waits for 2017, which is on hold by P02: waive {JF}:P02, or mend it and draft the years again."
    at = "2018-04-02T08:00"
    released = office.release(2016, 2017, now=at)
    assert released.plan is not None
    assert [one.run for one in released.years] == [None, None]
    for text in (plan_as_text(released.plan), as_text(released)):
        assert f"  P12: {ends}\n" in text
        assert "jobfirst backfill" not in text
    with pytest.raises(BusinessRefusal, match=re.escape(ends)):
        office.release(2016, 2017, now=at, projects=[JF])
    office.monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert f"{JF}: 2016 venter på 2017, som er i bero efter P02: fravig {JF}:P02" in as_text(released)
    done = office.release(2016, 2017, now=at, waivers=[(JF, "P02", "Projektet er lille.")])
    assert [one.held for one in done.years] == [{}, {}]


def test_where_no_project_delivers_text_and_json_know_no_sum(office: Office) -> None:
    office.portfolio.project(JF)
    office.portfolio.write_register()
    summary = office.settle(2016, now=FIRST)
    told = settled_as_text(summary, is_replay=False)
    assert [line.split()[-1] for line in told.splitlines() if re.match("  (Entitlement|Payable) ", line)] == [
        "unknown",
        "unknown",
    ]
    sums = ("entitlement_dkk", "payable_dkk", "held_dkk")
    assert [as_object(summary)[name] for name in sums] == [None, None, None]


def test_a_project_that_starts_later_is_not_asked(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    office.portfolio.project(OTHER, start="2017-02-01", municipalities=("253",), target=50)
    summary = office.settle(2016, now=FIRST)
    assert (summary.missing, summary.holds, summary.to_decide, summary.first_letters) == (0, {}, 1, 1)
    assert "Projects                        2   (0 without an accepted delivery, 1 not begun)" in settled_as_text(
        summary, is_replay=False
    )
    row = read_rows(office.out(2016) / "settlement.csv")[1]
    told_of = {name: value for name, value in row.items() if value not in {"0", "0.00", ""}}
    assert told_of == {
        "year": "2016",
        "project_id": OTHER,
        "lead_municipality": "253",
        "status": "not_started",
        "target_participants": "50",
        "cap": "720000.00",
    }
    assert [one for one in read_rows(office.out(2016) / "violations.csv") if one["project_id"] == OTHER] == []
    (year,) = office.release(2016, now=SECOND).years
    assert (year.held, {one[0] for one in office.posted()}) == ({}, {JF})
    with pytest.raises(InputError, match="--project JF-253"):
        office.release(2016, now=SECOND, projects=[OTHER])


def test_what_was_posted_comes_back_where_the_start_is_moved_to_a_later_year(office: Office) -> None:
    project = office.portfolio.project(JF)
    office.portfolio.project(OTHER, start="2017-02-01", municipalities=("253",), target=50)
    deliver(office.inbox, project, starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    assert offered(office, SECOND) == [], "what starts later is not waited for"

    project.start = "2017-01-02"
    office.portfolio.write_register()
    delivery = project.delivery("2017-12-31")
    for number in range(15):
        delivery.citizen(f"W{number}", visitationsdato="2017-01-03")
    delivery.started(2, "2017-02-01")
    delivery.write(office.inbox)
    again = office.settle(2016, now=LATER)
    assert (again.to_decide, again.participants, again.controls) == (1, 0, 0)
    row = next(row for row in read_rows(office.out(2016) / "settlement.csv") if row["project_id"] == JF)
    assert (row["status"], row["delivery_as_of"], row["participants"]) == ("not_started", "", "0")
    with open_warehouse(office.home) as connection:
        kept = "SELECT status, participants, controls FROM draft_projects WHERE project_id = ? ORDER BY draft_no DESC"
        assert connection.execute(kept, [JF]).fetchone() == ("not_started", 0, 0), "what an export says of the draft"
    done = backfill(office, 2016, 2017, LATER)
    assert [one.to_decide for one in (*done.stood, *done.drafted)] == [1, 2]
    assert len(offered(office, LATER)) == 1
    released = office.release(2016, 2017, now=LAST, projects=[JF])
    assert [year.held for year in released.years] == [{}, {}]
    of_years = {(one[1], one[4]) for one in office.posted() if one[2] == "activity"}
    assert of_years == {(2016, 12_000), (2016, -12_000), (2017, 12_000)}
    assert office.settle(2016, now="2018-04-01T08:00").to_decide == 0


def test_the_rest_follows_where_a_waiver_of_one_year_would_end_a_hold_of_the_other(office: Office) -> None:
    """What was released of one draft doesn't change what the other gives: P14 is waived in both, once and for all."""
    project, other = office.portfolio.project(JF), office.portfolio.project(OTHER, municipalities=("253",))
    for one in (project, other):
        deliver(office.inbox, one, starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    for one, waiting in ((project, 5), (other, 15)):
        delivery = one.delivery("2017-12-31")
        for number in range(waiting):
            delivery.citizen(f"W{number}")
        delivery.started(3, "2016-03-01")
        delivery.started(1, "2017-03-01", "T")
        delivery.write(office.inbox)
    done = backfill(office, 2016, 2017, LATER)
    assert [one.holds[JF] for one in done.drafted] == [["P14"], ["P02", "P12", "P14"]]

    few = "Projektet er lille."
    waivers = [(JF, "P14", "Ti borgere er trukket tilbage."), (JF, "P02", few)]
    office.release(2016, 2017, now=LAST, projects=[JF], waivers=waivers)
    rest = office.release(2016, 2017, now="2018-03-11T08:00", waivers=[(OTHER, "P02", few)])
    assert [year.held for year in rest.years] == [{}, {}]
    assert {one[:2] for one in office.posted()} == {(one, year) for one in (JF, OTHER) for year in (2016, 2017)}
    again = office.release(2016, 2017, now="2018-03-12T08:00", projects=[JF], waivers=waivers)
    assert [year.run for year in again.years] == [None, None]


def test_a_project_whose_year_stands_as_posted_gets_no_hearing_letter(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    jf = office.portfolio.project(JF)
    deliver(office.inbox, jf, starts=2)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    deliver(office.inbox, jf, starts=1, as_of="2017-01-31")
    monkeypatch.setattr(settle, "write_draft_letters", WRITE_DRAFT_LETTERS)
    backfill(office, 2016, 2016, "2017-04-01T08:00")
    assert [letter.stem for letter in (office.out(2016) / "letters").glob("*.pdf")] == [JF]

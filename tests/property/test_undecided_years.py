"""Letters, plan and status agree on which earlier years nothing has decided, of a year that asks money back.

Each reads it of its own: the letters from `run.payable`, the plan from what the state gives and the ledger holds, the
status from what the draft remembers (sql/letters/projects.sql, tasks/release/plan.py, sql/status/drafts.sql).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.commands.status import status_of
from flows.release_choosing import look_ahead
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.handover.recipient import payees_of
from tasks.letters.read import read_letters
from tasks.letters.task import draft_letters
from tasks.release.approval import WaivedHold, approve
from tasks.release.netting import netted
from tasks.release.plan import amounts_of
from tasks.release.signature import APPROVERS
from tasks.rules.model import load_rules
from tasks.validation.catalogue import TOGETHER
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, without_papers
from tests.support.portfolio import Portfolio, Project
from tests.support.releasing import BO, JF, OTHER, Office
from tests.support.settling import call_tasks_plainly

FIRST, SECOND, THIRD, LATER, LAST = (
    "2018-02-15T08:00",
    "2018-03-10T08:00",
    "2018-04-15T08:00",
    "2018-05-01T08:00",
    "2018-05-10T08:00",
)
REASON = "Set på papir."


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office over two projects, of which the other asks nothing back."""
    call_tasks_plainly(monkeypatch)
    without_papers(monkeypatch)
    return Office(Portfolio(tmp_path), monkeypatch)


def deliver(
    office: Office, project: Project, of_2016: str, of_2017: str, as_of: str = "2017-12-31", *, many: bool = True
) -> None:
    """Deliver a project's wages of two years, and citizens who wait: not so `many` where most of them are gone."""
    delivery = project.delivery(as_of)
    for number in range(100 if many else 15):
        delivery.citizen(f"W{number}")
        delivery.citizen(f"K{number}", gruppe="kontrol")
    for day, amount in (("2016-05-31", of_2016), ("2017-05-31", of_2017)):
        if amount:
            delivery.wages(day, amount)
    delivery.write(office.inbox)


def begin(office: Office, of_2016: str = "1.234,00", of_2017: str = "-1.401,66") -> None:
    """Deliver: with these wages, 2017 asks back what 2016 gives."""
    deliver(office, office.portfolio.project(JF), of_2016, of_2017)
    deliver(office, office.portfolio.project(OTHER, municipalities=("253",)), "500,00", "700,00")
    office.portfolio.write_register()


def correct(office: Office, of_2016: str, of_2017: str) -> None:
    """Deliver the project anew."""
    deliver(office, office.portfolio.projects[0], of_2016, of_2017, as_of="2018-03-31")


def nothing_settled(office: Office) -> None:
    begin(office)
    office.settle(2017, now=FIRST)


def draft_standing(office: Office) -> None:
    begin(office)
    for year in (2016, 2017):
        office.settle(year, now=FIRST)


def released_before(office: Office) -> None:
    begin(office)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    office.settle(2017, now=THIRD)


def released_after_the_draft(office: Office) -> None:
    draft_standing(office)
    office.release(2016, now=SECOND)


def released_for_another_project(office: Office) -> None:
    draft_standing(office)
    office.release(2016, now=SECOND, projects=[OTHER])


def backfilled(office: Office) -> None:
    begin(office)
    backfill(office, 2016, 2017, FIRST)


def backfilled_after(office: Office) -> None:
    nothing_settled(office)
    backfill(office, 2016, 2016, SECOND)


def backfilled_as_known_before(office: Office) -> None:
    nothing_settled(office)
    correct(office, "", "900,00")
    backfill(office, 2016, 2017, THIRD, known_at=SECOND)


def backfilled_of_another_project(office: Office) -> None:
    nothing_settled(office)
    backfill(office, 2017, 2017, SECOND, projects=[OTHER])


def not_started(office: Office) -> None:
    project = office.portfolio.project(JF, start="2017-02-01")
    deliver(office, project, "1.234,00", "900,00")
    office.settle(2017, now=FIRST)
    office.release(2017, now=SECOND)
    correct(office, "1.234,00", "600,00")
    office.settle(2017, now=THIRD)


def start_moved_to_the_next_year(office: Office) -> None:
    draft_standing(office)
    office.portfolio.projects[0].start = "2017-02-01"
    office.portfolio.write_register()
    office.settle(2017, now=SECOND)


def start_moved_after_it_was_released(office: Office) -> None:
    begin(office, "1.234,00", "900,00")
    backfill(office, 2016, 2017, FIRST)
    office.release(2016, 2017, now=SECOND)
    office.portfolio.projects[0].start = "2017-02-01"
    office.portfolio.write_register()
    correct(office, "1.234,00", "600,00")
    backfill(office, 2016, 2017, THIRD)


def gives_nothing(office: Office) -> None:
    begin(office, "", "900,00")
    office.settle(2017, now=FIRST)
    office.release(2017, now=SECOND)
    correct(office, "", "600,00")
    office.settle(2017, now=THIRD)


def moved_from_a_released_year(office: Office) -> None:
    begin(office, "", "900,00")
    office.settle(2017, now=FIRST)
    office.release(2017, now=SECOND)
    correct(office, "400,00", "500,00")
    office.settle(2017, now=THIRD)


def released_with_nothing(office: Office) -> None:
    begin(office, "", "900,00")
    backfill(office, 2016, 2017, FIRST)
    office.release(2016, 2017, now=SECOND)
    correct(office, "400,00", "500,00")
    office.settle(2017, now=THIRD)


def on_hold(office: Office) -> dict[int, list[str]]:
    """Draft both years of a delivery that most citizens are gone from (P14); give the holds of the project by year."""
    begin(office)
    office.settle(2016, now=FIRST)
    deliver(office, office.portfolio.projects[0], "1.234,00", "-1.401,66", "2018-02-28", many=False)
    return {year: office.settle(year, now=SECOND).holds[JF] for year in (2016, 2017)}


def released_without_what_is_on_hold(office: Office) -> None:
    on_hold(office)
    office.release(2016, now=THIRD)


def released_by_a_waiver(office: Office) -> None:
    waivers = [(JF, code, REASON) for code in on_hold(office)[2016]]
    office.release(2016, now=THIRD, waivers=waivers)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (nothing_settled, {2016}),
        (draft_standing, {2016}),
        (released_before, set()),
        (released_after_the_draft, set()),
        (released_for_another_project, {2016}),
        (backfilled, {2016}),
        (backfilled_after, {2016}),
        (backfilled_as_known_before, {2016}),
        (backfilled_of_another_project, set()),
        (not_started, set()),
        (start_moved_to_the_next_year, set()),
        (start_moved_after_it_was_released, set()),
        (gives_nothing, set()),
        (moved_from_a_released_year, {2016}),
        (released_with_nothing, set()),
        (released_without_what_is_on_hold, {2016}),
        (released_by_a_waiver, set()),
    ],
)
def test_letters_plan_and_status_name_the_same_years(
    office: Office, situation: Callable[[Office], None], expected: set[int]
) -> None:
    situation(office)
    assert undecided(office) == {"hearing letter": expected, "letter": expected, "plan": expected, "status": expected}


def undecided(office: Office) -> dict[str, set[int]]:
    """Give what each of them names of the project before 2017 is released alone."""
    now, run = Moment.parse(LATER), office.run(2017, LATER)
    (draft,) = [one for one in status_of(office.home, now, now).drafts if one["year"] == 2017]
    holds = {code for one in draft["holds"] if one["project_id"] == JF for code in one["codes"]} - {TOGETHER}
    waivers = [WaivedHold(JF, code, REASON) for code in sorted(holds)]
    with open_warehouse(office.home) as connection:
        approval = approve(BO, None, waivers)
        years, plan = look_ahead(connection, [run], approval, Silence(), office.home / APPROVERS)
        heard = draft_letters(connection, years[0].run, years[0].inputs)
        together = netted(amounts_of(plan.years), payees_of(year.recipients for year in years))
        posted = {one.project_id for one in plan.years[0].projects}
        letters = read_letters(connection, load_rules(), 2017, letter_date=now.today, projects=posted, netted=together)
    return {
        "hearing letter": {one.year for letter in heard if letter.project_id == JF for one in letter.undecided},
        "letter": {one.year for letter in letters if letter.project_id == JF for one in letter.undecided},
        "plan": {one.year for one in plan.years[0].undecided if one.project_id == JF},
        "status": set(draft["takes_from"]),
    }

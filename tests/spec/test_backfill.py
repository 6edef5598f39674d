"""Backfills, as STAR's two persons would tell them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows import backfill as backfill_flow
from flows.settle import take_in
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.rules.model import load_rules
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, causes, drafted, without_papers
from tests.support.files import read_rows
from tests.support.portfolio import Project
from tests.support.releasing import JF, OTHER, Office, begun, deliver, worked_example

FIRST, SECOND, LATER, LAST = "2018-02-15T08:00", "2018-03-10T08:00", "2018-05-01T08:00", "2018-06-01T08:00"


@pytest.fixture(autouse=True)
def _without_papers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.name != "test_the_worked_example":
        without_papers(monkeypatch)


def released(office: Office, *projects: Project, starts: int = 3) -> None:
    """Deliver and release 2016 of projects."""
    for project in projects:
        deliver(office.inbox, project, starts=starts)
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)


def two_released(office: Office) -> None:
    """Deliver and release 2016 of two projects, the second of which starts first."""
    other = {"start": "2016-01-15", "municipalities": ("253",)}
    released(office, office.portfolio.project(JF), office.portfolio.project(OTHER, **other))


def one_released(office: Office) -> None:
    """Deliver and release 2016 of one project."""
    released(office, office.portfolio.project(JF))


@pytest.fixture
def project(office: Office) -> Project:
    """Give a project whose 2016 is released."""
    begun(office, one_released)
    return office.portfolio.projects[0]


def posted(office: Office, project_id: str, year: int = 2016) -> Decimal:
    return sum((entry[4] for entry in office.posted() if entry[:2] == (project_id, year)), Decimal(0))


def test_the_worked_example(office: Office) -> None:
    """A late correction removes one start of 2016, while the cap of 2017 binds: -6 000 and +6 000."""
    project = office.portfolio.project(JF, target=100)
    worked_example(project, "2017-12-31").write(office.inbox)
    with pytest.MonkeyPatch.context() as patch:
        without_papers(patch)
        for year in (2016, 2017):
            office.settle(year, now=FIRST)
            office.release(year, now=SECOND)
    worked_example(project, "2018-04-30", starts_2016=79).write(office.inbox)
    told: list[str] = []
    done = backfill(office, 2016, 2017, LATER, reason="en borger startede ikke", told=told)
    assert [(one.year, one.difference_dkk) for one in done.plan.differences] == [(2016, -6_000), (2017, 6_000)]
    assert causes(office, 2016, JF) == [
        (
            "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr.",
            Decimal(-6_000),
        ),
    ]
    assert causes(office, 2017, JF) == [
        ("Loftet for det aktivitetsafhængige tilskud holder 6.000 kr. mindre tilbage end før", Decimal(6_000)),
    ]
    letter = (office.out(2016) / "letters" / f"{JF}.html").read_text(encoding="utf-8")
    letter = letter.replace("\u00ad", "").replace("\u00a0", " ")
    assert "Et påbegyndt forløb tæller ikke længere, fordi borgeren ikke står i indberetningen: 1 × 6.000 kr." in letter
    without_papers(office.monkeypatch)
    office.release(2016, 2017, now=LAST)
    assert office.posted()[4:] == [
        (JF, 2016, "activity", "adjustment", Decimal(-6_000)),
        (JF, 2017, "activity", "adjustment", Decimal(6_000)),
    ]
    (plan,) = told
    assert "because: en borger startede ikke" in plan
    assert "2016          1      1              0,00         -6.000,00         -6.000,00" in plan
    assert "Total         1      1          6.000,00         -6.000,00              0,00" in plan, "one project, twice"
    assert "a project that was never decided and gets 0 kr. is decided, too" in plan


def test_the_settlement_of_a_later_year_names_the_backfill(office: Office, project: Project) -> None:
    deliver(office.inbox, project, starts=2, as_of="2017-12-31")
    summary = office.settle(2017, now=LATER)
    (earlier,) = summary.earlier
    assert (earlier.year, earlier.projects, earlier.up_dkk, earlier.down_dkk) == (2016, 1, 0, -6_000)
    assert summary.backfill == "jobfirst backfill 2016 2016"


@pytest.mark.usefixtures("project")
def test_a_settlement_that_agrees_with_the_ledger_names_none(office: Office) -> None:
    summary = office.settle(2017, now=LATER)
    assert (summary.earlier, summary.backfill) == ([], None)


@pytest.mark.usefixtures("project")
def test_nothing_to_correct_drafts_nothing(office: Office) -> None:
    done = backfill(office, 2016, 2016, LATER)
    assert (done.unchanged, done.drafted) == ([2016], [])
    assert drafted(office) == [(2016, None)]


def test_the_plan_is_told_before_anything_is_drafted(
    office: Office, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(office.inbox, project, starts=2, as_of="2017-12-31")

    def refuse(*given: object) -> None:
        raise BusinessRefusal("stop here")

    monkeypatch.setattr(backfill_flow, "compute_year", refuse)
    told: list[str] = []
    with pytest.raises(BusinessRefusal, match="stop here"):
        backfill(office, 2016, 2016, LATER, told=told)
    assert told[0].startswith("Plan: backfill 2016-2016")
    assert told[1:] == ["The backfill stopped at 2016; drafted before: none. Run it again to go on from there."]
    assert drafted(office) == [(2016, None)]


def test_removed_returned_and_removed_again_is_clawed_back_once(office: Office, project: Project) -> None:
    balance = [posted(office, JF)]
    for month, starts in ((5, 2), (6, 3), (7, 2), (8, 2)):
        deliver(office.inbox, project, starts=starts, as_of=f"2017-{month:02}-28")
        done = backfill(office, 2016, 2016, f"2018-{month:02}-01T08:00")
        if done.drafted:
            office.release(2016, now=f"2018-{month:02}-02T08:00")
        balance.append(posted(office, JF))
    assert balance == [18_000, 12_000, 18_000, 12_000, 12_000]


def test_a_backfill_that_is_not_released_claws_back_nothing_twice(office: Office, project: Project) -> None:
    deliver(office.inbox, project, starts=2, as_of="2017-05-28")
    backfill(office, 2016, 2016, "2018-05-01T08:00")
    again = backfill(office, 2016, 2016, "2018-05-02T08:00")
    assert [one.year for one in again.stood] == [2016]
    office.release(2016, now="2018-05-03T08:00")
    office.release(2016, now="2018-05-04T08:00")
    assert posted(office, JF) == 12_000


def test_of_one_project_alone(office: Office) -> None:
    begun(office, two_released)
    for project in office.portfolio.projects:
        deliver(office.inbox, project, starts=2, as_of="2017-12-31")
    done = backfill(office, 2016, 2016, LATER, projects=[JF])
    assert [one.project_id for one in done.plan.differences] == [JF]
    assert drafted(office)[-1] == (2016, [JF])
    assert [row["project_id"] for row in read_rows(office.out(2016) / "settlement.csv")] == [JF]
    office.release(2016, now=LAST)
    assert (posted(office, JF), posted(office, OTHER)) == (12_000, 18_000)
    done = backfill(office, 2016, 2016, "2018-07-01T08:00")
    assert [one.project_id for one in done.plan.differences] == [OTHER]


def test_a_person_of_another_project_still_counts_once(office: Office) -> None:
    """A backfill of one project judges all of them together."""
    begun(office, two_released)
    jf, other = office.portfolio.projects
    taken = jf.delivery("2017-12-31")
    taken.started(3, "2016-03-01")
    taken.write(office.inbox)
    theirs = other.delivery("2017-12-31")
    theirs.started(2, "2016-03-01")
    theirs.citizen("X", cpr=taken.borgere[0]["cpr"])
    theirs.write(office.inbox)
    done = backfill(office, 2016, 2016, LATER, projects=[JF])
    assert [(one.project_id, one.difference_dkk) for one in done.plan.differences] == [(JF, -6_000)]


@pytest.mark.usefixtures("project")
def test_an_unknown_project_is_named(office: Office) -> None:
    with pytest.raises(InputError, match="JF-999 is not in the register; the nearest are JF-"):
        backfill(office, 2016, 2016, LATER, projects=["JF-999"])


@pytest.mark.parametrize(
    ("from_year", "to_year", "why"), [(2017, 2016, "wrong way round"), (2015, 2016, "2015 is outside")]
)
def test_years_that_can_not_be(from_year: int, to_year: int, why: str) -> None:
    with pytest.raises(InputError, match=why):
        backfill_flow.years_from(from_year, to_year, load_rules())


def test_it_stops_at_the_first_failure_and_goes_on_from_there(
    office: Office, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = project.delivery("2017-12-31")
    delivery.started(2, "2016-03-01")
    delivery.started(1, "2017-01-09", "later ")
    delivery.write(office.inbox)
    finish = backfill_flow.finish_draft

    def full_disk_in_2017(connection, run, *given):  # type: ignore[no-untyped-def]
        if run.year == 2017:
            raise OSError(28, "No space left on device")
        return finish(connection, run, *given)

    monkeypatch.setattr(backfill_flow, "finish_draft", full_disk_in_2017)
    told: list[str] = []
    with pytest.raises(OSError, match="No space left"):
        backfill(office, 2016, 2017, "2018-05-01T08:00", told=told)
    assert told[-1] == "The backfill stopped at 2017; drafted before: 2016. Run it again to go on from there."

    monkeypatch.setattr(backfill_flow, "finish_draft", finish)
    done = backfill(office, 2016, 2017, "2018-05-01T09:00")
    assert [one.year for one in done.stood] == [2016]
    assert [one.year for one in done.drafted] == [2017]


def test_a_delivery_in_between_begins_it_anew(
    office: Office, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(office.inbox, project, starts=2, as_of="2017-05-28")
    backfill(office, 2016, 2016, "2018-05-01T08:00")
    deliver(office.inbox, project, starts=1, as_of="2017-06-28")
    done = backfill(office, 2016, 2016, "2018-05-02T08:00")
    assert ([one.payable_dkk for one in done.drafted], done.stood) == ([Decimal(-12_000)], [])


def test_an_earlier_state_is_held_against_the_ledger_of_now(office: Office, project: Project) -> None:
    """Two corrections come; the first alone is posted, whatever was delivered since, and the second follows."""
    for day, starts, as_of in (("2018-04-01", 2, "2017-05-28"), ("2018-04-20", 1, "2017-06-28")):
        deliver(office.inbox, project, starts=starts, as_of=as_of)
        with open_warehouse(office.home) as connection:
            take_in(connection, office.run(2016, f"{day}T08:00"), Silence())
    done = backfill(office, 2016, 2016, LATER, known_at="2018-04-10T08:00")
    assert [one.difference_dkk for one in done.plan.differences] == [-6_000]
    office.release(2016, now=LAST)
    assert posted(office, JF) == 12_000
    done = backfill(office, 2016, 2016, "2018-07-01T08:00", known_at="2018-04-10T08:00")
    assert done.unchanged == [2016]
    done = backfill(office, 2016, 2016, "2018-07-02T08:00")
    assert [one.difference_dkk for one in done.plan.differences] == [-6_000]
    with open_warehouse(office.home) as connection:
        kept = connection.execute("SELECT registrations_known_at FROM core_backfills ORDER BY backfill_no").fetchall()
    state = Moment.parse("2018-04-10T08:00").timestamp
    assert kept == [(state,), (state,), (None,)]


@pytest.mark.usefixtures("project")
def test_the_plan_is_kept_with_its_reason_masked(office: Office) -> None:
    backfill(office, 2016, 2016, LATER, reason="borger 610170-0003 er flyttet")
    with open_warehouse(office.home) as connection:
        ((reason, by),) = connection.execute("SELECT reason, prepared_by FROM core_backfills").fetchall()
    assert reason == "borger ******-**** er flyttet"
    assert by == "Anna Hansen"


def test_a_component_that_gives_what_the_other_takes_is_a_difference_of_nothing(office: Office) -> None:
    """A start goes, wages of 6 000 come: 0 kr. to pay, and two entries that put the ledger right."""
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=3, wages="1.000")
    office.settle(2016, now=FIRST)
    office.release(2016, now=SECOND)
    deliver(office.inbox, project, starts=2, as_of="2017-12-31", wages="7.000")
    assert [(one.year, one.projects, one.up_dkk) for one in office.settle(2017, now=LATER).earlier] == [(2016, 1, 0)]
    told: list[str] = []
    done = backfill(office, 2016, 2016, LATER, told=told)
    assert [(one.year, one.difference_dkk) for one in done.plan.differences] == [(2016, 0)]
    assert "2016 JF-187: 0,00 kr." in told[0]
    assert sum(amount for _, amount in causes(office, 2016, JF)) == 0
    office.release(2016, now=LAST)
    assert office.posted()[2:] == [
        (JF, 2016, "activity", "adjustment", Decimal(-6_000)),
        (JF, 2016, "fixed", "adjustment", Decimal(6_000)),
    ]
    assert backfill(office, 2016, 2016, "2018-07-01T08:00").unchanged == [2016]

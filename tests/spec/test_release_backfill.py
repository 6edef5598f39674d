"""Drafts of some projects, and of an earlier state against the ledger of now, are released as they were made."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.settle import draft
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import backfill, without_papers
from tests.support.files import hashes
from tests.support.portfolio import cpr
from tests.support.releasing import ANNA, JF, OTHER, Office, deliver


def settle_as(office: Office, now: str, **changed: Any) -> None:
    office.monkeypatch.setenv(PREPARED_BY_VARIABLE, ANNA)
    run = replace(office.run(2016, now), **changed)
    with open_warehouse(office.home) as connection:
        draft(connection, run, Silence())


def activity(office: Office) -> list[tuple[str, Decimal]]:
    return [(project, amount) for project, _, component, _, amount in office.posted() if component == "activity"]


def test_a_draft_of_one_project_is_released_alone(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    other = office.portfolio.project(OTHER, municipalities=("253",))
    deliver(office.inbox, other, starts=2)
    office.settle(2016, now="2017-02-01T08:00")
    settle_as(office, "2017-02-02T08:00", projects=(JF,))
    with pytest.raises(InputError, match="--project JF-253: the draft has no such project"):
        office.release(2016, now="2017-02-03T08:00", projects=[OTHER])
    deliver(office.inbox, other, starts=9)
    (year,) = office.release(2016, now="2017-02-03T08:00").years
    assert (year.not_chosen, activity(office)) == (0, [(JF, 6_000)])
    (again,) = office.replay(2016, now="2017-06-01T08:00", known_at="2017-06-01T08:00").years
    assert again.out is not None
    assert year.out is not None
    assert hashes(again.out) == hashes(year.out)


def test_a_draft_of_an_earlier_state_is_released_against_the_ledger_of_now(office: Office) -> None:
    project = office.portfolio.project(JF)
    for month, starts in ((2, 3), (3, 5)):
        deliver(office.inbox, project, starts=starts)
        office.settle(2016, now=f"2017-0{month}-01T08:00")
        office.release(2016, now=f"2017-0{month}-02T08:00")
    earlier = Moment.parse("2017-02-15T12:00")
    settle_as(office, "2017-04-01T08:00", as_known_at=earlier, against_ledger_of_now=True)
    deliver(office.inbox, project, starts=8)
    (year,) = office.release(2016, now="2017-04-02T08:00").years
    assert activity(office) == [(JF, 18_000), (JF, 12_000), (JF, -12_000)]

    office.settle(2016, now="2017-05-01T08:00")
    office.release(2016, now="2017-05-02T08:00")
    assert activity(office)[-1] == (JF, 30_000)
    (again,) = office.replay(2016, now="2017-06-01T08:00", known_at="2017-04-15T08:00").years
    assert again.out is not None
    assert year.out is not None
    assert hashes(again.out) == hashes(year.out)
    with pytest.raises(BusinessRefusal):
        office.replay(2016, now="2017-06-01T08:00", known_at="2016-01-01T08:00")


def test_a_draft_of_one_project_that_anothers_delivery_changed_says_so(office: Office) -> None:
    delivery = office.portfolio.project(JF).delivery("2016-12-31")
    delivery.spell(
        delivery.citizen("moved", cpr=cpr(5, 1961), visitationsdato="2016-02-15"), "2016-03-01", "2016-03-02"
    )
    delivery.write(office.inbox)
    other = office.portfolio.project(OTHER, municipalities=("253",)).delivery("2016-12-31")
    office.portfolio.write_register()
    settle_as(office, "2017-02-02T08:00", projects=(JF,))
    other.citizen("moved", cpr=cpr(5, 1961), visitationsdato="2016-02-10")
    other.write(office.inbox)
    with pytest.raises(BusinessRefusal, match=r"other projects' deliveries may have changed \(the draft covers JF-187"):
        office.release(2016, now="2017-02-03T08:00")


def test_a_backfill_whose_fingerprint_an_older_draft_has_is_made_again_as_itself(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=5)
    first = office.settle(2016, now="2017-02-01T08:00")
    deliver(office.inbox, project, starts=7, as_of="2017-01-05")
    office.settle(2016, now="2017-03-01T08:00")
    (summary,) = backfill(office, 2016, 2016, "2017-03-02T08:00", known_at="2017-02-15T12:00").drafted
    assert summary.fingerprint == first.fingerprint
    (year,) = office.release(2016, now="2017-03-03T08:00").years
    assert activity(office) == [(JF, 30_000)]
    assert year.out is not None
    released = hashes(year.out)

    (again,) = office.replay(2016, now="2017-06-01T08:00", known_at="2017-06-01T08:00").years
    assert again.out is not None
    assert hashes(again.out) == released
    office.settle(2016, now="2017-06-02T08:00")
    office.release(2016, now="2017-06-03T08:00")
    assert hashes(year.out) == released
    assert activity(office) == [(JF, 30_000), (JF, 12_000)]


def test_a_draft_with_nothing_left_to_decide_is_released_twice_whatever_has_come_since(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_papers(monkeypatch)
    project, other = office.portfolio.project(JF), office.portfolio.project(OTHER, municipalities=("253",))
    deliver(office.inbox, project, starts=2)
    deliver(office.inbox, other, starts=2)
    office.settle(2016, now="2017-02-01T08:00")
    office.release(2016, now="2017-02-02T08:00")
    deliver(office.inbox, project, starts=3)
    backfill(office, 2016, 2016, "2017-02-03T08:00")
    office.release(2016, now="2017-02-04T08:00")
    posted = office.posted()
    deliver(office.inbox, other, starts=5)
    (year,) = office.release(2016, now="2017-02-05T08:00").years
    assert (year.run, year.released_before, year.unchanged) == (None, (JF,), (OTHER,))
    assert office.posted() == posted

"""Verdicts and events of a delivery stand while all that they rest on is the same; such a delivery is not judged."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from flows import settle as flow
from tasks.base.errors import InternalFailure
from tasks.settlement import compute
from tasks.validation import great_expectations_judge
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.connection import open_warehouse
from tests.support.portfolio import cpr
from tests.support.releasing import JF, OTHER, Office, deliver, hashes
from tests.support.standing import another_library, another_register

FIRST, SECOND, THIRD = "2017-02-15T08:00", "2017-02-16T08:00", "2017-02-17T08:00"
pytestmark = pytest.mark.usefixtures("one_program")


@pytest.fixture
def judged(office: Office) -> list[tuple[str, int]]:
    """Give the batches that are judged, with how many rows each has, as they are judged."""
    batches: list[tuple[str, int]] = []

    def judge(connection, suite, rules):  # type: ignore[no-untyped-def] # hands on whatever it is given
        verdicts = judge_by_own_sql(connection, suite, rules)
        batches.append((suite.batch, verdicts[0].rows or 0))
        return verdicts

    office.monkeypatch.setattr(great_expectations_judge, "judge_by_great_expectations", judge)
    return batches


@pytest.fixture
def settled(office: Office, judged: list[tuple[str, int]]) -> Office:
    """Give an office that has settled two projects of three citizens each."""
    deliver(office.inbox, office.portfolio.project(JF), starts=3)
    other = office.portfolio.project(OTHER, municipalities=("253",)).delivery("2016-12-31")
    other.started(1, "2016-03-01")
    other.completed(2, "2016-03-01", "2016-09-30")
    other.write(office.inbox)
    office.settle(2016, now=FIRST)
    assert ("run.unjudged_citizens", 6) in judged
    judged.clear()
    return office


def outcomes(office: Office) -> dict[str, Any]:
    """Give what the newest run found, rule by rule."""
    with open_warehouse(office.home) as connection:
        rows = connection.execute("SELECT code, passed, unexpected, row_count FROM run.expectation_results").fetchall()
    return {code: rest for code, *rest in rows}


def test_one_changed_delivery_is_judged_alone_and_told_with_all(settled: Office, judged: list[tuple[str, int]]) -> None:
    deliver(settled.inbox, settled.portfolio.projects[0], starts=4)
    settled.settle(2016, now=SECOND)
    assert [one for one in judged if one[0].endswith("citizens")] == [("run.unjudged_citizens", 4), ("run.citizens", 7)]
    assert [one for one in judged if one[0].endswith("spells")] == [("run.unjudged_spells", 4)]
    assert outcomes(settled)["C01"] == [True, 0, 7]
    assert outcomes(settled)["S01"] == [True, 0, 7]
    files = hashes(settled.out(2016))
    settled.home.rename(settled.home.with_name("former"))
    settled.settle(2016, now=SECOND)
    assert files == hashes(settled.out(2016))


def another_year(office: Office) -> None:
    office.settle(2017, now="2018-02-15T08:00")


def under_another_register(office: Office) -> None:
    another_register(office)
    office.settle(2016, now=SECOND)


def by_another_program(office: Office) -> None:
    another_library(office)
    office.settle(2016, now=SECOND)


def after_a_failure(office: Office, module: ModuleType, name: str, error: Exception) -> None:
    def fails(*_: object) -> None:
        raise error

    deliver(office.inbox, office.portfolio.projects[0], starts=4)
    with office.monkeypatch.context() as broken:
        broken.setattr(module, name, fails)
        with pytest.raises(InternalFailure):
            office.settle(2016, now=SECOND)
    office.settle(2016, now=THIRD)


def after_a_run_that_ended_early(office: Office) -> None:
    after_a_failure(office, compute, "_make_events", MemoryError())


def after_books_that_did_not_hold(office: Office) -> None:
    after_a_failure(office, flow, "reconcile", InternalFailure("The books do not hold."))


def after_a_release(office: Office) -> None:
    office.release(2016, now=SECOND)
    deliver(office.inbox, office.portfolio.projects[0], starts=4)
    office.settle(2016, now=THIRD)


@pytest.mark.parametrize(
    "changed",
    [
        another_year,
        under_another_register,
        by_another_program,
        after_a_run_that_ended_early,
        after_books_that_did_not_hold,
        after_a_release,
    ],
)
def test_nothing_stands(changed: Callable[[Office], None], settled: Office, judged: list[tuple[str, int]]) -> None:
    changed(settled)
    of_all = outcomes(settled)["C01"][2]
    assert [rows for batch, rows in judged if batch == "run.unjudged_citizens"][-1] == of_all >= 6


def test_a_person_who_is_in_the_trial_elsewhere_now_counts_here_no_more(
    settled: Office, judged: list[tuple[str, int]]
) -> None:
    here, elsewhere = settled.portfolio.projects
    taken = cpr(0, 1950 + elsewhere.number * 3)
    later = here.delivery("2017-02-01")
    later.spell(later.citizen("B1", cpr=taken, visitationsdato="2016-02-01"), "2016-03-01", "2016-03-01")
    later.write(settled.inbox)
    settled.settle(2016, now=SECOND)
    assert ("run.unjudged_spells", 4) in judged, "the other project's three spells too: one citizen's is rejected now"
    assert outcomes(settled)["C13"] == [False, 1, 4]
    assert outcomes(settled)["S04"] == [False, 1, 4]
    before = hashes(settled.out(2016))

    judged.clear()
    again = here.delivery("2017-02-02")
    again.spell(again.citizen("B1", cpr=cpr(9, 1956)), "2016-03-01", "2016-03-01")
    again.write(settled.inbox)
    settled.settle(2016, now=THIRD)
    assert ("run.unjudged_spells", 4) in judged
    assert outcomes(settled)["C13"] == [True, 0, 4]
    assert outcomes(settled)["S04"] == [True, 0, 4]
    assert hashes(settled.out(2016)) != before

"""A draft that no longer stands is refused, in one sentence that names what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.base.errors import BusinessRefusal, InputError
from tasks.ledger.append import append
from tasks.ledger.entry import Component, Kind, Posting
from tasks.rules.model import RULES_FILE
from tasks.warehouse.connection import open_warehouse
from tests.support.releasing import JF, OTHER, Office, begun, deliver

pytestmark = pytest.mark.usefixtures("no_papers")

WINTER, SPRING = "2017-02-15T08:00", "2017-03-15T08:00"


def drafted(office: Office) -> None:
    """Draft 2016 of a project that has delivered and of one that has not."""
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.portfolio.project(OTHER, municipalities=("253",))
    office.settle(2016, now=WINTER)


def correct_a_delivery(office: Office) -> None:
    deliver(office.inbox, office.portfolio.projects[0], starts=5)


def hand_in_a_later_delivery(office: Office) -> None:
    deliver(office.inbox, office.portfolio.projects[0], starts=2, as_of="2017-01-31")


def hand_in_a_first_delivery(office: Office) -> None:
    deliver(office.inbox, office.portfolio.projects[1], starts=1)


def change_the_grants(office: Office) -> None:
    office.portfolio.projects[0].target = 120
    office.portfolio.write_register()


def change_the_populations(office: Office) -> None:
    path = office.portfolio.register / "maalgrupper.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1000", "1001"), encoding="utf-8")


def change_the_rules(office: Office) -> None:
    changed = office.portfolio.folder / RULES_FILE.name
    changed.write_text(RULES_FILE.read_text(encoding="utf-8") + "\n# another word\n", encoding="utf-8")
    office.monkeypatch.setattr("tasks.register.inputs.RULES_FILE", changed)


def post_something_else(office: Office) -> None:
    posting = Posting(
        JF, 2016, Component.FIXED, Kind.SETTLEMENT, Decimal(1), (), "ab" * 32, prepared_by="x", approved_by="y"
    )
    with open_warehouse(office.home) as connection:
        append(connection, office.home, [posting], run="other", posted_at=datetime(2017, 3, 1, tzinfo=UTC))
    (office.out(2016) / "released" / "other").mkdir(parents=True)


def change_the_program(office: Office) -> None:
    with open_warehouse(office.home) as connection:
        connection.execute("UPDATE core_drafts SET parts = replace(parts, settlement, repeat('0', 64)) FROM "
                           "(SELECT parts ->> 'settlement' AS settlement FROM core_drafts)")  # fmt: skip


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (correct_a_delivery, "a delivery came or changed from JF-187. Settle 2016 again"),
        (hand_in_a_later_delivery, "a delivery came or changed from JF-187. Settle 2016 again"),
        (hand_in_a_first_delivery, "a delivery came from JF-253. Settle 2016 again"),
        (change_the_grants, "the register (projekter.csv). Settle 2016 again"),
        (change_the_populations, "the register (maalgrupper.csv). Settle 2016 again"),
        (change_the_rules, "the rules (jobfirst.yaml). Settle 2016 again"),
        (post_something_else, "the ledger, which has other entries of 2016 now. Settle 2016 again"),
        (change_the_program, "the result, which the program now computes otherwise from the same inputs. Settle"),
    ],
)
def test_what_changed_is_named(office: Office, change: Callable[[Office], None], named: str) -> None:
    begun(office, drafted)
    change(office)
    before = office.posted()
    with pytest.raises(BusinessRefusal) as refused:
        office.release(2016, now=SPRING)
    assert named in str(refused.value)
    assert office.posted() == before
    assert not list(office.home.glob("out/*.new")), "nothing half-made is left behind"


def test_the_same_files_handed_in_again_change_nothing(office: Office) -> None:
    begun(office, drafted)
    deliver(office.inbox, office.portfolio.projects[0], starts=2)
    office.release(2016, now=SPRING)
    assert {entry.project_id for entry in office.entries()} == {JF}


def test_what_was_released_before_stands_when_the_rest_is_refused(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=1)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2)
    office.settle(2016, now=WINTER)
    office.release(2016, now=SPRING, projects=[OTHER])
    deliver(office.inbox, project, starts=3)
    with pytest.raises(BusinessRefusal, match="What was released from it before stands: JF-253"):
        office.release(2016, now="2017-04-15T08:00")
    assert {entry.project_id for entry in office.entries()} == {OTHER}


def test_a_draft_that_is_not_the_approved_one_is_refused(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=2)
    seen = office.settle(2016, now=WINTER).fingerprint
    deliver(office.inbox, project, starts=5)
    newest = office.settle(2016, now="2017-02-16T08:00").fingerprint
    of_2017 = office.settle(2017, now="2017-02-16T09:00").fingerprint
    told = f"newest draft of 2016 is {newest[:12]}, and --draft approves {seen[:12]}"
    for drafts in ([seen], [newest, seen]):
        with pytest.raises(BusinessRefusal, match=f"--draft approves {seen[:12]}"):
            office.release(2016, now=SPRING, drafts=drafts)
    with pytest.raises(BusinessRefusal, match=told):
        office.release(2016, 2017, now=SPRING, drafts=[of_2017, seen])
    with pytest.raises(BusinessRefusal, match=f"of 2017 is {of_2017[:12]}, and --draft approves {newest[:12]}"):
        office.release(2016, 2017, now=SPRING, drafts=[newest])
    assert office.posted() == []
    years = office.release(2016, 2017, now=SPRING, drafts=[of_2017[:8], newest.upper()]).years
    assert [year.fingerprint for year in years] == [newest, of_2017]


def test_when_one_year_is_refused_none_is_posted(office: Office) -> None:
    begun(office, drafted)
    with pytest.raises(BusinessRefusal, match="There is no draft of 2017"):
        office.release(2016, 2017, now=SPRING)
    assert office.posted() == []


def test_a_project_that_the_draft_does_not_have_is_wrong_input(office: Office) -> None:
    begun(office, drafted)
    with pytest.raises(InputError, match="--project JF-999: the draft has no such project; the nearest are JF-"):
        office.release(2016, now=SPRING, projects=["JF-999"])


def test_settling_again_is_no_remedy_for_a_project_that_begins_after_the_year(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2)
    office.portfolio.project(OTHER, municipalities=("253",), start="2017-02-01")
    office.settle(2016, now=SPRING)
    with pytest.raises(InputError, match=f"{OTHER}: the draft has no such project.* unless it begins after the year"):
        office.release(2016, now=SPRING, projects=[OTHER])


def test_a_ledger_that_does_not_verify_is_not_posted_to(office: Office) -> None:
    begun(office, drafted)
    office.release(2016, now=SPRING)
    ledger: Path = office.home / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"12000.00", b"92000.00"))
    with pytest.raises(BusinessRefusal, match="Entry 1"):
        office.release(2016, now="2017-04-15T08:00")

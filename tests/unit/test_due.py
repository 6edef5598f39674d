"""What is due on a day, by the calendar and by what was delivered and drafted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tasks.status.due import due_next, released_together

CALENDAR = [
    {
        "year": 2016,
        "delivery_deadline": date(2017, 1, 31),
        "settlement_date": date(2017, 2, 15),
        "reply_deadline": date(2017, 3, 8),
    }
]
DRAFT: dict[str, Any] = {
    "year": 2016,
    "fingerprint": "ab" * 32,
    "decided": 2,
    "released": 0,
    "held": 0,
    "held_otherwise": [],
    "left_out": [],
    "apart": 0,
    "apart_years": [],
    "contradicts": [],
    "takes_from": [],
    "changed_since": [],
    "draws_changed": [],
    "rules_changed": False,
    "register_changed": False,
    "findings": [],
    "is_all_held": False,
}
RELEASED = DRAFT | {"released": 2, "left_out": [{"project_id": "JF-253", "codes": []}]}


@pytest.mark.parametrize(
    ("as_of_date", "is_waited_for"),
    [(None, True), (date(2016, 12, 30), True), (date(2016, 12, 31), False), (date(2017, 1, 1), False)],
)
def test_a_delivery_is_waited_for_until_one_is_of_the_years_last_day(
    as_of_date: date | None, *, is_waited_for: bool
) -> None:
    deliveries = [{"project_id": "JF-187", "as_of_date": as_of_date, "refused": []}]
    told = [one.text for one in due_next(CALENDAR, deliveries, [], [], date(2017, 1, 10))]
    waiting = ["deliveries for 2016: 1 of 1 project not delivered to 2016-12-31"] if is_waited_for else []
    assert told == [*waiting, "settle 2016"]


@pytest.mark.parametrize(
    ("drafts", "text", "day"),
    [
        ([], "deliveries for 2016", date(2017, 1, 31)),
        ([], "settle 2016", date(2017, 2, 15)),
        ([DRAFT], "release 2016: 2 of 2 projects", date(2017, 3, 8)),
        (
            [RELEASED],
            "settle 2016 again: 1 project not released, and not in the newest draft",
            date(2017, 3, 8),
        ),
    ],
)
def test_it_is_late_the_day_after_its_day(drafts: list[dict[str, Any]], text: str, day: date) -> None:
    for days, is_late in ((-1, False), (0, False), (1, True)):
        today = date.fromordinal(day.toordinal() + days)
        assert [(one.day, one.is_late) for one in due_next(CALENDAR, [], drafts, [], today) if one.text == text] == [
            (day, is_late)
        ]


def test_years_are_released_together_where_each_draft_stands_and_none_contradicts_another() -> None:
    one = DRAFT | {"apart": 1, "apart_years": [2017]}
    other = DRAFT | {"year": 2017, "fingerprint": "cd" * 32, "apart": 1, "apart_years": [2016]}
    assert released_together([one, other]) == {2016: [one, other], 2017: [one, other]}
    assert released_together([one]) == {}
    for stops in (
        {"contradicts": [2016]},
        {"changed_since": ["JF-187"]},
        {"draws_changed": ["JF-187"]},
        {"rules_changed": True},
        {"register_changed": True},
        {"released": 2},
    ):
        assert released_together([one, other | stops]) == {}, stops


@pytest.mark.parametrize(
    ("draft", "is_due"),
    [
        (RELEASED | {"left_out": []}, True),
        (RELEASED, False),
        (DRAFT, False),
        (RELEASED | {"year": 2017, "left_out": [], "apart": 1, "apart_years": [2016]}, False),
    ],
)
def test_a_year_that_waits_for_its_release_is_not_due_for_a_backfill(draft: dict[str, Any], *, is_due: bool) -> None:
    told = [one.command for one in due_next([], [], [draft], [{"year": 2016}], date(2017, 3, 1))]
    assert ("jobfirst backfill 2016 2016" in told) is is_due


def test_nothing_else_is_to_be_done_before_the_ledger_verifies() -> None:
    due = due_next(CALENDAR, [], [DRAFT], [], date(2017, 3, 1), "entry 3 was changed")
    assert [one.command for one in due] == ["jobfirst ledger verify", ""]

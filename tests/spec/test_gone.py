"""Which earlier delivery rule P14 compares with: the newest that itself lacked at most 20 % of the one before it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pytest

from tasks.settlement.gone import find_gone
from tests.support.releasing import JF, Office, deliver

FIRST, SECOND = "2017-02-15T08:00", "2017-03-10T08:00"
COLUMNS = {"citizens": "person", "expenses": "bilagsnr"}

Counts = tuple[int, int]


def gone(table: str, deliveries: Sequence[int], waived: Sequence[int]) -> Counts:
    """Deliver so many rows of a table, each time the first ones; give how many were before, and are gone at the end."""
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.projects AS SELECT 'JF-187' AS project_id, 0.20 AS hold_gone_share")
        opened.execute(
            "CREATE TABLE run.turns "
            "(project_id VARCHAR, turn INTEGER, delivery_no INTEGER, as_of_date DATE, is_waived BOOLEAN)"
        )
        for name, column in COLUMNS.items():
            opened.execute(f"CREATE TABLE core_{name} (delivery_no INTEGER, {column} VARCHAR)")
        for turn, rows in enumerate(deliveries, start=1):
            opened.execute(
                "INSERT INTO run.turns VALUES ('JF-187', $turn, $turn, make_date(2016, $turn, 1), $is_waived)",
                {"turn": turn, "is_waived": turn in waived},
            )
            opened.execute(f"INSERT INTO core_{table} SELECT $turn, unnest(range($rows))", {"turn": turn, "rows": rows})
        find_gone(opened)
        ((*counts,),) = opened.execute(f"SELECT {table}_before, {table}_gone FROM run.gone").fetchall()  # noqa: S608
    before, now = counts
    return before, now


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize(
    ("deliveries", "waived", "counts"),
    [
        ((10, 9, 7), (), (9, 2)),
        ((10, 8, 7), (), (8, 1)),
        ((10, 7, 7), (), (10, 3)),
        ((10, 7, 7), (2,), (7, 0)),
        ((10, 8, 7, 6), (), (7, 1)),
        ((10, 8, 6, 6), (), (8, 2)),
    ],
    ids=[
        "a tenth is gone",
        "a fifth is gone",
        "more than a fifth is gone",
        "more than a fifth is gone, and that is waived",
        "a fifth, and less of the rest",
        "a fifth, and more of the rest",
    ],
)
def test_a_delivery_is_compared_with_the_newest_that_did_not_itself_fail(
    table: str, deliveries: tuple[int, ...], waived: tuple[int, ...], counts: Counts
) -> None:
    assert gone(table, deliveries, waived) == counts


@pytest.mark.parametrize(
    ("as_of", "holds"),
    [("2016-12-31", ["P14"]), ("2017-01-31", ["P14"]), ("2016-11-30", [])],
    ids=["for the same day", "for a later day", "for an earlier day, which is never in force"],
)
def test_a_filtered_export_is_held_whatever_day_it_is_for(office: Office, as_of: str, holds: list[str]) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=10, waiting=0)
    assert office.settle(2016, now=FIRST).holds == {}
    deliver(office.inbox, project, starts=7, waiting=0, as_of=as_of)
    assert office.settle(2016, now=SECOND).holds.get(JF, []) == holds


def test_a_loss_that_was_waived_is_not_held_again(office: Office) -> None:
    project = office.portfolio.project(JF)
    deliver(office.inbox, project, starts=10, waiting=0)
    office.settle(2016, now=FIRST)
    deliver(office.inbox, project, starts=7, waiting=0)
    office.settle(2016, now=SECOND)
    office.release(2016, now="2017-03-11T08:00", waivers=[(JF, "P14", "Tre borgere er trukket tilbage.")])
    deliver(office.inbox, project, starts=7, waiting=0, as_of="2017-01-31")
    assert office.settle(2016, now="2017-03-12T08:00").holds == {}

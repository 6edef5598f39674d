"""What is known at a moment: what came in it or before it, and nothing later. Source: the settlement, 'As known at'."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tasks.ledger.append import append
from tasks.warehouse.connection import prepare
from tasks.warehouse.statements import execute
from tests.support.ledger_examples import FINGERPRINT, POSTED_AT, posting

CAME_AT = POSTED_AT.replace(tzinfo=None)
JUST_BEFORE, JUST_AFTER = CAME_AT - timedelta(microseconds=1), CAME_AT + timedelta(microseconds=1)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        prepare(opened)
        yield opened


def receive(connection: duckdb.DuckDBPyConnection, *receipts: tuple[int, str, datetime, bool]) -> None:
    """Put receipts of one project's deliveries, each its number, as-of date, moment and verdict, into the warehouse."""
    for delivery_no, as_of, moment, is_accepted in receipts:
        values = [delivery_no, as_of, str(delivery_no), moment, is_accepted]
        connection.execute("INSERT INTO core_deliveries VALUES ($1, 'JF-187', $2, $2::DATE, $3)", values[:3])
        connection.execute("INSERT INTO core_receipts VALUES ($1, $1, $2, $3)", [delivery_no, moment, is_accepted])


def in_force(connection: duckdb.DuckDBPyConnection, known_at: datetime) -> list[int]:
    return [
        no for (no,) in connection.execute("SELECT delivery_no FROM in_force($1::TIMESTAMP)", [known_at]).fetchall()
    ]


def test_a_delivery_is_in_force_from_the_moment_in_which_it_came(connection: duckdb.DuckDBPyConnection) -> None:
    receive(connection, (1, "2016-06-30", CAME_AT - timedelta(days=30), True), (2, "2016-12-31", CAME_AT, True))
    assert in_force(connection, JUST_BEFORE) == [1]
    assert in_force(connection, CAME_AT) == [2]
    assert in_force(connection, JUST_AFTER) == [2]


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        ([(1, "2016-12-31", True), (2, "2016-12-31", True)], 2),
        ([(1, "2016-12-31", True), (2, "2016-06-30", True)], 1),
        ([(1, "2016-06-30", True), (2, "2016-12-31", False)], 1),
        ([(1, "2016-12-31", True), (2, "2016-12-31", False)], 1),
    ],
    ids=["the last of one day", "the latest day", "a refused one is none", "a refused one of the same day is none"],
)
def test_the_delivery_of_the_latest_day_is_in_force(
    connection: duckdb.DuckDBPyConnection, receipts: list[tuple[int, str, bool]], expected: int
) -> None:
    receive(connection, *((no, as_of, CAME_AT, is_accepted) for no, as_of, is_accepted in receipts))
    assert in_force(connection, CAME_AT) == [expected]


def test_a_refused_delivery_stands_from_the_moment_in_which_it_came(connection: duckdb.DuckDBPyConnection) -> None:
    receive(connection, (1, "2016-06-30", CAME_AT - timedelta(days=30), True), (2, "2016-12-31", CAME_AT, False))
    standing = "SELECT receipt_no FROM standing_refused($1::TIMESTAMP)"
    assert connection.execute(standing, [JUST_BEFORE]).fetchall() == []
    assert connection.execute(standing, [CAME_AT]).fetchall() == [(2,)]


@pytest.mark.parametrize("seen", ["posted_to_leads", "posted_by"])
def test_an_entry_is_known_from_the_moment_of_its_posting_and_to_its_own_draft_never(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, seen: str
) -> None:
    append(connection, tmp_path, [posting(amount_dkk="6000")], run="1", posted_at=POSTED_AT)
    amounts = f"SELECT posted_dkk FROM {seen}($1::TIMESTAMP, $2::VARCHAR)"  # noqa: S608 - one of two macros
    assert connection.execute(amounts, [JUST_BEFORE, None]).fetchall() == []
    assert connection.execute(amounts, [CAME_AT, None]).fetchall() == [(Decimal(6000),)]
    assert connection.execute(amounts, [CAME_AT, FINGERPRINT]).fetchall() == []
    assert connection.execute(amounts, [CAME_AT, "cd" * 32]).fetchall() == [(Decimal(6000),)]


def test_the_rules_and_the_register_are_known_from_the_moment_in_which_they_were_seen(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    for known in ([1, CAME_AT - timedelta(days=30), b"then"], [2, CAME_AT, b"now"]):
        connection.execute("INSERT INTO core_known VALUES ($1, 'jobfirst.yaml', $2, $3)", known)
    seen = [execute(connection, "register/known_contents", known_at=at).fetchall() for at in (JUST_BEFORE, CAME_AT)]
    assert seen == [[("jobfirst.yaml", b"then")], [("jobfirst.yaml", b"now")]]


def test_a_year_is_explained_from_the_draft_that_posted_last(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    first, second, later = "aa" * 32, "bb" * 32, "cc" * 32
    moments = (CAME_AT - timedelta(days=30), CAME_AT, CAME_AT + timedelta(days=30))
    for number, (fingerprint, moment) in enumerate(zip((first, second, later), moments, strict=True), start=1):
        connection.execute(
            "INSERT INTO core_drafts BY NAME SELECT $1 AS draft_no, 2016 AS year, $2 AS fingerprint, "
            "json_object('rules', 'rules of ' || $2) AS parts, 'anna' AS prepared_by, $3::TIMESTAMP AS prepared_at",
            [number, fingerprint, moment],
        )
        posted_at = moment.replace(tzinfo=POSTED_AT.tzinfo)
        own = posting(amount_dkk=str(10**number), fingerprint=fingerprint)
        append(
            connection,
            tmp_path,
            [own, posting("JF-183", 2017, fingerprint=second)],
            run=fingerprint,
            posted_at=posted_at,
        )
    columns = "SELECT project_id, year, rules_sha256, posted_dkk FROM run.explained"

    def explained(known_at: datetime, own_fingerprint: str | None) -> list[tuple[str, int, str, Decimal]]:
        execute(connection, "causes/explained", years=[2016], known_at=known_at, own_fingerprint=own_fingerprint)
        return connection.execute(columns).fetchall()

    connection.execute("CREATE SCHEMA IF NOT EXISTS run")
    assert explained(CAME_AT, None) == [("JF-187", 2016, f"rules of {second}", Decimal(110))]
    assert explained(JUST_BEFORE, None) == [("JF-187", 2016, f"rules of {first}", Decimal(10))]
    assert explained(moments[2], None) == [("JF-187", 2016, f"rules of {later}", Decimal(1110))]
    assert explained(moments[2], later) == [("JF-187", 2016, f"rules of {second}", Decimal(110))]
    assert explained(moments[0] - timedelta(seconds=1), None) == []

"""For how long a citizen of the trial is followed, and the hours of each stretch of days.

Source: the evaluation, 'Who, what, since when'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import polars as pl
import pytest

from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

Pieces = list[tuple[int, int, float]]
FOLLOW_UP_DAYS = 364


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        yield opened


@pytest.mark.parametrize(
    ("day", "as_of", "hours_end", "cut", "days"),
    [
        ("2016-03-01", "2016-12-31", None, "2016-12-31", 306),
        ("2016-03-01", "2017-02-26", None, "2017-02-26", 363),
        ("2016-03-01", "2017-12-31", None, "2017-12-31", FOLLOW_UP_DAYS),
        ("2017-07-01", "2018-01-31", None, "2017-12-31", 184),
        ("2017-07-01", "2017-12-31", "2017-08-31", "2017-08-31", 62),
        ("2017-07-01", "2017-08-15", "2017-08-31", "2017-08-15", 46),
        ("2016-12-31", "2016-12-31", None, "2016-12-31", 1),
        ("2017-07-01", "2017-12-31", "2017-05-31", "2017-05-31", 0),
    ],
    ids=[
        "to the delivery's day",
        "a day short of 52 weeks",
        "52 weeks",
        "to the programme's last day",
        "to the hours file's end",
        "to the delivery's day, before the hours file's end",
        "enrolled on the last day",
        "enrolled after the hours file's end",
    ],
)
def test_follow_up_ends_with_what_is_known(
    connection: duckdb.DuckDBPyConnection, day: str, as_of: str, hours_end: str | None, cut: str, days: int
) -> None:
    connection.execute(
        "CREATE TABLE run.projects AS SELECT 'JF-187' AS project_id, $1::DATE AS as_of_date, "
        "DATE '2017-12-31' AS programme_last_day",
        [as_of],
    )
    connection.execute(
        "CREATE TABLE run.accepted_citizens AS SELECT 'JF-187' AS project_id, 1 AS delivery_no, 2 AS row_no, "
        "'B1' AS borger_id, $1::DATE AS visitationsdato, 'aktivitetsparat' AS maalgruppe",
        [day],
    )
    connection.execute(
        "CREATE TABLE core_citizens AS SELECT 1 AS delivery_no, 2 AS row_no, 'a person' AS person, "
        "'kontrol' AS gruppe, DATE '1970-01-01' AS birth_date, '' AS ydelse, "
        "NULL::DATE AS offentlig_forsoergelse_siden"
    )
    connection.execute("CREATE TABLE run.arms AS SELECT 'kontrol' AS gruppe, 'control' AS arm")
    connection.execute("CREATE TABLE core_draw_members (project_id VARCHAR, person VARCHAR, ref VARCHAR)")
    connection.execute("CREATE TABLE run.draws (project_id VARCHAR)")
    connection.execute(
        "CREATE TABLE run.drawn (project_id VARCHAR, person VARCHAR, gruppe VARCHAR, day DATE, stratum VARCHAR)"
    )
    nobody = pl.DataFrame(schema=dict.fromkeys(("project_id", "ref", "reason"), pl.String))
    with registered(connection, withdrawals=nobody):
        end = None if hours_end is None else date.fromisoformat(hours_end)
        execute(connection, "evaluation/trial", hours_end=end, follow_up_days=FOLLOW_UP_DAYS)
    assert connection.execute("SELECT cut, days FROM run.trial").fetchall() == [(date.fromisoformat(cut), days)]


def follow(connection: duckdb.DuckDBPyConnection, day: str, days: int) -> None:
    connection.execute(
        "CREATE TABLE run.trial AS SELECT 0 AS citizen_no, 'a person' AS person, $1::DATE AS day, $2 AS days",
        [day, days],
    )


def pieces(connection: duckdb.DuckDBPyConnection) -> Pieces:
    return connection.execute(
        "SELECT first_at, end_at, weekly_hours FROM run.trial_pieces ORDER BY first_at"
    ).fetchall()


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        (["virksomhedspraktik 0 7 10"], [(0, 7, 10)]),
        (["virksomhedspraktik -14 7 10"], [(0, 7, 10)]),
        (["virksomhedspraktik 90 200 10"], [(90, 100, 10)]),
        (["virksomhedspraktik -20 0 10"], []),
        (["virksomhedspraktik 100 110 10"], []),
        (["loentilskud 0 7 10"], []),
        (["ordinaer_ansaettelse 0 7 -"], [(0, 7, 37)]),
        (["virksomhedspraktik 0 7 -"], []),
        (["virksomhedspraktik 0 14 40", "ordinaer_ansaettelse 7 21 30"], [(0, 7, 40), (7, 14, 60), (14, 21, 30)]),
        (["virksomhedspraktik 0 7 10", "virksomhedspraktik 7 14 20"], [(0, 7, 10), (7, 14, 20)]),
    ],
    ids=[
        "within the follow-up",
        "begun before it",
        "going on after it",
        "ended before it",
        "begun after it",
        "subsidised",
        "a job without hours, as supposed",
        "no job, without hours",
        "together over sixty",
        "one after the other",
    ],
)
def test_registered_hours_are_of_days_of_the_follow_up(
    connection: duckdb.DuckDBPyConnection, spells: list[str], expected: Pieces
) -> None:
    follow(connection, "2016-03-01", 100)
    connection.execute(
        "CREATE TABLE run.trial_spells (citizen_no INTEGER, type VARCHAR, first_at INTEGER, end_at INTEGER, "
        "hours DECIMAL(18, 2))"
    )
    for spell in spells:
        kind, first_at, end_at, hours = spell.split()
        values = [kind, first_at, end_at, None if hours == "-" else hours]
        connection.execute("INSERT INTO run.trial_spells VALUES (0, ?, ?, ?, ?)", values)
    execute(
        connection,
        "evaluation/registered_pieces",
        subsidised=["loentilskud"],
        employment=["ordinaer_ansaettelse"],
        blank_hours=37,
        most_hours=60,
    )
    assert pieces(connection) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({"2016-04": 30}, [(21, 51, 7)]),
        ({"2016-03": 31}, [(0, 21, 7)]),
        ({"2016-02": 29}, []),
        ({"2016-06": 30}, [(82, 100, 7)]),
        ({"2016-07": 31}, []),
        ({"2016-04": 0}, []),
        ({"2016-03": 62, "2016-04": 90}, [(0, 21, 14), (21, 51, 21)]),
    ],
    ids=["a month", "the month of the day drawn", "before it", "the last", "after it", "no hours", "two months"],
)
def test_reported_hours_are_spread_over_the_days_of_their_month(
    connection: duckdb.DuckDBPyConnection, months: dict[str, int], expected: Pieces
) -> None:
    follow(connection, "2016-03-11", 100)
    connection.execute("CREATE TABLE worked_hours (person VARCHAR, month_first DATE, hours DECIMAL(18, 2))")
    for month, hours in months.items():
        connection.execute("INSERT INTO worked_hours VALUES ('a person', ?, ?)", [f"{month}-01", hours])
    execute(connection, "evaluation/reported_pieces")
    assert pieces(connection) == expected


def test_a_piece_is_parted_among_its_weeks(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE run.trial_pieces AS FROM (VALUES (0, 5, 20, 7.0), (1, 7, 14, 7.0)) "
        "AS pieces(citizen_no, first_at, end_at, weekly_hours)"
    )
    found = execute(connection, "evaluation/weeks").fetchall()
    assert found == [(0, 0, 14.0), (0, 1, 49.0), (0, 2, 42.0), (1, 1, 49.0)]

"""The day on which a citizen completes: chains of spells at one company.

Source: the settlement, 'From registrations to events'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tasks.settlement.working_days import working_days
from tasks.warehouse.statements import execute

FIRST_DAY, LAST_DAY = date(2016, 1, 1), date(2017, 12, 31)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        opened.execute("CREATE TABLE run.projects AS SELECT 1 AS delivery_no, 91 AS completion_days")
        lay_out(opened, break_working_days=1)
        execute(opened, "macros/completions_of")
        yield opened


def lay_out(connection: duckdb.DuckDBPyConnection, *, break_working_days: int) -> None:
    """Make the calendar."""
    execute(
        connection,
        "run/calendar",
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        working_days=working_days(FIRST_DAY, LAST_DAY),
        break_working_days=break_working_days,
    )


def completions(connection: duckdb.DuckDBPyConnection, spells: list[str]) -> list[tuple[date]]:
    """Give the day on which a citizen with these spells completes; none: never."""
    connection.execute(
        "CREATE TABLE spells (delivery_no INTEGER, citizen_row_no INTEGER, virksomhed_cvr VARCHAR, "
        "start_day DATE, end_day DATE)"
    )
    connection.executemany("INSERT INTO spells VALUES (1, 2, ?, ?, ?)", [spell.split() for spell in reversed(spells)])
    return connection.execute("SELECT completion_date FROM completions_of('spells')").fetchall()


@pytest.mark.parametrize(
    ("spells", "completed"),
    [
        (["1 2016-02-01 2016-05-01"], "2016-05-01"),
        (["1 2016-02-01 2016-04-30"], None),
        (["1 2016-02-01 2016-03-15", "1 2016-03-16 2016-05-01"], "2016-05-01"),
        (["1 2016-02-01 2016-03-15", "1 2016-03-16 2016-04-30"], None),
        (["1 2016-02-01 2016-04-20", "1 2016-02-10 2016-02-12", "1 2016-04-21 2016-05-10"], "2016-05-01"),
        (["1 2016-02-01 2016-04-20", "1 2016-02-10 2016-02-12", "1 2016-04-25 2016-12-31"], "2016-07-24"),
        (["1 2016-02-01 2016-03-18", "1 2016-03-21 2016-05-01"], "2016-05-01"),
        (["1 2016-02-01 2016-03-19", "1 2016-03-21 2016-05-01"], "2016-05-01"),
        (["1 2016-02-01 2016-03-17", "1 2016-03-21 2016-05-01"], None),
        (["1 2016-02-01 2016-03-19", "1 2016-03-22 2016-05-02"], None),
        (["1 2016-02-01 2016-02-26", "1 2016-03-07 2016-07-31"], "2016-06-05"),
        (["1 2016-10-03 2016-12-30", "1 2017-01-02 2017-01-31"], "2017-01-01"),
        (["1 2016-02-01 2016-03-15", "2 2016-03-16 2016-05-01"], None),
        (["1 2016-03-01 2016-07-31", "2 2016-02-01 2016-07-31"], "2016-05-01"),
        (["1 2016-02-01 2016-05-31", "1 2016-09-01 2016-12-31"], "2016-05-01"),
    ],
    ids=[
        "91 days in one spell",
        "90 days in one spell",
        "91 days in two spells",
        "90 days in two spells",
        "a short spell within a long one that another follows",
        "a short spell within a long one, a working day before the next",
        "from Friday to Monday",
        "from Saturday to Monday",
        "from Thursday to Monday",
        "from Saturday to Tuesday",
        "a week between",
        "the 91st day lies between two spells",
        "91 days in two companies",
        "two companies complete",
        "one company completes twice",
    ],
)
def test_a_chain_completes_on_its_91st_day(
    connection: duckdb.DuckDBPyConnection, spells: list[str], completed: str | None
) -> None:
    assert completions(connection, spells) == ([] if completed is None else [(date.fromisoformat(completed),)])


def test_a_break_that_the_programme_has_no_days_left_for_ends_no_chain(connection: duckdb.DuckDBPyConnection) -> None:
    """As a what-if may ask; a spell of the last weeks then belongs to its chain as any other."""
    lay_out(connection, break_working_days=90)
    found = completions(connection, ["1 2017-10-02 2017-11-15", "1 2017-11-16 2017-12-31"])
    assert found == [(date(2017, 12, 31),)]


@pytest.mark.parametrize(
    ("ended", "as_of", "counted"),
    [
        ("2016-06-30", "2016-12-31", "2016-06-30"),
        (None, "2016-12-31", "2016-12-31"),
        ("2017-01-01", "2016-12-31", "2016-12-31"),
        (None, "2018-01-31", "2017-12-31"),
        ("2018-01-15", "2018-01-31", "2017-12-31"),
        ("2018-01-15", "2017-06-30", "2017-06-30"),
    ],
    ids=[
        "as registered",
        "it runs",
        "it ends after the delivery's day",
        "it runs beyond the programme",
        "it ended after the programme",
        "it ends after the delivery's day and the programme",
    ],
)
def test_a_spell_counts_to_its_end_or_to_where_it_is_known(ended: str | None, as_of: str, counted: str) -> None:
    with duckdb.connect() as opened:
        execute(opened, "macros/counted_end")
        days = [ended, as_of, LAST_DAY]
        (found,) = opened.execute("SELECT counted_end($1::DATE, $2::DATE, $3::DATE)", days).fetchall()
    assert found == (date.fromisoformat(counted),)

"""From events and expenses to kroner: the rate of the event's own day, the cap, and the limits of the fixed grant.

Source: the settlement, 'From events to money'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tasks.warehouse.statements import execute

LAST_OF_ALL_DAYS = date.max


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE SCHEMA run")
        yield opened


@pytest.mark.parametrize(
    ("started", "completed", "start_dkk", "completion_dkk"),
    [
        ("2016-12-31", None, "6000", None),
        ("2017-01-01", None, "7000", None),
        ("2016-10-02", "2016-12-31", "6000", "10000"),
        ("2016-10-03", "2017-01-01", "6000", "11000"),
        ("2017-01-01", "2017-04-01", "7000", "11000"),
        ("2016-01-01", "2016-03-31", "6000", "10000"),
    ],
)
def test_an_event_gives_the_rate_of_its_day(
    connection: duckdb.DuckDBPyConnection,
    started: str,
    completed: str | None,
    start_dkk: str,
    completion_dkk: str | None,
) -> None:
    connection.execute(
        "CREATE TABLE run.rates (rate VARCHAR, valid_from DATE, valid_to DATE, amount_dkk DECIMAL(18, 2))"
    )
    for rate, earlier, later in (("start", 6000, 7000), ("completion", 10_000, 11_000)):
        connection.execute("INSERT INTO run.rates VALUES (?, '2016-01-01', '2016-12-31', ?)", [rate, earlier])
        connection.execute("INSERT INTO run.rates VALUES (?, '2017-01-01', ?, ?)", [rate, LAST_OF_ALL_DAYS, later])
    connection.execute(
        "CREATE TABLE run.accepted_citizens AS SELECT 'JF-187' AS project_id, 1 AS delivery_no, 'B1' AS borger_id, "
        "2 AS row_no, 'participant' AS arm, 'aktivitetsparat' AS maalgruppe"
    )
    connection.execute(
        "CREATE TABLE run.qualifying_spells AS SELECT 1 AS delivery_no, 2 AS citizen_row_no, day AS start_day "
        "FROM (VALUES ($1::DATE + 20), ($1::DATE), ($1::DATE + 3)) AS days(day)",
        [started],
    )
    connection.execute(
        "CREATE TABLE run.completions AS SELECT 1 AS delivery_no, 2 AS citizen_row_no, $1::DATE AS completion_date "
        "WHERE $1::DATE IS NOT NULL",
        [completed],
    )
    execute(connection, "settlement/citizen_events")
    events = "SELECT start_date::VARCHAR, start_dkk, completion_date::VARCHAR, completion_dkk FROM run.citizen_events"
    assert connection.execute(events).fetchall() == [
        (started, Decimal(start_dkk), completed, None if completion_dkk is None else Decimal(completion_dkk))
    ]


def settled(
    connection: duckdb.DuckDBPyConnection, *, events_dkk: list[str], wages_dkk: list[str], commitment_dkk: str
) -> list[tuple[Decimal, ...]]:
    """Compute the years 2016 and 2017 of two alike projects; give the activity grant and the fixed grant of one."""
    connection.execute(
        "CREATE TABLE run.programme AS SELECT DATE '2016-01-01' AS programme_first_day, "
        "DATE '2017-12-31' AS programme_last_day"
    )
    connection.execute(
        "CREATE TABLE run.projects AS SELECT unnest(['JF-183', 'JF-187']) AS project_id, 0.9 AS activity_cap_share, "
        "16000.00 AS activity_grant_per_citizen_max_dkk, 1 AS target_participants, "
        "$1::DECIMAL(18, 2) AS commitment_dkk, 850000.00 AS fixed_grant_max_dkk",
        [commitment_dkk],
    )
    connection.execute(
        "CREATE TABLE run.citizen_events (project_id VARCHAR, start_date DATE, start_dkk DECIMAL(18, 2), "
        "completion_date DATE, completion_dkk DECIMAL(18, 2))"
    )
    connection.execute("CREATE TABLE run.wages (project_id VARCHAR, year INTEGER, wages_dkk DECIMAL(38, 2))")
    for project_id in ("JF-183", "JF-187"):
        for year, event_dkk, wage_dkk in zip((2016, 2017), events_dkk, wages_dkk, strict=True):
            connection.execute(
                "INSERT INTO run.citizen_events VALUES (?, make_date(?, 12, 31), ?, NULL, NULL)",
                [project_id, year, event_dkk],
            )
            connection.execute("INSERT INTO run.wages VALUES (?, ?, ?)", [project_id, year, wage_dkk])
    execute(connection, "settlement/every_year")
    years = "SELECT activity_dkk, fixed_dkk FROM run.every_year WHERE project_id = 'JF-187' ORDER BY year"
    return connection.execute(years).fetchall()


def test_wages_are_of_the_fixed_grants_categories_and_are_lost_by_a_rejection_alone(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "CREATE TABLE run.expense_categories AS FROM (VALUES ('projektledelse', true), ('materiale', false)) "
        "AS categories(kategori, is_fixed_grant)"
    )
    connection.execute(
        "CREATE TABLE run.expenses AS SELECT 'JF-187' AS project_id, 1 AS delivery_no, row_no, bilagsnr, "
        "DATE '2016-12-31' + row_no - 5 AS dato, kategori, 10 ** row_no AS beloeb FROM (VALUES "
        "(2, 'kept', 'projektledelse'), (3, 'remarked', 'projektledelse'), (4, 'held', 'projektledelse'), "
        "(5, 'rejected', 'projektledelse'), (6, 'material', 'materiale'), (7, 'of next year', 'projektledelse')) "
        "AS rows(row_no, bilagsnr, kategori)"
    )
    connection.execute(
        "CREATE TABLE run.quarantine AS FROM (VALUES ('udgifter', 1, 3, 'remark'), ('udgifter', 1, 4, 'hold'), "
        "('udgifter', 1, 5, 'reject'), ('forloeb', 1, 2, 'reject'), ('udgifter', 2, 2, 'reject')) "
        "AS verdicts(table_name, delivery_no, row_no, action)"
    )
    for name in ("wage_rows", "wages"):
        execute(connection, f"settlement/{name}")
    assert connection.execute("SELECT year, wages_dkk FROM run.wages ORDER BY year").fetchall() == [
        (2016, Decimal(100 + 1000 + 10_000)),
        (2017, Decimal(10_000_000)),
    ]


@pytest.mark.parametrize(
    ("wages_dkk", "commitment_dkk", "fixed_dkk"),
    [
        (["400000", "500000"], "850000", ["400000", "450000"]),
        (["900000", "-100000"], "850000", ["850000", "-50000"]),
        (["-100", "300"], "850000", ["0", "200"]),
        (["-500", "100"], "850000", ["0", "0"]),
        (["100", "-500"], "850000", ["100", "-100"]),
        (["150", "100"], "200", ["150", "50"]),
        (["0", "850000.01"], "850000", ["0", "850000"]),
        (["900000", "0"], "900000", ["850000", "0"]),
    ],
    ids=[
        "as in the worked example",
        "a credit note of a year beyond the limit",
        "a credit note before the wages",
        "a credit note larger than the wages after it",
        "a credit note larger than the wages before it",
        "a commitment below the most",
        "an øre beyond the limit",
        "a commitment above the most",
    ],
)
def test_the_fixed_grant_is_held_between_nothing_and_its_limit(
    connection: duckdb.DuckDBPyConnection, wages_dkk: list[str], commitment_dkk: str, fixed_dkk: list[str]
) -> None:
    found = settled(connection, events_dkk=["0", "0"], wages_dkk=wages_dkk, commitment_dkk=commitment_dkk)
    assert [fixed for _, fixed in found] == list(map(Decimal, fixed_dkk))


@pytest.mark.parametrize(
    ("events_dkk", "activity_dkk"),
    [
        (["6000", "8400"], ["6000", "8400"]),
        (["6000", "8400.01"], ["6000", "8400"]),
        (["14400.01", "6000"], ["14400", "0"]),
        (["0", "20000"], ["0", "14400"]),
    ],
)
def test_the_activity_grant_ends_at_the_cap_of_all_years(
    connection: duckdb.DuckDBPyConnection, events_dkk: list[str], activity_dkk: list[str]
) -> None:
    found = settled(connection, events_dkk=events_dkk, wages_dkk=["0", "0"], commitment_dkk="0")
    assert found == [(Decimal(amount), Decimal(0)) for amount in activity_dkk]

"""Control totals are held against the rows that were read. Source: the intake, '`kontroltal.csv`'."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tasks.intake.contents import DeliveredFile
from tasks.intake.control import ControlRow, control_faults, control_rows
from tasks.intake.delivery import read_delivery
from tasks.warehouse.connection import prepare

DELIVERY_NO = 1


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a delivery of four expenses, of which one has no readable amount, and one further row that is ragged."""
    with duckdb.connect() as opened:
        prepare(opened)
        for row_no, amount in enumerate(("100000.50", "-500", "1234.56", None), start=2):
            opened.execute(
                "INSERT INTO core_expenses BY NAME SELECT $1 AS delivery_no, $2 AS row_no, $2::VARCHAR AS bilagsnr, "
                "'materiale' AS kategori, 'nej' AS lovpligtig, $3::DECIMAL(18, 2) AS beloeb",
                [DELIVERY_NO, row_no, amount],
            )
        for table, received in (("borgere", 2), ("forloeb", 0), ("udgifter", 5)):
            opened.execute("INSERT INTO core_row_counts VALUES (?, ?, ?, 0)", [DELIVERY_NO, table, received])
        yield opened


@pytest.mark.parametrize(
    ("table", "count", "total", "told"),
    [
        ("udgifter", "5", "100.735,06", None),
        ("Udgifter", "5", "100735,06 kr.", None),
        ("udgifter", "5", "100.735,05", "read is 100735.06"),
        ("udgifter", "5", "100735.60", "read is 100735.06"),
        ("udgifter", "5", "1.23,4", '"1.23,4"'),
        ("udgifter", "4", "100.735,06", "antal"),
        ("borgere", "2", "", None),
        ("borgere", "3", "", "read is 2"),
        ("borgere", "1", "", "read is 2"),
        ("forloeb", "0", "", None),
        ("borgere", "2,0", "", '"2,0"'),
        ("borgere", "2.0", "", '"2.0"'),
        ("borgere", "+2", "", '"+2"'),
        ("borgere", "", "", "blank"),
        ("borger", "2", "", "unknown"),
    ],
)
def test_a_total_that_does_not_fit_is_told(
    connection: duckdb.DuckDBPyConnection, table: str, count: str, total: str, told: str | None
) -> None:
    row = ControlRow(DELIVERY_NO, "A2", "B2", "C2", table, count, total)
    faults = control_faults(connection, [row])[DELIVERY_NO]
    assert [fault.code for fault in faults] == ([] if told is None else ["F08"])
    assert all(told in fault.en for fault in faults if told is not None)


def test_each_row_of_totals_is_held_against_its_own_table(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        ControlRow(DELIVERY_NO, "A2", "B2", "C2", "borgere", "3", ""),
        ControlRow(DELIVERY_NO, "A3", "B3", "C3", "udgifter", "6", "0"),
    ]
    faults = control_faults(connection, rows)[DELIVERY_NO]
    assert [fault.en.split(":", 1)[0] for fault in faults] == ["B2", "B3", "C3"]


@pytest.mark.parametrize(
    ("line", "rows", "faults"),
    [
        ("borgere,2,", 1, 0),
        ("borgere,2", 1, 0),
        ("borgere,2,,,", 1, 0),
        (",,", 0, 0),
        ("udgifter,5,100735,06", 0, 1),
    ],
)
def test_a_row_of_totals_is_read_by_its_places_where_it_has_no_more_than_the_header(
    line: str, rows: int, faults: int
) -> None:
    written = f"tabel,antal,sum_beloeb\n{line}\n".encode()
    totals = read_delivery([DeliveredFile("kontroltal.csv", written)], is_archive=False).control
    assert totals is not None
    read, told = control_rows(DELIVERY_NO, totals)
    assert (len(read), [fault.code for fault in told]) == (rows, ["F08"] * faults)

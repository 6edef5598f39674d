"""What burdens a municipality, so that it is heard before the decision, and what makes a hearing one about the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pytest

from tasks.warehouse.connection import prepare
from tasks.warehouse.statements import execute

AMOUNTS = ("activity_dkk", "fixed_dkk", "posted_activity_dkk", "posted_fixed_dkk")

Violation = tuple[str, str, str, str]
Cause = tuple[int, str, str]
"""Year, amount and text."""
Row = tuple[int, str, str, str | None, str, str | None, str]
"""Year, subject and key; day and amount as posted; day and amount now."""


def intended(
    amounts: Sequence[str] = ("0", "0", "0", "0"),
    lost_dkk: Sequence[str | None] = (),
    rejected: Sequence[Violation] = (),
    causes: Sequence[Cause] = (),
    rows: Sequence[Row] = (),
) -> tuple[list[str], str]:
    """Give the burdens of a project's year, and the hash over what it gives.

    `amounts`: as AMOUNTS; `lost_dkk`: of each rejected row; `rejected`: table, key, code and severity; `causes`, and
    `rows`: the registrations behind them.
    """
    with duckdb.connect() as opened:
        prepare(opened)
        columns = ", ".join(f"${name}::DECIMAL(18, 2) AS {name}" for name in AMOUNTS)
        opened.execute(
            "CREATE TABLE run.payable AS "
            f"SELECT 'JF-187' AS project_id, 2016 AS year, true AS is_settled_before, {columns}",
            dict(zip(AMOUNTS, amounts, strict=True)),
        )
        opened.execute("CREATE TABLE run.programme AS SELECT 2016 AS settled_year")
        opened.execute("CREATE TABLE run.project_facts AS SELECT 'JF-187' AS project_id, true AS is_asked")
        opened.execute("CREATE TABLE run.projects AS SELECT 'JF-187' AS project_id, 7 AS delivery_no")
        opened.execute(
            "CREATE TABLE run.causes (project_id VARCHAR, year INTEGER, amount_dkk DECIMAL, text_da VARCHAR)"
        )
        opened.execute(
            "CREATE TABLE run.cause_rows (project_id VARCHAR, year INTEGER, subject VARCHAR, key VARCHAR, "
            "earlier_day DATE, earlier_dkk DECIMAL, day DATE, now_dkk DECIMAL)"
        )
        for cause in causes:
            opened.execute("INSERT INTO run.causes VALUES ('JF-187', ?, ?, ?)", list(cause))
        for row in rows:
            opened.execute("INSERT INTO run.cause_rows VALUES ('JF-187', ?, ?, ?, ?, ?, ?, ?)", list(row))
        opened.execute(
            "CREATE TABLE run.violations "
            "(project_id VARCHAR, table_name VARCHAR, row_no INTEGER, key VARCHAR, code VARCHAR, severity VARCHAR)"
        )
        for table, key, code, severity in rejected:
            opened.execute("INSERT INTO run.violations VALUES ('JF-187', ?, 2, ?, ?, ?)", [table, key, code, severity])
        opened.execute("CREATE TABLE run.rejected_value (delivery_no INTEGER, lost_dkk DECIMAL(18, 2))")
        for lost in lost_dkk:
            opened.execute("INSERT INTO run.rejected_value VALUES (7, ?)", [lost])
        execute(opened, "causes/intended")
        ((burdens, gives),) = opened.execute("SELECT burdens, gives_sha256 FROM run.intended").fetchall()
    return burdens, gives


@pytest.mark.parametrize(
    ("amounts", "burdens"),
    [
        (("6000", "500", "0", "0"), []),
        (("6000", "500", "6000", "500"), []),
        (("6000.01", "500.01", "6000", "500"), []),
        (("5999.99", "500", "6000", "500"), ["repayment", "less"]),
        (("6000", "499.99", "6000", "500"), ["repayment", "less"]),
        (("5999.99", "500.01", "6000", "500"), ["less"]),
        (("6000.01", "499.99", "6000", "500"), ["less"]),
        (("5999.99", "500.02", "6000", "500"), ["less"]),
        (("6000.01", "499.98", "6000", "500"), ["repayment", "less"]),
    ],
    ids=[
        "a first decision",
        "as posted",
        "more of both",
        "less activity grant",
        "less fixed grant",
        "as much less activity grant as more fixed grant",
        "as much less fixed grant as more activity grant",
        "less activity grant, more in all",
        "less fixed grant, less in all",
    ],
)  # fmt: skip
def test_a_component_below_what_was_posted_is_a_burden(amounts: tuple[str, ...], burdens: list[str]) -> None:
    assert intended(amounts)[0] == burdens


@pytest.mark.parametrize(
    ("lost_dkk", "burdens"),
    [((), []), (("0",), []), (("0", "0.01"), ["rejected"]), ((None,), ["rejected"]), (("0", None), ["rejected"])],
    ids=["no rejected row", "that gives nothing", "that gives something", "unknown", "one of two unknown"],
)
def test_a_rejected_row_is_a_burden_unless_it_gives_nothing(
    lost_dkk: tuple[str | None, ...], burdens: list[str]
) -> None:
    assert intended(lost_dkk=lost_dkk)[0] == burdens


@pytest.mark.parametrize(
    ("rejected", "is_same"),
    [
        ([("forloeb", "F1", "S12", "reject")], False),
        ([("forloeb", "F1", "S11", "warning")], True),
        ([("grundelementer", "B1", "G02", "reject")], True),
    ],
    ids=["a rejected spell", "a remark", "a rejected element, which gives no money"],
)
def test_a_hearing_is_about_the_same_where_the_same_money_is_rejected(
    rejected: list[Violation], *, is_same: bool
) -> None:
    assert (intended(rejected=rejected)[1] == intended()[1]) is is_same


HEARD: dict[str, Any] = {
    "amounts": ("6000", "500", "12000", "500"),
    "causes": [(2016, "-6000", "Et forløb tæller ikke længere")],
    "rows": [(2016, "start", "Anna", "2016-03-01", "6000", None, "0")],
}
ANNA_MOVED = (2016, "start", "Anna", "2016-03-01", "6000", "2017-01-02", "0")


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"amounts": ("6000", "500", "11000", "500")}, False),
        ({"amounts": ("6000", "500", "12000", "600")}, False),
        ({"amounts": ("6000", "500", "11500", "1000")}, False),
        ({"causes": [(2016, "-6000", "Et forløb er flyttet")]}, False),
        ({"causes": [(2016, "-5000", "Et forløb tæller ikke længere")]}, False),
        ({"causes": [*HEARD["causes"], (2017, "6000", "Et forløb er flyttet")]}, True),
        ({"rows": [(2016, "start", "Bent", "2016-03-01", "6000", None, "0")]}, False),
        ({"rows": [ANNA_MOVED]}, False),
        ({"rows": [*HEARD["rows"], (*ANNA_MOVED[:1], "completion", *ANNA_MOVED[2:])]}, False),
        ({"rows": [*HEARD["rows"], (2017, *ANNA_MOVED[1:])]}, True),
    ],
    ids=[
        "nothing",
        "less activity grant was posted",
        "more fixed grant was posted",
        "as much is posted, of other components",
        "the cause",
        "the cause's amount",
        "the cause of another year",
        "who is behind it",
        "the day",
        "what else is behind it",
        "who is behind another year's",
    ],
)
def test_a_hearing_is_about_the_same_amounts_causes_and_registrations(
    changed: dict[str, Any], *, is_same: bool
) -> None:
    assert (intended(**{**HEARD, **changed})[1] == intended(**HEARD)[1]) is is_same

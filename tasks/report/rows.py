"""What the report shows, read from the tables of schema `run` and put in its order. Money is exact, in DKK."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from tasks.report.chi_square import goodness_of_fit_p
from tasks.validation.catalogue import refusals_of_deliveries
from tasks.warehouse.rows import Row, rows_of

if TYPE_CHECKING:
    import duckdb

DELIVERED_TABLES = ("borgere", "forloeb", "udgifter")
# Below this level a deviation is called unlikely to be chance: the usual one of the field, for reading only.
SIGNIFICANCE_LEVEL = 0.05
ZERO = Decimal(0)


def read(connection: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """Give the rows of `sql/report/<name>.sql`, by column."""
    return rows_of(connection, f"report/{name}")


def total(rows: Iterable[Mapping[str, Any]], column: str) -> Any:
    """Add up a column: amounts (`*_dkk`) to a Decimal, counts to a whole number."""
    return sum((row[column] for row in rows), ZERO if column.endswith("_dkk") else 0)


def projects(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each project's settled year, with the share of its cap that is used."""
    rows = read(connection, "projects")
    for row in rows:
        row["cap_used_share"] = row["activity_cumulative_dkk"] / row["cap_dkk"]
    return rows


def proportions(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each arm's target groups, with the arm's chi-square p-value and whether chance is an unlikely cause."""
    rows = read(connection, "proportions")
    arms: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        arms.setdefault((row["project_id"], row["arm"]), []).append(row)
    for arm in arms.values():
        p = goodness_of_fit_p([row["citizens"] for row in arm], [float(row["population_share"]) for row in arm])
        for row in arm:
            row["chi_square_p"] = p
            row["is_unlikely"] = p is not None and p < SIGNIFICANCE_LEVEL
    return rows


def spells_by_arm(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each arm's spells by type, with the median of their weekly hours; None where none has ordinary hours."""
    rows = read(connection, "spells_by_arm")
    median = {(row["arm"], row["type"]): row["median_weekly_hours"] for row in read(connection, "weekly_hours")}
    for row in rows:
        row["median_weekly_hours"] = median.get((row["arm"], row["type"]))
    return rows


def refused_deliveries(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each refused delivery by each rule that refuses it; a remark on it is no reason."""
    return rows_of(connection, "report/refused_deliveries", refusing=refusals_of_deliveries())


def rejected_rows(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each project's share of rejected rows: each table's (`<table>_share`), the largest, whether it is a hold."""
    rows = read(connection, "rejected_rows")
    for row in rows:
        for table in DELIVERED_TABLES:
            received = row[f"{table}_received"]
            row[f"{table}_share"] = Decimal(row[f"{table}_rejected"]) / received if received else ZERO
        row["largest_share"] = max(row[f"{table}_share"] for table in DELIVERED_TABLES)
        row["is_above"] = row["largest_share"] > row["hold_rejected_share"]
    return rows


def municipalities(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Give each municipality with a project, with its grant for each place (`per_place_dkk`); None: unknown."""
    rows = read(connection, "municipalities")
    for row in rows:
        share = (row["granted_dkk"] / row["target"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        row["per_place_dkk"] = share if row["is_known"] else None
    return rows


@dataclass(frozen=True)
class Headline:
    """The year's kroner by what can be done with them: number of projects, and amount in DKK.

    `payable_dkk` is the money to be paid out: the ready and the waiting, no more and no less. Repayments stand beside
    it, never within it. Nobody knows an amount for a project without a delivery (`unknown`). `held`: all projects on
    hold.
    """

    ready: int
    ready_dkk: Decimal
    repayments: int
    repayments_dkk: Decimal
    waiting: int
    waiting_dkk: Decimal
    payable: int
    payable_dkk: Decimal
    held: int
    unknown: int


def headline(projects: Sequence[Row]) -> Headline:
    """Divide the payable amount between projects that are ready and that wait, and add up the repayments owed."""
    known = [p for p in projects if p["status"] != "missing"]
    payable = [p for p in known if p["payable_dkk"] > 0]
    ready = [p for p in payable if p["status"] == "ready"]
    waiting = [p for p in payable if p["status"] != "ready"]
    repayments = [p for p in known if p["payable_dkk"] < 0]
    return Headline(
        ready=len(ready),
        ready_dkk=total(ready, "payable_dkk"),
        repayments=len(repayments),
        repayments_dkk=total(repayments, "payable_dkk"),
        waiting=len(waiting),
        waiting_dkk=total(waiting, "payable_dkk"),
        payable=len(payable),
        payable_dkk=total(payable, "payable_dkk"),
        held=sum(1 for p in projects if p["holds"]),
        unknown=len(projects) - len(known),
    )

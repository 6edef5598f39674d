"""The tables of a run's page: rows of text and numbers, one function per table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.lines import amount
from tasks.register.municipalities import municipalities
from tasks.validation.catalogue import rule_of
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    import duckdb

    from tasks.backfill.plan import Plan
    from tasks.draft.summary import Summary
    from tasks.forecast.forecast import Forecast

Table = list[dict[str, str | int]]
UNKNOWN = "unknown"
"""Stands for an amount or a count of a project without an accepted delivery: 0 would be a claim."""


def settlement_table(connection: duckdb.DuckDBPyConnection, year: int) -> Table:
    """Give a row for each project of the year's settlement; amounts in kroner."""
    names = municipalities()
    return [
        {
            "Project": row["project_id"],
            "Municipality": names[row["lead_municipality"]].name,
            "Status": row["status"],
            "Holds": row["holds"] or "",
            "Payable, kr.": UNKNOWN if row["status"] == "missing" else amount(row["payable"]),
            "Entitlement, kr.": UNKNOWN if row["status"] == "missing" else amount(row["entitlement"]),
            "Posted, kr.": amount(row["posted"]),
            "Participants": row["participants"],
            "Controls": row["controls"],
            "Starts": row["starts"],
            "Completions": row["completions"],
        }
        for row in rows_of(connection, "draft/settlement.csv", year=year)
    ]


def rejected_table(summary: Summary) -> Table:
    """Give a row for each rule that rejects rows."""
    return [
        {"Rule": code, "Rows": rows, "Name": summary.titles[code], "How to mend": rule_of(code).mend_en}
        for code, rows in summary.rejected.items()
    ]


def forecast_table(found: Forecast) -> Table:
    """Give a row for each project, and one for all, with its possible cost; amounts in kroner, estimates to 1 000."""
    names = municipalities()
    columns = {"So far": "so_far", "Low": "low", "Expected": "expected", "High": "high", "Most": "most"}

    def written(amounts: Mapping[str, Decimal | None], absent: str = "") -> dict[str, str | int]:
        return {
            f"{title}, kr.": absent if (dkk := amounts.get(name)) is None else amount(dkk)
            for title, name in columns.items()
        }

    rows: Table = [
        {
            "Project": one.project_id,
            "Municipality": names[one.lead_municipality].name,
            **written({name: getattr(one, name) for name in columns.values()}, UNKNOWN if one.is_unknown else ""),
            "Enrolled": UNKNOWN if one.enrolled is None else one.enrolled,
            "Target": one.target,
        }
        for one in found.projects
    ]
    rows.append(
        {
            "Project": "all",
            "Municipality": "",
            **written(found.in_all),
            "Enrolled": sum(one.enrolled or 0 for one in found.projects),
            "Target": sum(one.target for one in found.projects),
        }
    )
    return rows


def plan_table(plan: Plan) -> Table:
    """Give a row for each project and year that a backfill is going to correct; amounts in kroner."""
    return [
        {
            "Year": one.year,
            "Project": one.project_id,
            "Posted, kr.": amount(one.posted_dkk) if one.is_settled_before else "never",
            "Entitlement, kr.": amount(one.entitlement_dkk),
            "Difference, kr.": amount(one.difference_dkk),
            "Registrations": one.rows_changed,
            "Why": "; ".join(f"{amount(cause['amount_dkk'])} kr.: {cause['text_en']}" for cause in one.causes),
        }
        for one in plan.differences
    ]

"""The table of a run's page: a row for each project, its numbers as Danes write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.danish import decimal, percent

if TYPE_CHECKING:
    from decimal import Decimal

    from tasks.fidelity.measure import Fidelity


def fidelity_table(found: Fidelity) -> list[dict[str, str | int]]:
    """Give a row for each project: of its due courses the share with all nine elements, lowest to highest."""

    def share(value: Decimal | None) -> str:
        return "" if value is None else percent(value)

    def ratio(value: Decimal | None) -> str:
        return "" if value is None else decimal(value, 2)

    return [
        {
            "Project": row["project_id"],
            "Courses due": "unknown" if row["courses_due"] is None else row["courses_due"],
            "JobFirst, lowest, pct.": share(row["jobfirst_lowest"]),
            "JobFirst, highest, pct.": share(row["jobfirst_highest"]),
            "Sum of grades": "" if row["sum"] is None else row["sum"],
            "Band": row["band"] or "",
            "Two readers agree, pct.": share(row["agreement"]),
            "Kappa": ratio(row["kappa"]),
            "Pairs": "" if row["pairs"] is None else row["pairs"],
        }
        for row in found.projects
    ]

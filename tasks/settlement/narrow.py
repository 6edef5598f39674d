"""Narrowing a settlement to the projects that a draft covers, after all projects were judged together."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tasks.base.errors import InputError
from tasks.base.nearest import nearest_are
from tasks.base.worded import phrase
from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb

    from tasks.register.read import Register

_BY_PROJECT = (
    "projects",
    "project_municipalities",
    "reported_receipts",
    "without_effect",
    "faults",
    "posted",
    "other_years_posted",
    "accepted_citizens",
    "citizen_events",
    "wage_rows",
    "wages",
    "every_year",
    "settlement",
    "proportions",
    "project_facts",
    "project_holds",
    "violations",
)
_BY_DELIVERY = ("quarantine", "qualifying_spells", "completions", "would_be_spells", "rejected_value")


def check_projects(projects: Collection[str], register: Register) -> None:
    """Raise InputError when one of the projects is not in the register."""
    unknown = sorted(set(projects) - register.project_ids)
    if unknown:
        raise InputError(
            phrase(
                "{unknown} is not in the register{nearest}: name projects of projekter.csv.",
                unknown=unknown[0],
                nearest=nearest_are(unknown[0], register.project_ids),
            )
        )


def narrow_to(connection: duckdb.DuckDBPyConnection, projects: Collection[str]) -> None:
    """Leave in the run's tables what belongs to the projects; what the portfolio has in common stays."""
    by_project, by_delivery = statement("run/narrow_by_project"), statement("run/narrow_by_delivery")
    for table in _BY_PROJECT:
        connection.execute(by_project.replace("{table}", table), {"projects": list(projects)})
    for table in _BY_DELIVERY:
        connection.execute(by_delivery.replace("{table}", table))

"""The page: the report's rows and figures in the wording of `templates/report/`, as one file that stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from tasks.base import danish
from tasks.base.jinja import strict_environment
from tasks.base.moment import Moment
from tasks.base.paths import TEMPLATES
from tasks.base.program import program_name
from tasks.charts.plots import Drawings, Size, sized
from tasks.charts.svg import figure
from tasks.report import cells, figures, rows, tiles
from tasks.rules.model import Rules
from tasks.validation.catalogue import load_catalogue
from tasks.warehouse.rows import Row, rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

FOLDER = TEMPLATES / "report"
NO_SECTION = Markup()
FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class ReportFacts:
    """What the page says beyond the tables of schema `run`.

    `fingerprint`: the draft's, 16-64 lower-case hexadecimal digits. `is_draft`: marks every page UDKAST.
    `municipality_names`: by three-digit code. `forecast`: a section of the page, or nothing.
    `letters`: the projects whose letter and annex lie beside the page.
    """

    rules: Rules
    fingerprint: str
    is_draft: bool
    municipality_names: Mapping[str, str]
    forecast: Markup = NO_SECTION
    letters: Collection[str] = ()

    def __post_init__(self) -> None:
        if not FINGERPRINT.fullmatch(self.fingerprint):
            raise ValueError("a fingerprint is 16-64 lower-case hexadecimal digits")


@cache
def _environment() -> Environment:
    environment = strict_environment(FOLDER, Environment)
    environment.globals |= {
        "cell": cells.cell,
        "cells": cells.cells,
        "changes": cells.changes,
        "lost_cell": cells.lost_cell,
        "figure": figure,
        "totals": cells.totals,
        "unknown": cells.unknown,
    }
    environment.filters |= {
        "amount": danish.amount,
        "at_stake": figures.at_stake,
        "counted": danish.antal,
        "day": danish.short_day,
        "dato": danish.dato,
        "decimal": danish.decimal,
        "kroner": figures.whole_kroner,
        "millions": danish.millions,
        "moment": lambda moment: Moment(moment).in_danish(),
        "month": danish.month,
        "none_at_stake": figures.none_at_stake,
        "number": danish.number,
        "p_statement": danish.p_statement,
        "percent": danish.percent,
        "signed_amount": danish.signed_amount,
        "total": rows.total,
    }
    return environment


def _proportions(of_group: Sequence[Row], labels: Callable[[Size], figures.Label]) -> Drawings:
    return sized(lambda size: figures.proportions(of_group, labels(size), size))


@cache
def _script() -> tuple[str, str]:
    """Give the page's script, and the hash by which its content security policy knows it."""
    script = (FOLDER / "sort.js").read_text(encoding="utf-8")
    return script, base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def report_page(connection: duckdb.DuckDBPyConnection, facts: ReportFacts) -> str:
    """Write the settlement to look at, of the year that schema `run` holds: one HTML page in Danish.

    It needs no other file and no network. The same tables and facts give the same text. It gives counts, shares and
    amounts, and nothing of any one person. Raises KeyError where a municipality has no name.
    """
    execute(connection, "report/accepted_spells")
    programme = rows.read(connection, "appropriation")[0]
    projects = rows.projects(connection)
    years = rows.read(connection, "years")
    months = rows.read(connection, "months")
    proportions = rows.proportions(connection)
    rejected_rows = rows.rejected_rows(connection)
    broken_rules = rows.read(connection, "broken_rules")
    rejecting = [rule for rule in broken_rules if rule["action"] == "reject"]
    raised = rows.read(connection, "holds")

    rule_titles = {rule.code: rule.title_da for suite in load_catalogue().values() for rule in suite.rules}
    leads = {p["project_id"]: facts.municipality_names[p["lead_municipality"]] for p in projects}

    names = {project_id: f"{project_id} {lead}" for project_id, lead in leads.items()}
    leading = Counter(leads.values())
    # A telephone has room for the municipality, or for the project where that leads several.
    short_names = {project_id: lead if leading[lead] == 1 else project_id for project_id, lead in leads.items()}

    def labels(size: Size) -> figures.Label:
        return (names if size.has_columns else short_names).__getitem__

    by_municipality = rows.municipalities(connection)
    per_place = {row["kommunekode"]: row["per_place_dkk"] for row in by_municipality if not row["is_not_started"]}
    changed = rows.read(connection, "project_years")
    lost = rows.read(connection, "lost_by_project")
    # With two target groups, each deviates by what the other does: one figure shows both.
    groups = sorted(facts.rules.vocabulary.target_groups)
    drawn_groups = groups[:1] if len(groups) == 2 else groups
    script, script_sha256 = _script()
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            facts=facts,
            program=program_name(),
            programme=programme,
            year=programme["settled_year"],
            headline=rows.headline(projects),
            rule_titles=rule_titles,
            projects=projects,
            leads=leads,
            years=years,
            this_year=years[-1],
            last_year=years[-2] if len(years) > 1 else None,
            months=months,
            rejecting=rejecting,
            remarks=[rule for rule in broken_rules if rule["action"] != "reject"],
            rejected_rows=rejected_rows,
            refused=rows.refused_deliveries(connection),
            unregistered=rows_of(connection, "draft/unregistered"),
            without_effect=rows_of(connection, "draft/without_effect"),
            holds=[hold for hold in raised if hold["action"] == "hold"],
            notes=[hold for hold in raised if hold["action"] == "remark"],
            proportions=proportions,
            significance_level=rows.SIGNIFICANCE_LEVEL,
            spells_by_arm=rows.spells_by_arm(connection),
            control_spells=rows.read(connection, "control_spells"),
            earlier=rows.read(connection, "earlier_differences"),
            exposed=figures.exposed(programme),
            municipality_rows=by_municipality,
            changed=changed,
            lost=lost,
            drawings={
                "appropriation": sized(lambda size: figures.appropriation(years, size)),
                "exposure": sized(lambda size: figures.exposure(programme, size)),
                "municipalities": sized(lambda size: tiles.drawn(per_place, "kr.", size)),
                "year_on_year": sized(lambda size: figures.year_on_year(changed, labels(size), size))
                if changed
                else None,
                "cap_use": sized(lambda size: figures.cap_use(projects, labels(size), size)),
                "events": sized(lambda size: figures.events_by_month(months, size)),
                "rejected_by_rule": sized(lambda size: figures.rejected_by_rule(rejecting, rule_titles, size))
                if rejecting
                else None,
                "lost_by_project": sized(lambda size: figures.lost_by_project(lost, labels(size), size))
                if lost
                else None,
                "rejected_by_project": sized(
                    lambda size: figures.rejected_by_project(rejected_rows, labels(size), size)
                )
                if rejected_rows
                else None,
                "proportions": {
                    group: _proportions([row for row in proportions if row["maalgruppe"] == group], labels)
                    for group in drawn_groups
                    if proportions
                },
            },
            style=Markup(_environment().get_template("style.css.jinja").render(facts=facts)),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_sha256=script_sha256,
        )
    )

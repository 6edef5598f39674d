"""The page: the report's rows and figures in the wording of `templates/report/`, as one file that stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from tasks.base import danish
from tasks.base.jinja import COMMON, strict_environment
from tasks.base.moment import Moment
from tasks.base.paths import TEMPLATES
from tasks.base.program import program_name
from tasks.charts.canvas import Drawings, Size, sized
from tasks.charts.svg import figure
from tasks.draft.summary import backfill_of
from tasks.report import cells, figures, rows, tiles
from tasks.rules.model import Rules
from tasks.validation.catalogue import TOGETHER, load_catalogue
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
        "liste": danish.liste,
        "month": danish.month,
        "most_at_stake": figures.most_at_stake,
        "none_at_stake": figures.none_at_stake,
        "number": danish.number,
        "p_statement": danish.p_statement,
        "percent": danish.percent,
        "signed_amount": danish.signed_amount,
        "total": rows.total,
    }
    return environment


@cache
def _script() -> tuple[str, str]:
    """Give the page's script, and the hash by which its content security policy knows it."""
    script = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "page.js", COMMON / "sort.js"))
    return script, base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def report_page(connection: duckdb.DuckDBPyConnection, facts: ReportFacts) -> str:
    """Write the settlement to look at, of the year that schema `run` holds: one HTML page in Danish.

    It needs no other file and no network. The same tables and facts give the same text. It gives counts, shares and
    amounts, and nothing of any one person. Raises KeyError where a municipality has no name.
    """
    read = _read(connection, facts)
    script, script_sha256 = _script()
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            **read,
            facts=facts,
            program=program_name(),
            drawings=_drawings(read, sorted(facts.rules.vocabulary.target_groups)),
            style=Markup(_environment().get_template("style.css.jinja").render(facts=facts)),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            script_sha256=script_sha256,
        )
    )


def _read(connection: duckdb.DuckDBPyConnection, facts: ReportFacts) -> dict[str, Any]:
    """Read what the page shows, by the names of its templates."""
    execute(connection, "report/accepted_spells")
    programme = rows.read(connection, "appropriation")[0]
    projects = rows.projects(connection)
    years = rows.read(connection, "years")
    broken_rules = rows.read(connection, "broken_rules")
    raised = rows.read(connection, "holds")
    earlier = rows.read(connection, "earlier_differences")
    (summed,) = rows_of(connection, "draft/summary", year=programme["settled_year"], together=TOGETHER)
    return {
        "programme": programme,
        "year": programme["settled_year"],
        "headline": rows.headline(projects),
        "rule_titles": {rule.code: rule.title_da for suite in load_catalogue().values() for rule in suite.rules},
        "projects": projects,
        "leads": {one["project_id"]: facts.municipality_names[one["lead_municipality"]] for one in projects},
        "years": years,
        "this_year": years[-1],
        "last_year": years[-2] if len(years) > 1 else None,
        "months": rows.read(connection, "months"),
        "rejecting": [rule for rule in broken_rules if rule["action"] == "reject"],
        "remarks": [rule for rule in broken_rules if rule["action"] != "reject"],
        "rejected_rows": rows.rejected_rows(connection),
        "refused": rows.refused_deliveries(connection),
        "unregistered": rows_of(connection, "draft/unregistered"),
        "without_effect": rows_of(connection, "draft/without_effect"),
        "holds": [hold for hold in raised if hold["action"] == "hold"],
        "notes": [hold for hold in raised if hold["action"] == "remark"],
        "proportions": rows.proportions(connection),
        "significance_level": rows.SIGNIFICANCE_LEVEL,
        "spells_by_arm": rows.spells_by_arm(connection),
        "control_spells": rows.read(connection, "control_spells"),
        "earlier": earlier,
        "backfill": backfill_of((row["year"] for row in earlier), summed["apart_from"], summed["apart_to"]),
        "exposed": figures.exposed(programme),
        "municipality_rows": rows.municipalities(connection),
        "changed": rows.read(connection, "project_years"),
        "lost": rows.read(connection, "lost_by_project"),
    }


def _drawings(read: Mapping[str, Any], target_groups: Sequence[str]) -> dict[str, Any]:
    """Draw the figures of what was read, by the names of the page's templates; None where there is nothing to draw."""
    labels = _labels(read["leads"])
    per_place = {
        row["kommunekode"]: row["per_place_dkk"] for row in read["municipality_rows"] if not row["is_not_started"]
    }

    def by_project(draw: Callable[..., Sequence[str]], of: Sequence[Row]) -> Drawings | None:
        return sized(lambda size: draw(of, labels(size), size)) if of else None

    # With two target groups, each deviates by what the other does: one figure shows both.
    drawn_groups = target_groups[:1] if len(target_groups) == 2 else target_groups
    deviations = {
        group: [row for row in read["proportions"] if row["maalgruppe"] == group]
        for group in drawn_groups
        if read["proportions"]
    }
    rejecting, rule_titles = read["rejecting"], read["rule_titles"]
    return {
        "appropriation": sized(lambda size: figures.appropriation(read["years"], size)),
        "exposure": sized(lambda size: figures.exposure(read["programme"], size)),
        "municipalities": sized(lambda size: tiles.drawn(per_place, "kr.", size)),
        "year_on_year": by_project(figures.year_on_year, read["changed"]),
        "cap_use": sized(lambda size: figures.cap_use(read["projects"], labels(size), size)),
        "events": sized(lambda size: figures.events_by_month(read["months"], size)),
        "rejected_by_rule": sized(lambda size: figures.rejected_by_rule(rejecting, rule_titles, size))
        if rejecting
        else None,
        "lost_by_project": by_project(figures.lost_by_project, read["lost"]),
        "rejected_by_project": by_project(figures.rejected_by_project, read["rejected_rows"]),
        "proportions": {group: by_project(figures.proportions, of) for group, of in deviations.items()},
    }


def _labels(leads: Mapping[str, str]) -> Callable[[Size], figures.Label]:
    """Give the labels of projects: on a telephone the municipality alone, or the project where that leads several."""
    names = {project_id: f"{project_id} {lead}" for project_id, lead in leads.items()}
    leading = Counter(leads.values())
    short_names = {project_id: lead if leading[lead] == 1 else project_id for project_id, lead in leads.items()}
    return lambda size: (names if size.has_columns else short_names).__getitem__

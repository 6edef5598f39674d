"""`validation/index.html`: every expectation and its verdict, for all projects and each of them. Counts, no values."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from tasks.base import danish
from tasks.base.jinja import strict_environment
from tasks.base.paths import TEMPLATES
from tasks.validation.catalogue import ACTIONS, load_catalogue
from tasks.validation.guards import LAYERS, guards_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.catalogue import Rule

FOLDER = TEMPLATES / "validation"
VERDICTS = {
    "passed": "Opfyldt",
    "failed": "Ikke opfyldt",
    "remarked": "Bemærket",
    "idle": "Intet at prøve",
}
GUARDS = {
    "expect_column_not_below_another": "den første er ikke mindre end den anden",
    "expect_column_to_be_at_least": "ligger inden for grænserne",
    "expect_column_to_be_filled": "er udfyldt",
    "expect_column_to_be_hexadecimal": "har den rette form",
    "expect_column_to_be_one_of": "har kun kendte værdier",
    "expect_column_to_have_just": "har netop de værdier, der skal være",
    "expect_column_values_to_be_of_type": "har den rette type",
    "expect_key_to_be_unique": "udgør en entydig nøgle",
    "expect_table_columns_to_match_set": "tabellen har netop disse kolonner",
    "expect_table_row_count_to_be_between": "tabellen har et muligt antal rækker",
    "expect_table_row_count_to_equal": "tabellen har det rette antal rækker",
}
"""What each type of guard says of its columns."""
_ALL = ""


@dataclass(frozen=True, slots=True)
class _Line:
    code: str
    title: str
    action: str
    unexpected: int
    rows: int

    @property
    def verdict(self) -> str:
        if self.unexpected:
            return "remarked" if self.action == "remark" else "failed"
        return "passed" if self.rows else "idle"


@dataclass(frozen=True, slots=True)
class _Group:
    project_id: str
    project_name: str
    lines: tuple[_Line, ...]


def _groups(connection: duckdb.DuckDBPyConnection) -> list[_Group]:
    judged = {row[0]: row for row in execute(connection, "validation/judged").fetchall()}
    crashed = sorted(code for code, row in judged.items() if row[3])
    if crashed:
        raise ValueError(f"no page is made of a run whose checks crashed: {', '.join(crashed)}")
    rules = [rule for suite in load_catalogue().values() for rule in suite.rules if rule.code in judged]
    rows = {(row[0], row[1]): int(row[2]) for row in execute(connection, "validation/row_counts").fetchall()}
    failed = {(row[0], row[1]): int(row[2]) for row in execute(connection, "validation/violation_counts").fetchall()}

    def line(rule: Rule, unexpected: int, of: int) -> _Line:
        return _Line(rule.code, rule.title_da, rule.action, unexpected, of)

    projects = execute(connection, "validation/judged_projects").fetchall()
    received = sum(rows.get((project_id, "rows"), 0) for project_id, _ in projects)
    everything = _Group(
        _ALL,
        "Alle projekter under ét",
        # R01's batch holds only the ragged rows, and yet it judges all that were received.
        tuple(
            line(rule, int(judged[rule.code][1]), received if rule.suite == "rows" else int(judged[rule.code][2]))
            for rule in rules
        ),
    )
    return [
        everything,
        *(
            _Group(
                project_id,
                name,
                tuple(
                    line(rule, failed.get((project_id, rule.code), 0), rows.get((project_id, rule.suite), 0))
                    for rule in rules
                    if rule.suite != "portfolio"
                ),
            )
            for project_id, name in projects
        ),
    ]


def validation_page(connection: duckdb.DuckDBPyConnection, year: int) -> str:
    """Give the page of a judged run as one HTML text that needs nothing else.

    Reads run.expectation_results and run.violations. Raises ValueError when a check of the run crashed.
    """
    environment = strict_environment(FOLDER, Environment)
    environment.filters["counted"] = danish.number
    groups = _groups(connection)
    lines = groups[0].lines
    script = (FOLDER / "filter.js").read_text(encoding="utf-8")
    return environment.get_template("page.html.jinja").render(
        year=year,
        groups=groups,
        actions=ACTIONS,
        verdicts=VERDICTS,
        totals=[
            {"number": len(lines), "says": "forventninger"},
            {"number": sum(line.verdict == "passed" for line in lines), "says": "opfyldt"},
            {"number": sum(line.verdict == "failed" for line in lines), "says": "ikke opfyldt"},
            {"number": sum(line.verdict == "remarked" for line in lines), "says": "med bemærkninger"},
        ],
        guards=[guard for layer in LAYERS for guard in guards_of(layer)],
        guard_words=GUARDS,
        style=Markup((FOLDER / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_sha256=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )

"""`docs/tables.md`, the tables and views of the warehouse: `python -m docs.tables`.

What a table is for is the head of the SQL file that makes it; its columns are those of a warehouse in memory, settled
with one project that has delivered nothing. The warehouse itself says what a column of a table that is kept holds
(`sql/schema/tables_*.sql`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from tasks.base.moment import Moment
from tasks.base.paths import PROJECT, SQL
from tasks.base.run import Run
from tasks.causes.earlier_rules import settle_by_earlier_rules
from tasks.evaluation.trial import lay_out, lay_registered
from tasks.fidelity.measure import count_elements
from tasks.register.inputs import Inputs
from tasks.register.read import Project, Register
from tasks.rules.model import load_rules, terms_of
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation import stages, violations
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.connection import prepare
from tasks.warehouse.statements import execute
from tasks.whatif.engine import start_stages

if TYPE_CHECKING:
    from tasks.rules.model import Rules

PAGE = Path(__file__).with_name("tables.md")
_MADE = re.compile(r"^CREATE (?:OR REPLACE )?(TABLE|VIEW) (?:IF NOT EXISTS )?((?:run\.|core_|draft_)\w+)", re.MULTILINE)
# What is made where something is explained, reported or reconciled, beside what every settlement makes.
_MADE_LATER = (
    "causes/transitions",
    "causes/changes",
    "causes/groups",
    "causes/intended",
    "report/accepted_spells",
    "reconcile/start",
    "whatif/changes_laid",
)
_INTRODUCTION = """\
# Tables and views of the warehouse

Written by `python -m docs.tables`: what a table is for comes from the head of the SQL file that makes it, its columns
from a warehouse. Change it there, not here. A column's name ends in its unit where it has one (`_dkk`, `_share`,
`_days`).
"""
_SCHEMAS = (
    ("core_", "## Kept for ever: `core_*`", "What came in, and what was decided. Most of it is only ever added to."),
    ("draft_", "## What a draft remembers: `draft_*`", "So that a draft can be explained later as it was."),
    ("run.", "## What one settlement sees: schema `run`", "Scratch: each run makes it anew."),
)


@dataclass(frozen=True)
class Made:
    """A table or view: its name, which of the two it is, the file that makes it, and the text at the file's head."""

    name: str
    kind: str
    path: str
    head: str


def made() -> list[Made]:
    """Give every table and view that a file of sql/ makes, by name."""
    return sorted(_read_made(), key=lambda one: one.name)


def tables_page() -> str:
    """Give the page: each table and view with its grain, key and columns."""
    with duckdb.connect() as connection:
        _settle_nothing(connection)
        columns = {
            name: _columns(list(zip(names, kinds, comments, strict=True)))
            for name, names, kinds, comments in connection.execute("""
                SELECT
                    if(schema_name = 'run', 'run.' || table_name, table_name) AS name,
                    list(column_name ORDER BY column_index),
                    list(data_type ORDER BY column_index),
                    list(coalesce(comment, '') ORDER BY column_index)
                FROM duckdb_columns()
                WHERE NOT internal
                GROUP BY name
            """).fetchall()
        }
    parts = [_INTRODUCTION]
    for prefix, heading, about in _SCHEMAS:
        parts.append(f"{heading}\n\n{about}\n")
        parts += [_section(one, columns[one.name]) for one in made() if one.name.startswith(prefix)]
    return "\n".join(parts)


def _read_made() -> Iterator[Made]:
    for path in sorted(SQL.rglob("*.sql")):
        text = path.read_text(encoding="utf-8")
        found = _MADE.search(text)
        # A migration makes again what is reported where it is now.
        if found and path.parent.name != "migrations":
            lines = text[: found.start()].splitlines()
            head = " ".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))
            yield Made(found[2], found[1].lower(), path.relative_to(PROJECT).as_posix(), head)


def _columns(columns: list[tuple[str, str, str]]) -> str:
    """Write name, type and what it holds, where the warehouse says that; otherwise name and type on one line."""
    if not all(holds for _, _, holds in columns):
        return "Columns: " + ", ".join(f"`{name}` {kind}" for name, kind, _ in columns)
    lines = ["Columns:", "", "| column | type | holds |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| `{name}` | {kind} | {_escaped(holds)} |" for name, kind, holds in columns)])


def _escaped(text: str) -> str:
    return text.replace("*", r"\*").replace("<", "&lt;").replace("_", r"\_").replace("|", r"\|")


def _section(one: Made, columns: str) -> str:
    head = _escaped(one.head)
    for word in ("Grain", "Key"):
        head = head.replace(f"{word}:", f"**{word}:**", 1)
    return f"### {one.name}\n\n{head}\n\nThe {one.kind} is made by `{one.path}`. {columns}\n"


def _settle_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """Make every table of a settlement, with one project that has delivered nothing."""
    prepare(connection)
    rules = load_rules()
    register = Register((_stand_in(rules),), (), {})
    moment = Moment.parse(f"{rules.years[0]}-12-31")
    run = Run(rules.years[0], PROJECT, PROJECT, PROJECT, moment)
    settle_by_earlier_rules(connection, run, Inputs(rules, register), {run.year}, None)
    build_world(connection, year=run.year, register=register, rules=rules, known_at=moment)
    settle_here(connection, judge_by_own_sql)
    stages.judge_projects(connection, judge_by_own_sql)
    violations.report(connection)
    start_stages(connection, moment)
    for name in _MADE_LATER:
        execute(connection, name)
    count_elements(connection, run, Inputs(rules, register))
    lay_out(connection, (), terms_of(rules))
    lay_registered(connection, rules, terms_of(rules), Decimal(0))


def _stand_in(rules: Rules) -> Project:
    return Project(
        project_id="JF-1",
        project_name="",
        case_number="",
        lead_municipality="101",
        municipalities=("101",),
        start_date=rules.first_day,
        target_participants=1,
        commitment_dkk=rules.parameters["fixed_grant_max_dkk"].on(rules.first_day),
        contact="",
        email="",
    )


if __name__ == "__main__":
    PAGE.write_text(tables_page(), encoding="utf-8")

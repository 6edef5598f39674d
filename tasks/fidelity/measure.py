"""Measuring fidelity: the deliveries in force are judged as in a settlement, and their elements counted by DuckDB.

Source: docs/trial.md, 'Fidelity'. Fidelity changes no payment.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.durable import FOLDER_MODE
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.worded import phrase
from tasks.fidelity.page import page
from tasks.settlement.narrow import check_projects
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_elements
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs
    from tasks.rules.model import FidelityTerms

FOLDER, PAGE = "fidelity", "fidelity.html"
_TABLES = ("held_rows", "values", "element_counts", "pairs", "project_counts")


@dataclass(frozen=True)
class Fidelity:
    """What was measured. `projects`: the rows of projects.csv; `folder`: where its files are."""

    year: int
    folder: Path
    projects: list[dict[str, Any]]


def measure(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, project: str | None) -> Fidelity:
    """Measure the fidelity of all projects, or of one, and write it to `fidelity/` in the run's folder.

    Raises InputError for a project that is not in the register, and where the rules of the moment have no fidelity.
    """
    terms = _terms(inputs)
    check_projects([] if project is None else [project], inputs.register)
    count_elements(connection, run, inputs)
    folder = run.out / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    values: dict[str, dict[str, Any]] = {
        "courses.csv": {},
        "elements.csv": {},
        "projects.csv": {"bands": list(terms.bands), "least": list(terms.bands.values())},
    }
    for name, more in values.items():
        relation = connection.sql(statement(f"fidelity/{name}"), params={"project": project, **more})
        relation.write_csv(str(folder / name), header=True)
    projects = rows_of(connection, "fidelity/projects.csv", project=project, **values["projects.csv"])
    cells = [one for one in rows_of(connection, "fidelity/cells") if project in {None, one["project_id"]}]
    moved = {(one["project_id"], one["element"]): one["moved"] for one in rows_of(connection, "fidelity/moved")}
    text = page(run.year, terms, projects, cells, moved, inputs.rules.letters.sender.name)
    (folder / PAGE).write_text(text, encoding="utf-8")
    return Fidelity(run.year, folder, projects)


def count_elements(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs) -> None:
    """Judge the deliveries in force, and make the tables of elements by citizen and by project."""
    build_world(
        connection,
        year=run.year,
        register=inputs.register,
        rules=inputs.rules,
        known_at=run.known_at,
        draws=inputs.draws,
    )
    settle_here(connection, judge_by_own_sql)
    count_judged(connection)


def count_judged(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of elements, once everything else in the deliveries in force is judged."""
    judge_elements(connection, judge_by_own_sql, are_spells_needed=True)
    for name in _TABLES:
        execute(connection, f"fidelity/{name}")


def sample(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, project: str, citizens: int, secret: bytes
) -> list[str]:
    """Draw participants for a consultant to read, without replacement: at most `citizens`, the same for a delivery.

    Raises InputError for a project that is not in the register, and for fewer than one citizen, and BusinessRefusal
    where there is no participant.
    """
    if citizens < 1:
        raise InputError(phrase("--citizens is {citizens}: name at least one.", citizens=citizens))
    check_projects([project], inputs.register)
    count_elements(connection, run, inputs)

    def order(row: dict[str, Any]) -> str:
        drawn = f"fidelity-sample|{project}|{row['as_of_date'].isoformat()}|{row['borger_id']}"
        return hmac.new(secret, drawn.encode(), hashlib.sha256).hexdigest()

    rows = sorted(rows_of(connection, "fidelity/participants", project=project), key=order)
    if not rows:
        raise BusinessRefusal(
            phrase("No participant of {project} is in a delivery in force: nobody can be drawn.", project=project)
        )
    return [row["shown"] for row in rows[:citizens]]


def _terms(inputs: Inputs) -> FidelityTerms:
    if inputs.rules.fidelity is None:
        raise InputError(phrase("The rules of that moment know no core elements: name a later one."))
    return inputs.rules.fidelity

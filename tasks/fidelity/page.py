"""The grid of projects by elements: one page in Danish that may leave the house.

A count of one to four, and any figure that follows from one, is not shown (`smallest_shown` in the rules file).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from tasks.base.danish import decimal
from tasks.base.jinja import strict_environment
from tasks.base.paths import TEMPLATES

if TYPE_CHECKING:
    from tasks.rules.model import FidelityTerms

_TEMPLATES = TEMPLATES / "fidelity"
_WEAKEST = 3
HIDDEN = "skjult"


@dataclass(frozen=True)
class Cell:
    """A cell of the grid. `share`: per cent, or why there is none; `counts`: 'ja af forfaldne'; `grade`: 0 for none."""

    share: str
    counts: str
    grade: int
    control: str
    moved: str


@dataclass(frozen=True)
class Line:
    """A project of the grid, its cells by element; `weakest`: codes of elements.

    `band`: blank where a cell is hidden: its grade would follow from the band and the grades shown.
    """

    project_id: str
    courses_due: str
    jobfirst: str
    band: str
    cells: dict[str, Cell]
    weakest: list[str]


@cache
def _environment() -> Environment:
    return strict_environment(_TEMPLATES, Environment)


def page(
    year: int,
    terms: FidelityTerms,
    projects: Sequence[Mapping[str, Any]],
    cells: Sequence[Mapping[str, Any]],
    moved: Mapping[tuple[str, str], int],
    sender: str,
) -> str:
    """Write the page. `cells`: counts by project and element; `moved`: courses that one element alone would move."""
    lines = [
        _line(one, [cell for cell in cells if cell["project_id"] == one["project_id"]], moved, terms.smallest_shown)
        for one in projects
    ]
    template = _environment().get_template("page.html.jinja")
    return template.render(
        year=year,
        terms=terms,
        lines=lines,
        grades=_grades(terms),
        contaminated=_contaminated(cells, terms.smallest_shown),
        sender=sender,
        hidden=HIDDEN,
    )


def _grades(terms: FidelityTerms) -> list[tuple[int, str]]:
    """Give the grades above 1, the best first, and the share from which each is given."""
    shares = [100 * share for share in terms.grade_shares]
    return [(5 - place, f"{decimal(share, 0 if share == int(share) else 1)} %") for place, share in enumerate(shares)]


def _contaminated(cells: Sequence[Mapping[str, Any]], smallest: int) -> list[tuple[str, str, str]]:
    """Give project, element and how many controls have it registered (G06), in two steps only.

    A figure would give away the rest of a control group, whose size others publish.
    """
    return [
        (
            cell["project_id"],
            cell["element"],
            f"under {smallest}" if cell["contaminated"] < smallest else f"{smallest} eller flere",
        )
        for cell in cells
        if cell["contaminated"]
    ]


def _line(
    project: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    moved: Mapping[tuple[str, str], int],
    smallest: int,
) -> Line:
    project_id = project["project_id"]
    due = project["courses_due"]
    shown = {
        cell["element"]: _cell(cell, moved.get((project_id, cell["element"]), 0), due or 0, smallest) for cell in cells
    }
    judged = [cell for cell in cells if cell["due"]]
    is_hidden = any(cell.share == HIDDEN for cell in shown.values())
    weakest = sorted(judged, key=lambda cell: (Decimal(cell["due_yes"]) / cell["due"], cell["number"]))[:_WEAKEST]
    return Line(
        project_id=project_id,
        courses_due="" if due is None else _count(due, due, smallest),
        jobfirst=_span(project, smallest),
        band="" if is_hidden else project["band"] or "",
        cells=shown,
        weakest=[cell["element"] for cell in weakest],
    )


def _is_small(count: int, of: int, smallest: int) -> bool:
    return 0 < count < smallest or 0 < of - count < smallest or 0 < of < smallest


def _count(count: int, of: int, smallest: int) -> str:
    return HIDDEN if _is_small(count, of, smallest) else str(count)


def _cell(cell: Mapping[str, Any], moved: int, courses: int, smallest: int) -> Cell:
    due, yes = cell["due"], cell["due_yes"]
    shown_moved = _count(moved, courses, smallest)
    control = _control(cell, smallest)
    if not due:
        return Cell("–", "ingen forfaldne", 0, control, shown_moved)
    if _is_small(yes, due, smallest):
        return Cell(HIDDEN, "", 0, control, shown_moved)
    return Cell(_percent(yes, due), f"{yes} af {due}", cell["grade"] or 0, control, shown_moved)


def _control(cell: Mapping[str, Any], smallest: int) -> str:
    due, yes = cell["control_due"], cell["control_due_yes"]
    if due is None:
        return "ikke registreret"
    if not due:
        return "–"
    return HIDDEN if _is_small(yes, due, smallest) else _percent(yes, due)


def _percent(part: int, whole: int) -> str:
    return f"{decimal(Decimal(100 * part) / whole, 0)} %"


def _span(project: Mapping[str, Any], smallest: int) -> str:
    due = project["courses_due"]
    if not due:
        return "–"
    lowest, highest = (round(project[name] * due) for name in ("jobfirst_lowest", "jobfirst_highest"))
    if any(_is_small(count, due, smallest) for count in (lowest, highest)) or 0 < highest - lowest < smallest:
        return HIDDEN
    return f"{_percent(lowest, due)} – {_percent(highest, due)}"

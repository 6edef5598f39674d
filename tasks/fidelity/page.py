"""The grid of projects by elements: one page in Danish that may leave the house.

A count of one to four, and any figure that follows from one, is not shown (`smallest_shown` in the rules file). An
early element is due in more courses than a late one: those drawn lately, who may be one to four too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from tasks.base.danish import decimal
from tasks.base.jinja import strict_environment
from tasks.base.paths import TEMPLATES
from tasks.fidelity.follows import Lacking, Range, follows

if TYPE_CHECKING:
    from tasks.rules.model import FidelityTerms

_TEMPLATES = TEMPLATES / "fidelity"
_WEAKEST = 3
HIDDEN = "skjult"
NO_SHARE, NONE_DUE = "–", "ingen forfaldne"


@dataclass(frozen=True)
class Cell:
    """A cell of the grid. `share`: per cent, or why there is none; `grade`: 0 for none.

    `counts`: fulfilled courses of those where the element is due, '43 af 50', or why they are not told.
    """

    share: str
    counts: str
    grade: int
    control: str
    moved: str


@dataclass(frozen=True)
class Line:
    """A project of the grid, its cells by element.

    `weakest`: codes of elements, the weakest first, those with a hidden share last. `jobfirst`: lowest and highest
    share; `of_courses`: of how many, those with all nine elements due. `band`: blank where a cell is hidden: its grade
    would follow from the band and the grades shown.
    """

    project_id: str
    jobfirst: str
    of_courses: str
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
        _line(one, [cell for cell in cells if cell["project_id"] == one["project_id"]], moved, terms)
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
    terms: FidelityTerms,
) -> Line:
    project_id = project["project_id"]
    due = project["courses_due"]
    smallest = terms.smallest_shown
    of_courses = _of_courses(due, smallest)
    told = {due} if of_courses else set()
    shown = {}
    for cell in cells:
        is_told = not any(0 < abs(cell["due"] - other) < smallest for other in told)
        own = _cell(cell, moved.get((project_id, cell["element"]), 0), due or 0, smallest, is_told=is_told)
        if is_told and own.share not in (HIDDEN, NO_SHARE):
            told.add(cell["due"])
        shown[cell["element"]] = own
    is_hidden = any(cell.share == HIDDEN for cell in shown.values())
    judged = [cell for cell in cells if cell["due"]]
    weakest = sorted(judged, key=lambda cell: (Decimal(cell["due_yes"]) / cell["due"], cell["number"]))[:_WEAKEST]
    # The place of a hidden share among those shown could give its count away: between 68 and 75 % lie 7 of 10 alone.
    placed = [cell for cell in weakest if shown[cell["element"]].share != HIDDEN]
    placed += sorted((cell for cell in weakest if cell not in placed), key=lambda cell: cell["number"])
    names = {cell["element"] for cell in weakest}
    are_moved_told, jobfirst = _beside_hidden(project, judged, names, moved, terms)
    if not are_moved_told:
        shown = {name: replace(cell, moved=HIDDEN) for name, cell in shown.items()}
    return Line(
        project_id=project_id,
        jobfirst=jobfirst,
        of_courses=of_courses,
        band="" if is_hidden else project["band"] or "",
        cells=shown,
        weakest=[cell["element"] for cell in placed],
    )


def _beside_hidden(
    project: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    weakest: Collection[str],
    moved: Mapping[tuple[str, str], int],
    terms: FidelityTerms,
) -> tuple[bool, str]:
    """Say whether the courses that the weakest elements would move are told; give the share of JobFirst courses.

    Either is hidden where a hidden count would follow from it and the shares: what two elements lack together is what
    each lacks, less what it lacks alone.
    """
    smallest, courses, span = terms.smallest_shown, project["courses_due"] or 0, _span(project, terms.smallest_shown)
    if courses < smallest:
        return True, span
    jobfirst = None if span == HIDDEN else _jobfirst(project)

    def is_known(jobfirst: Range | None, *, are_moved_told: bool) -> bool:
        lacking = []
        for cell in cells:
            alone = moved.get((cell["project_id"], cell["element"]), 0)
            is_told = are_moved_told and cell["element"] in weakest
            lacking.append(
                Lacking(
                    cell["due"],
                    _known(cell["due"] - cell["due_yes"], cell["due"], smallest),
                    _known(alone, courses, smallest) if is_told else (0, courses),
                    is_alone_few=cell["element"] in weakest and _is_small(alone, courses, smallest),
                    is_registered=terms.elements[cell["element"]].judged_by == "registered",
                )
            )
        return follows(lacking, courses, jobfirst)

    are_moved_told = not is_known(jobfirst, are_moved_told=True)
    if are_moved_told or not is_known(jobfirst, are_moved_told=False):
        return are_moved_told, span
    return False, HIDDEN


def _known(count: int, of: int, smallest: int) -> Range:
    """Give what a reader knows of a count: itself, or that it or what is left of the whole is small."""
    if not _is_small(count, of, smallest):
        return count, count
    if of < smallest:
        return 0, of
    return (1 if count < smallest else of - smallest + 1, of - 1 if of - count < smallest else smallest - 1)


def _of_courses(due: int | None, smallest: int) -> str:
    if not due:
        return NONE_DUE
    return "" if _is_small(due, due, smallest) else f"af {due}"


def _is_small(count: int, of: int, smallest: int) -> bool:
    return 0 < count < smallest or 0 < of - count < smallest or 0 < of < smallest


def _count(count: int, of: int, smallest: int) -> str:
    return HIDDEN if _is_small(count, of, smallest) else str(count)


def _cell(cell: Mapping[str, Any], moved: int, courses: int, smallest: int, *, is_told: bool) -> Cell:
    """Give a cell. `is_told`: whether its courses due may be shown beside those of the cells before."""
    due, yes = cell["due"], cell["due_yes"]
    shown_moved = _count(moved, courses, smallest)
    control = _control(cell, smallest)
    if not due:
        return Cell(NO_SHARE, NONE_DUE, 0, control, shown_moved)
    if _is_small(yes, due, smallest):
        return Cell(HIDDEN, "", 0, control, shown_moved)
    counts = f"{yes} af {due}" if is_told else f"antal {HIDDEN}"
    return Cell(_percent(yes, due), counts, cell["grade"] or 0, control, shown_moved)


def _control(cell: Mapping[str, Any], smallest: int) -> str:
    due, yes = cell["control_due"], cell["control_due_yes"]
    if due is None:
        return "ikke registreret"
    if not due:
        return NO_SHARE
    return HIDDEN if _is_small(yes, due, smallest) else _percent(yes, due)


def _percent(part: int, whole: int) -> str:
    return f"{decimal(Decimal(100 * part) / whole, 0)} %"


def _span(project: Mapping[str, Any], smallest: int) -> str:
    due = project["courses_due"]
    if not due:
        return NO_SHARE
    lowest, highest = _jobfirst(project)
    if any(_is_small(count, due, smallest) for count in (lowest, highest)) or 0 < highest - lowest < smallest:
        return HIDDEN
    return f"{_percent(lowest, due)} – {_percent(highest, due)}"


def _jobfirst(project: Mapping[str, Any]) -> Range:
    """Give how many courses are JobFirst, at the lowest and at the highest.

    The shares have four decimals, so the counts come back exactly for fewer than 10 000 courses.
    """
    due = project["courses_due"]
    return round(project["jobfirst_lowest"] * due), round(project["jobfirst_highest"] * due)

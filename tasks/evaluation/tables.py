"""The tables of an evaluation: every figure for those who work with it, and what of it may leave the house.

Figures have six significant digits. In a public table no row is of fewer than the limit in an arm, a small count is
hidden with what it would follow from, and shares are whole percentages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING, Any

from tasks.base import cells
from tasks.base.errors import InternalFailure
from tasks.evaluation.analyse import (
    EVERYBODY,
    GROUP,
    GROUPS_APART,
    SENSITIVITY,
    SHARES,
    Balance,
    ProjectEffect,
    Row,
    Step,
    Week,
)
from tasks.evaluation.consort import ITEMS
from tasks.evaluation.hide import HIDDEN, Sum, following, hide, is_small

if TYPE_CHECKING:
    from tasks.evaluation.analyse import Analysis

BALANCE = (
    "variable",
    "level",
    "participants",
    "controls",
    "mean_participants",
    "mean_controls",
    "standardised_difference",
)
ALL_PROJECTS = "alle"
_COUNTED = re.compile(r"\d+ ")
_FIGURES = ("mean_participants", "mean_controls", "estimate", "standard_error", "low", "high")
_DF = "df"

Line = dict[str, str]
Table = list[Line]
Cell = tuple[str, str, str, str]


@dataclass(frozen=True)
class Tables:
    """Tables by the name of their file; `flow_of_all`: the public flow of all projects together, by cell."""

    files: dict[str, Table]
    flow_of_all: dict[Cell, str]


def written(value: Any) -> str:
    """Write a cell: six significant digits; blank where there is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        if not isfinite(value):
            return ""
        text = f"{value:.6g}"
        return "0" if text in ("-0", "0") else text
    return str(value)


def all_tables(analysis: Analysis) -> Tables:
    """Give every figure."""
    files = {
        "effects.csv": [_line(Row, one) for one in analysis.rows],
        "flow.csv": [_line(Step, one) for one in analysis.flow],
        "balance.csv": [_balance_line(one) for one in analysis.balance],
        "weekly.csv": [_line(Week, one) for one in analysis.weeks],
        "projects.csv": [_line(ProjectEffect, one) for one in analysis.projects],
        "consort.csv": [{"item": f"{number}. {title}", "answered": where} for number, title, where in ITEMS],
    }
    return Tables(files, {})


def public_tables(analysis: Analysis) -> Tables:
    """Give what may leave the house. Raises InternalFailure where a hidden figure follows from those shown."""
    limit = analysis.plan.terms.smallest_public_count
    flow, of_all, hidden = _public_flow(analysis.flow, limit)
    files = {
        "effects.csv": _public_effects(analysis, hidden, limit),
        "flow.csv": flow,
        "balance.csv": _public_balance(analysis.balance, hidden, limit),
        "weekly.csv": _public_weeks(analysis.weeks, limit),
        "projects.csv": _public_projects(analysis.projects, hidden, limit, analysis.trial.small_contrasts),
        "consort.csv": all_tables(analysis).files["consort.csv"],
    }
    return Tables(files, of_all)


def columns_of(name: str) -> list[str]:
    """Name the columns of a table."""
    kinds: dict[str, Any] = {"effects.csv": Row, "flow.csv": Step, "weekly.csv": Week, "projects.csv": ProjectEffect}
    if name in kinds:
        return [field.name for field in fields(kinds[name])]
    return list(BALANCE) if name == "balance.csv" else ["item", "answered"]


def csv_text(name: str, table: Table) -> str:
    """Write a table as CSV."""
    return cells.csv_text(columns_of(name), table)


def _line(kind: Any, one: Any) -> Line:
    return {field.name: written(value) for field, value in zip(fields(kind), astuple(one), strict=True)}


def _balance_line(one: Balance) -> Line:
    cells = (
        one.variable,
        one.level,
        one.participants,
        one.controls,
        one.mean_participants,
        one.mean_controls,
        one.difference,
    )
    return dict(zip(BALANCE, map(written, cells), strict=True))


def flow_cells(flow: Sequence[Step]) -> tuple[dict[Cell, int], dict[Cell, int], list[Sum[Cell]]]:
    """Give the flow's counts by cell, of each project and of all, what each is a part of, and which add up."""
    counts: dict[Cell, int] = {}
    for one in flow:
        counts[one.project_id, one.arm, one.step, one.reason] = one.citizens
    over_all: dict[Cell, list[Cell]] = {}
    for cell in list(counts):
        over_all.setdefault((ALL_PROJECTS, *cell[1:]), []).append(cell)
    for total, parts in over_all.items():
        counts[total] = sum(counts[part] for part in parts)
    sums = [Sum(total, tuple(parts)) for total, parts in over_all.items()]
    wholes: dict[Cell, int] = {}
    for project in {cell[0] for cell in counts}:
        own = [cell for cell in counts if cell[0] == project]
        assessed = (project, "", "assessed", "")
        drawn = [cell for cell in own if cell[2] == "drawn"]
        sums.append(Sum(assessed, (*(cell for cell in own if cell[2] == "excluded"), *drawn)))
        for cell in own:
            if cell[2] in ("assessed", "excluded"):
                wholes[cell] = counts[assessed]
            elif cell[2] == "drawn":
                wholes[cell] = sum(counts[one] for one in drawn)
            else:
                wholes[cell] = counts[project, cell[1], "drawn", ""]
        for whole in drawn:
            ends = tuple(cell for cell in own if cell[1] == whole[1] and cell[2] in ("lost", "analysed"))
            sums.append(Sum(whole, ends))
    return counts, wholes, sums


def _public_flow(flow: Sequence[Step], limit: int) -> tuple[Table, dict[Cell, str], set[Cell]]:
    counts, wholes, sums = flow_cells(flow)
    hidden = hide(counts, wholes, sums, limit)
    require_hidden(hidden, sums, "flow.csv")
    shown = {cell: HIDDEN if cell in hidden else written(count) for cell, count in counts.items()}
    table = [
        {
            "project_id": one.project_id,
            "arm": one.arm,
            "step": one.step,
            "reason": one.reason,
            "citizens": shown[one.project_id, one.arm, one.step, one.reason],
        }
        for one in flow
    ]
    return table, {cell: text for cell, text in shown.items() if cell[0] == ALL_PROJECTS}, hidden


def require_hidden(hidden: Collection[Any], sums: Sequence[Sum[Any]], name: str) -> None:
    """Raise InternalFailure where a hidden figure of a table follows from those shown."""
    if found := following(hidden, sums):
        raise InternalFailure(
            f"{len(found)} hidden figures of the public {name} would follow from those shown: nothing was written; "
            "report this error."
        )


def _analysed_is_hidden(hidden: Collection[Cell], project: str, arm: str) -> bool:
    return (project, arm, "analysed", "") in hidden


def _public_effects(analysis: Analysis, hidden: Collection[Cell], limit: int) -> Table:
    kept = [
        one for one in analysis.rows if one.participants is None or min(one.participants, one.controls or 0) >= limit
    ]
    groups = [one for one in analysis.rows if one.analysis == GROUP]
    if any(one not in kept for one in groups):
        kept = [one for one in kept if one.analysis not in (GROUP, GROUPS_APART)]
    lines: Table = []
    told: list[tuple[int, int]] = []
    for one in kept:
        near = one.analysis != GROUP and any(
            0 < abs((one.participants or 0) - participants) < limit or 0 < abs((one.controls or 0) - controls) < limit
            for participants, controls in told
        )
        if near and one.analysis == SENSITIVITY:
            continue
        if one.participants is not None and one.controls is not None and one.analysis != GROUP:
            told.append((one.participants, one.controls))
        line = _line(Row, one) | {"note": _public_note(one.note)}
        if near or any(_analysed_is_hidden(hidden, ALL_PROJECTS, arm) for arm in ("participant", "control")):
            line |= {name: HIDDEN for name in ("participants", "controls", _DF) if line[name]}
        if one.outcome in SHARES:
            line = _public_share(one, line, limit)
        lines.append(line)
    return lines


def _public_note(note: str) -> str:
    """Leave out of a note what counts citizens."""
    return "; ".join(part for part in note.split("; ") if not _COUNTED.match(part))


def _public_share(one: Row, line: Line, limit: int) -> Line:
    pairs = ((one.mean_participants, one.participants), (one.mean_controls, one.controls))
    if any(share is not None and count and is_small(round(share * count), count, limit) for share, count in pairs):
        return line | {name: HIDDEN for name in (*_FIGURES, "p", "p_holm") if line[name]}
    return line | {name: f"{float(line[name]):.2f}" for name in _FIGURES if line[name]}


def _public_balance(rows: Sequence[Balance], hidden: Collection[Cell], limit: int) -> Table:
    counts: dict[tuple[str, str, str], int] = {}
    wholes: dict[tuple[str, str, str], int] = {}
    sums = []
    for variable in dict.fromkeys(one.variable for one in rows if one.is_share):
        own = [one for one in rows if one.variable == variable]
        for arm in ("participants", "controls"):
            total = (variable, ALL_PROJECTS, arm)
            counts[total] = wholes[total] = int(getattr(own[0], arm))
            for one in own:
                cell = (variable, one.level, arm)
                counts[cell] = round(getattr(one, f"mean_{arm}") * getattr(one, arm))
                wholes[cell] = counts[total]
            sums.append(Sum(total, tuple((variable, one.level, arm) for one in own)))
    small = hide(counts, wholes, sums, limit)
    require_hidden(small, sums, "balance.csv")
    table = []
    for one in rows:
        if min(one.participants, one.controls) < limit:
            continue
        line = _balance_line(one)
        for arm, name in (("participant", "participants"), ("control", "controls")):
            if one.is_share:
                gone = (one.variable, one.level, name) in small
                line[f"mean_{name}"] = HIDDEN if gone else f"{getattr(one, f'mean_{name}'):.2f}"
            else:
                line[f"mean_{name}"] = f"{getattr(one, f'mean_{name}'):.1f}"
            if _analysed_is_hidden(hidden, ALL_PROJECTS, arm):
                line[name] = HIDDEN
        if HIDDEN in (line["mean_participants"], line["mean_controls"]):
            line["standardised_difference"] = HIDDEN
        elif one.difference is not None:
            line["standardised_difference"] = f"{one.difference:.2f}"
        table.append(line)
    return table


def _public_weeks(weeks: Sequence[Week], limit: int) -> Table:
    table: Table = []
    shown: dict[str, int] = {}
    for one in weeks:
        if min(one.participants, one.controls) < limit:
            continue
        line = _line(Week, one)
        for name in ("participants", "controls"):
            count = getattr(one, name)
            if name in shown and 0 < abs(shown[name] - count) < limit:
                line[name] = HIDDEN
            else:
                shown[name] = count
        table.append(line)
    return table


def _public_projects(
    projects: Sequence[ProjectEffect], hidden: Collection[Cell], limit: int, small_contrasts: Collection[str]
) -> Table:
    kept = [one for one in projects if min(one.participants, one.controls) >= limit]
    gone = [one for one in projects if one not in kept and one.participants + one.controls > 0]
    if len(gone) == 1 and kept:
        kept.remove(min(kept, key=lambda one: (one.participants + one.controls, one.project_id)))
    table = []
    for one in kept:
        line = _line(ProjectEffect, one) | {"note": _public_note(one.note)}
        for arm, name in (("participant", "participants"), ("control", "controls")):
            if _analysed_is_hidden(hidden, one.project_id, arm):
                line[name] = HIDDEN
        is_drawn_hidden = any((one.project_id, arm, "drawn", "") in hidden for arm in ("participant", "control"))
        line["draw_p"] = HIDDEN if is_drawn_hidden else f"{one.draw_p:.2f}"
        if one.contrast is not None:
            line["contrast"] = HIDDEN if one.project_id in small_contrasts else f"{one.contrast:.2f}"
        table.append(line)
    return table


def primary_line(table: Sequence[Mapping[str, str]], analysis: str) -> Mapping[str, str] | None:
    """Give the line of everybody of an analysis, where it is there."""
    return next((one for one in table if (one["analysis"], one["population"]) == (analysis, EVERYBODY)), None)

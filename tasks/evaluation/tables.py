"""The tables of an evaluation: every figure for those who work with it, and the figures that may leave the house.

Figures have six significant digits. In a public table no row has fewer than the limit in an arm, a small count is
hidden together with the counts that it would follow from, and shares are whole percentages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from math import isfinite
from typing import TYPE_CHECKING, Any

from tasks.base import cells
from tasks.base.errors import InternalFailure
from tasks.evaluation.consort import ITEMS
from tasks.evaluation.hide import HIDDEN, Sum, following, hide, is_small, marked
from tasks.evaluation.results import (
    EVERYBODY,
    GROUP,
    GROUPS_APART,
    POOLED,
    PRIMARY,
    SENSITIVITY,
    SHARES,
    TARGET_GROUP,
    Balance,
    ProjectEffect,
    Row,
    Step,
    Week,
)

if TYPE_CHECKING:
    from tasks.evaluation.results import Analysis

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
ARMS = {"participant": "participants", "control": "controls"}
"""The arms of the flow, and the columns in which other tables count them."""
_COUNTED = re.compile(r"\d+ ")
_FIGURES = ("mean_participants", "mean_controls", "estimate", "standard_error", "low", "high")
_DF = "df"
_CUT = frozenset(
    {*_FIGURES, "p", "p_holm", "shrunken"}
    | {f"{end}_{arm}" for end in ("hours", "low", "high") for arm in ("participants", "controls")}
) - {"standard_error"}
_DIGITS_BESIDE_HIDDEN = 3

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
        "consort.csv": _consort(),
    }
    return Tables(files, {})


def public_tables(analysis: Analysis) -> Tables:
    """Give what may leave the house. Raises InternalFailure where a hidden figure follows from those shown."""
    limit = analysis.plan.terms.smallest_public_count
    flow, of_all, hidden = _public_flow(analysis.flow, limit)
    told = _told_by(of_all)
    files = {
        "effects.csv": _public_effects(analysis, hidden, told, limit),
        "flow.csv": flow,
        "balance.csv": _public_balance(analysis, hidden, told, limit),
        "weekly.csv": _public_weeks(analysis.weeks, hidden, told, limit, analysis.plan.terms.minimum_weeks),
        "projects.csv": _public_projects(analysis.projects, hidden, limit, analysis.trial.small_contrasts),
        "consort.csv": _consort(),
    }
    files = {
        name: [{column: marked(text, limit) for column, text in line.items()} for line in table]
        for name, table in files.items()
    }
    return Tables(files, {cell: marked(text, limit) for cell, text in of_all.items()})


def _consort() -> Table:
    return [{"item": f"{number}. {title}", "answered": where} for number, title, where in ITEMS]


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
    """Give the flow's counts by cell, for each project and for all: what each is a part of, and which add up."""
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


def hidden_of(flow: Sequence[Step], limit: int) -> tuple[dict[Cell, int], set[Cell]]:
    """Give the flow's counts, and which of them may not leave the house.

    Raises InternalFailure where one of these follows from those shown.
    """
    counts, wholes, sums = flow_cells(flow)
    hidden = hide(counts, wholes, sums, limit)
    require_hidden(hidden, sums, "flow.csv", counts)
    return counts, hidden


def _public_flow(flow: Sequence[Step], limit: int) -> tuple[Table, dict[Cell, str], set[Cell]]:
    counts, hidden = hidden_of(flow, limit)
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


def require_hidden(
    hidden: Collection[Any], sums: Sequence[Sum[Any]], name: str, counts: Mapping[Any, int] | None = None
) -> None:
    """Raise InternalFailure where a hidden figure of a table follows from those shown."""
    if found := following(hidden, sums, counts):
        raise InternalFailure(
            f"Hidden figures of the public {name} would follow from those shown ({len(found)}): nothing was written; "
            "report this error."
        )


def _analysed_is_hidden(hidden: Collection[Cell], project: str, arm: str) -> bool:
    return (project, arm, "analysed", "") in hidden


Counts = tuple[int, int]
"""Participants and controls of a row."""
Told = tuple[set[int], set[int]]
"""The counts of participants and of controls shown so far, of all projects: each table adds its own."""


def _told_by(of_all: Mapping[Cell, str]) -> Told:
    """Give the flow's public counts of each arm."""
    participants, controls = (
        {
            int(text)
            for (_, own, step, _), text in of_all.items()
            if own == arm and step in ("drawn", "analysed") and text != HIDDEN
        }
        for arm in ARMS
    )
    return participants, controls


def _is_near(count: int, others: Collection[int], limit: int) -> bool:
    """Return whether few citizens are in one population and not in another: their difference would give them away."""
    return any(0 < abs(other - count) < limit for other in others)


def _is_any_near(counts: Counts, told: Told, limit: int) -> bool:
    return any(_is_near(count, others, limit) for count, others in zip(counts, told, strict=True))


def _tell(counts: Counts, told: Told) -> None:
    for count, others in zip(counts, told, strict=True):
        others.add(count)


def _would_groups_tell(analysis: Analysis, hidden: Collection[Cell]) -> bool:
    """Return whether target groups less the projects shown give few citizens away.

    These are of a hidden project of one group, or few of a group in a project of both.
    """
    trial = analysis.trial
    of_one = [
        name for code, name in enumerate(trial.projects) if len(set(trial.group[trial.project == code].tolist())) == 1
    ]
    return TARGET_GROUP in analysis.small or any(
        _analysed_is_hidden(hidden, name, arm) for name in of_one for arm in ARMS
    )


def _share_count(one: Balance, arm: str) -> int:
    share: float = getattr(one, f"mean_{arm}")
    return round(share * int(getattr(one, arm)))


def _public_effects(analysis: Analysis, hidden: Collection[Cell], told: Told, limit: int) -> Table:
    """Give the lines that may be shown."""
    kept = [
        one for one in analysis.rows if one.participants is None or min(one.participants, one.controls or 0) >= limit
    ]
    groups = [one for one in analysis.rows if one.analysis == GROUP]
    if any(one not in kept for one in groups):
        kept = [one for one in kept if one.analysis not in (GROUP, GROUPS_APART)]
    all_groups = (sum(one.participants or 0 for one in groups), sum(one.controls or 0 for one in groups))
    is_hidden = any(_analysed_is_hidden(hidden, ALL_PROJECTS, arm) for arm in ARMS)
    would_groups_tell = _would_groups_tell(analysis, hidden)
    whole = [(one.participants or 0, one.controls or 0) for one in kept if one.analysis == PRIMARY]
    seen: Told = ({one for one, _ in whole}, {one for _, one in whole})
    lines: Table = []
    for one in kept:
        line = _line(Row, one) | {"note": _public_note(one.note)}
        if one.participants is not None and one.controls is not None:
            counts = all_groups if one.analysis == GROUP else (one.participants, one.controls)
            is_near = _is_any_near(counts, told, limit)
            if one.analysis == SENSITIVITY and _is_any_near(counts, seen, limit):
                continue
            # The pool leaves out a project or some: a hidden one would follow from the whole less the pool.
            is_less = one.analysis == POOLED and counts not in whole and any(cell[2] == "analysed" for cell in hidden)
            is_told = one.analysis in (GROUP, GROUPS_APART) and would_groups_tell
            if is_near or is_hidden or is_less or is_told:
                line |= {name: HIDDEN for name in ("participants", "controls", _DF) if line[name]}
                line = _cut(line)
            else:
                _tell(counts, told)
                _tell(counts, seen)
        if analysis.small & {one.analysis, one.outcome, one.population}:
            line |= {name: HIDDEN for name in (*_FIGURES, "p", "p_holm") if line[name]}
            line["note"] = "; ".join(part for part in line["note"].split("; ") if not part.startswith("ubegrænset"))
        elif one.outcome in SHARES:
            line |= {name: f"{float(line[name]):.2f}" for name in _FIGURES if line[name] not in ("", HIDDEN)}
        lines.append(line)
    return lines


def _cut(line: Line) -> Line:
    """Cut figures short where a count is hidden: in full, the interval and the error together give its size away."""
    figures = {name: f"{float(text):.{_DIGITS_BESIDE_HIDDEN}g}" for name, text in line.items() if name in _CUT and text}
    return line | figures | ({"standard_error": HIDDEN} if line.get("standard_error") else {})


def _public_note(note: str) -> str:
    """Leave out of a note the parts that count citizens."""
    return "; ".join(part for part in note.split("; ") if not _COUNTED.match(part))


def _public_balance(analysis: Analysis, hidden: Collection[Cell], told: Told, limit: int) -> Table:
    """Give the characteristics that may be shown.

    Benefits are parts of target groups, whose counts effects.csv shows too: so an arm's shares are shown together or
    not at all.
    """
    rows = analysis.balance
    shares = [one for one in rows if one.is_share]
    would_groups_tell = _would_groups_tell(analysis, hidden)
    gone = {
        arm
        for arm in ARMS.values()
        if would_groups_tell or any(is_small(_share_count(one, arm), getattr(one, arm), limit) for one in shares)
    }
    table = []
    for one in rows:
        if min(one.participants, one.controls) < limit:
            continue
        line = _balance_line(one)
        is_near = _is_any_near((one.participants, one.controls), told, limit)
        for place, (arm, name) in enumerate(ARMS.items()):
            if one.is_share:
                is_hidden = name in gone or one.variable in analysis.small
                line[f"mean_{name}"] = HIDDEN if is_hidden else f"{getattr(one, f'mean_{name}'):.2f}"
            else:
                line[f"mean_{name}"] = f"{getattr(one, f'mean_{name}'):.1f}"
            if is_near or _analysed_is_hidden(hidden, ALL_PROJECTS, arm):
                line[name] = HIDDEN
            else:
                told[place].add(int(line[name]))
        if HIDDEN in (line["mean_participants"], line["mean_controls"]):
            line["standardised_difference"] = HIDDEN
        elif one.difference is not None:
            line["standardised_difference"] = f"{one.difference:.2f}"
        table.append(line)
    return table


def _public_weeks(weeks: Sequence[Week], hidden: Collection[Cell], told: Told, limit: int, minimum_weeks: int) -> Table:
    """Give the weeks that may be shown.

    Those followed for `minimum_weeks` are those analysed; before that week those who were lost are counted too. A
    week's count is hidden with the lost, and where it is near a count of another table or week.
    """
    table: Table = []
    for one in weeks:
        if min(one.participants, one.controls) < limit:
            continue
        line = _line(Week, one)
        steps = {"analysed"} if one.week >= minimum_weeks else {"drawn", "lost", "analysed"}
        for (arm, name), count, others in zip(ARMS.items(), (one.participants, one.controls), told, strict=True):
            is_hidden = any(cell[:2] == (ALL_PROJECTS, arm) and cell[2] in steps for cell in hidden)
            if is_hidden or _is_near(count, others, limit):
                line[name] = HIDDEN
            else:
                others.add(count)
        table.append(_cut(line) if HIDDEN in line.values() else line)
    return table


def _public_projects(
    projects: Sequence[ProjectEffect], hidden: Collection[Cell], limit: int, small_contrasts: Collection[str]
) -> Table:
    """Give the projects that may be shown.

    Where just one is left out, so is the smallest of the others: the one would follow from the whole less the rest.
    """
    kept = [one for one in projects if min(one.participants, one.controls) >= limit]
    gone = [one for one in projects if one not in kept and one.participants + one.controls > 0]
    if len(gone) == 1 and kept:
        kept.remove(min(kept, key=lambda one: (one.participants + one.controls, one.project_id)))
    table = []
    for one in kept:
        line = _line(ProjectEffect, one) | {"note": _public_note(one.note)}
        for arm, name in ARMS.items():
            if _analysed_is_hidden(hidden, one.project_id, arm):
                line[name] = HIDDEN
        if HIDDEN in line.values():
            line = _cut(line)
        is_drawn_hidden = any((one.project_id, arm, "drawn", "") in hidden for arm in ARMS)
        line["draw_p"] = HIDDEN if is_drawn_hidden else f"{one.draw_p:.2f}"
        if one.contrast is not None:
            line["contrast"] = HIDDEN if one.project_id in small_contrasts else f"{one.contrast:.2f}"
        table.append(line)
    return table


def primary_line(table: Sequence[Mapping[str, str]], analysis: str) -> Mapping[str, str] | None:
    """Give an analysis's line of everybody, where there is one."""
    return next((one for one in table if (one["analysis"], one["population"]) == (analysis, EVERYBODY)), None)

"""What changes give and take: each laid on the ones before it, or each only on the rules in force.

Source: docs/what-if.md, 'The columns'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tasks.base.errors import InputError, InternalFailure
from tasks.base.nearest import nearest_are
from tasks.base.worded import phrase
from tasks.replay.state import State
from tasks.warehouse.frames import registered
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute
from tasks.whatif.engine import BASE, compute, compute_changed, start_stages, take_stage
from tasks.whatif.overlay import Change, Laid, Overlay, lay

if TYPE_CHECKING:
    import duckdb

ALL = "all"
"""The name of a row of all changes together, in the column `change`."""
CAUSES = ("by_rows", "by_events", "by_rates", "by_ceiling", "by_expenses")
_SUMMED = (*CAUSES, "events_changed", "more_starts", "more_completions")


@dataclass(frozen=True)
class Difference:
    """A project under one change, or under `all`; amounts in DKK, of all years to the settled one.

    `base`, `whatif`: the entitlement before and after. `events_changed`: starts and completions that came, went or
    changed day; `more_*`: that came, less those that went.
    """

    project_id: str
    lead_municipality: str
    status: str
    earlier_status: str
    base: Decimal
    whatif: Decimal
    change: str
    by_rows: Decimal
    by_events: Decimal
    events_changed: int
    more_starts: int
    more_completions: int
    by_rates: Decimal
    by_ceiling: Decimal
    by_expenses: Decimal
    posted: Decimal
    payable_base: Decimal
    payable_whatif: Decimal
    held_base: Decimal
    held_whatif: Decimal

    @property
    def difference(self) -> Decimal:
        """What the change gives, below zero: what it takes."""
        return self.whatif - self.base

    @property
    def is_unknown(self) -> bool:
        """Whether the project has no delivery: nobody knows what it would give, and its zeros say nothing."""
        return self.status == "missing"


@dataclass(frozen=True)
class RuleCount:
    """How many rows or projects break a rule, and the action on them, before and after; None where none does."""

    code: str
    action_base: str | None
    action_whatif: str | None
    base: int
    whatif: int


@dataclass(frozen=True)
class WhatIf:
    """An answer.

    `changes`: in their order. `is_each`: a change's rows are of that change alone; those of `all` are of all, one laid
    on the other. `differences`: by change in its order, then `all`; of all projects. `project`: the one that was asked
    for.
    """

    year: int
    state: State
    changes: tuple[Change, ...]
    is_each: bool
    project: str | None
    differences: tuple[Difference, ...]
    rules: tuple[RuleCount, ...]
    appropriation_base_dkk: Decimal
    appropriation_whatif_dkk: Decimal

    def of(self, change: str) -> list[Difference]:
        """Give the projects under a change."""
        return [one for one in self.differences if one.change == change]

    @property
    def unknown(self) -> list[str]:
        """The projects without a delivery."""
        return [one.project_id for one in self.of(ALL) if one.is_unknown]

    @property
    def shown(self) -> list[Difference]:
        """The rows of the project that was asked for, or of all."""
        return [one for one in self.differences if self.project in {None, one.project_id}]


def what_if(
    connection: duckdb.DuckDBPyConnection,
    state: State,
    overlay: Overlay,
    year: int,
    *,
    is_each: bool = False,
    project: str | None = None,
) -> WhatIf:
    """Compute a year by the rules in force, then with changes, and compare.

    Raises InputError when a changed rule does not fit the register, and for a project that is not there.
    """
    chain = _chained(overlay.changes)
    alone = _alone(overlay.changes) if is_each else []
    start_stages(connection, state.now)
    compute(connection, state, Laid(state.rules), year)
    take_stage(connection, BASE)
    _check_project(connection, project)
    computed = {BASE}
    for step in [*chain, *alone]:
        if step.after not in computed:
            compute_changed(connection, state, lay(state.rules, step.laid), year)
            take_stage(connection, step.after)
            computed.add(step.after)
    in_chain = _differences(connection, chain)
    differences = [*(_differences(connection, alone) if is_each else in_chain), *_summed(in_chain, chain)]
    appropriations = dict(execute(connection, "whatif/appropriations").fetchall())
    last = chain[-1].after
    rules = rows_of(connection, "whatif/rules", before=BASE, after=last)
    return WhatIf(
        year,
        state,
        overlay.changes,
        is_each,
        project,
        tuple(differences),
        tuple(RuleCount(**row) for row in rules),
        appropriations[BASE],
        appropriations[last],
    )


@dataclass(frozen=True)
class _Step:
    """A comparison of two stages. `laid`: the changes by which the second is computed."""

    change: str
    before: str
    after: str
    is_severity: bool
    laid: tuple[Change, ...]


def _chained(changes: Sequence[Change]) -> list[_Step]:
    stages = [BASE, *(f"change {number}" for number in range(1, len(changes) + 1))]
    return [
        _Step(label, stages[at], stages[at + 1], change.is_severity, tuple(changes[: at + 1]))
        for at, (label, change) in enumerate(zip(labels_of(changes), changes, strict=True))
    ]


def _alone(changes: Sequence[Change]) -> list[_Step]:
    """Lay each on the rules in force; the first is as in the chain."""
    return [
        _Step(label, BASE, f"alone {at}" if at else "change 1", change.is_severity, (change,))
        for at, (label, change) in enumerate(zip(labels_of(changes), changes, strict=True))
    ]


def labels_of(changes: Sequence[Change]) -> list[str]:
    """Name the changes as they were asked for; one that is asked for twice has its number beside it."""
    labels = [change.label for change in changes]
    return [
        f"{label} ({labels[: at + 1].count(label)})" if labels.count(label) > 1 else label
        for at, label in enumerate(labels)
    ]


def _differences(connection: duckdb.DuckDBPyConnection, steps: Sequence[_Step]) -> list[Difference]:
    import polars as pl

    frame = pl.DataFrame(
        [(at, step.change, step.before, step.after, step.is_severity) for at, step in enumerate(steps)],
        schema={
            "position": pl.Int32,
            "change": pl.String,
            "before_stage": pl.String,
            "after_stage": pl.String,
            "is_severity": pl.Boolean,
        },
        orient="row",
    )
    execute(connection, "whatif/changes_laid")
    with registered(connection, laid_changes=frame):
        execute(connection, "whatif/add_changes")
    found = []
    for row in rows_of(connection, "whatif/differences"):
        del row["position"]
        one = Difference(**row)
        if sum((getattr(one, cause) for cause in CAUSES), Decimal(0)) != one.difference:
            raise InternalFailure(f"The causes of {one.change} do not add up for {one.project_id}: report this error.")
        found.append(one)
    return found


def _summed(differences: Sequence[Difference], steps: Sequence[_Step]) -> list[Difference]:
    """Add up the changes of each project; the posted and held amounts are those of the first and the last of them."""
    first = {one.project_id: one for one in differences if one.change == steps[0].change}
    last = {one.project_id: one for one in differences if one.change == steps[-1].change}
    by_project: dict[str, list[Difference]] = defaultdict(list)
    for one in differences:
        by_project[one.project_id].append(one)
    sums: dict[str, dict[str, Any]] = {
        project_id: {name: sum(getattr(one, name) for one in own) for name in _SUMMED}
        for project_id, own in by_project.items()
    }
    return [
        Difference(
            project_id=project_id,
            lead_municipality=one.lead_municipality,
            status=last[project_id].status,
            earlier_status=one.earlier_status,
            base=one.base,
            whatif=last[project_id].whatif,
            change=ALL,
            posted=one.posted,
            payable_base=one.payable_base,
            payable_whatif=last[project_id].payable_whatif,
            held_base=one.held_base,
            held_whatif=last[project_id].held_whatif,
            **sums[project_id],
        )
        for project_id, one in sorted(first.items())
    ]


def _check_project(connection: duckdb.DuckDBPyConnection, project: str | None) -> None:
    if project is None:
        return
    names = [name for (name,) in execute(connection, "whatif/projects").fetchall()]
    if project not in names:
        raise InputError(
            phrase("There is no project {project}{nearest}.", project=project, nearest=nearest_are(project, names))
        )

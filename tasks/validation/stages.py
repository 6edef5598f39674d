"""Judging in stages: which rules are judged when, and what each stage leaves behind.

The order of a settlement, in which these stages have their places, is that of `tasks/settlement/parts.py`: `start`,
`judge_citizens`, `judge_persons`, `judge_spells_and_expenses`, `judge_projects` (which ends in `judge_elements`), then
`tasks.validation.violations` and `keep_results`.

Great Expectations reads, and keeps what fails, through cursors of its own, so what a stage judges must be committed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import asdict
from typing import TYPE_CHECKING

from tasks.validation.catalogue import load_catalogue
from tasks.validation.quarantine import quarantine
from tasks.validation.verdicts import CheckCrashed, Judge, Verdict
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.catalogue import Rule, Suite

# The rule that reads the rows that the other rules of its own table have rejected.
_AFTER_THE_OTHERS = "C13"
# The rule on the rows of every table; the optional table is judged by it separately.
_RAGGED = "R01"


def start(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables that the stages fill, and the view of the rejected rows."""
    for name in (
        "run/quarantine",
        "run/rejected_rows",
        "run/element_quarantine",
        "validation/project_holds",
        "validation/expectation_results",
    ):
        execute(connection, name)


def record(connection: duckdb.DuckDBPyConnection, verdicts: Sequence[Verdict]) -> None:
    """Record the outcome of rules that were judged."""
    if verdicts:
        execute(connection, "validation/record_results", verdicts=[asdict(verdict) for verdict in verdicts])


def _judge(
    connection: duckdb.DuckDBPyConnection,
    judge: Judge,
    suite_name: str,
    applies: Callable[[Rule], bool] = lambda _: True,
) -> list[Verdict]:
    suite = load_catalogue()[suite_name]
    rules = [rule for rule in suite.rules if applies(rule)]
    verdicts = judge(connection, suite, rules)
    record(connection, verdicts)
    _quarantine(connection, suite, rules, verdicts)
    return verdicts


def _quarantine(
    connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule], verdicts: Sequence[Verdict]
) -> None:
    """Set aside what fails. Raises CheckCrashed when a rule was not checked, or other rows were kept than counted."""
    broken = [verdict for verdict in verdicts if verdict.error_class]
    if broken:
        names = ", ".join(f"{verdict.code} ({verdict.error_class})" for verdict in broken)
        raise CheckCrashed(f"The settlement stops, because these rules could not be checked: {names}.")
    kept = quarantine(connection, suite, verdicts)
    differing = [verdict.code for verdict in verdicts if kept.get(verdict.code, 0) != verdict.unexpected]
    if differing or len(verdicts) != len(rules):
        raise CheckCrashed(
            f"The settlement stops: counted and kept rows differ for {', '.join(differing) or suite.name}."
        )


def judge_citizens(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    """Judge what a project's own rows decide: every table's rows (R01), and borgere except C13.

    Raises CheckCrashed when a rule could not be checked; so do the other stages.
    """
    verdicts = [
        *_judge(connection, judge, "rows"),
        *_judge(connection, judge, "borgere", lambda rule: rule.code != _AFTER_THE_OTHERS),
    ]
    if is_any_drawn(connection):
        verdicts += _judge(connection, judge, "draw")
    return verdicts


def judge_persons(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    """Judge C13, over the rows of all projects that no other rule rejects."""
    return _judge(connection, judge, "borgere", lambda rule: rule.code == _AFTER_THE_OTHERS)


def judge_spells_and_expenses(connection: duckdb.DuckDBPyConnection, judge: Judge) -> list[Verdict]:
    """Judge the rows of forloeb and udgifter, once run.accepted_citizens is made."""
    return [*_judge(connection, judge, "forloeb"), *_judge(connection, judge, "udgifter")]


def judge_projects(
    connection: duckdb.DuckDBPyConnection, judge: Judge, without: Set[str] = frozenset()
) -> list[Verdict]:
    """Judge deliveries, projects, portfolio and activities, and keep the holds; `without`: codes to leave out."""
    for name in ("portfolio", "holds", "project_status", "row_holds", "hold_by_rows"):
        execute(connection, f"validation/{name}")
    suites = ("delivery", "project", *(("draw_record",) if is_any_drawn(connection) else ()), "portfolio")
    verdicts = [
        verdict
        for suite in suites
        for verdict in _judge(connection, judge, suite, lambda rule: rule.code not in without)
    ]
    return [*verdicts, *judge_elements(connection, judge)]


def judge_elements(
    connection: duckdb.DuckDBPyConnection, judge: Judge, *, are_spells_needed: bool = False
) -> list[Verdict]:
    """Judge the rows of grundelementer, where there are any and the rules know of them; once all spells are judged.

    What the spells say of the elements (run.spell_elements) is made where such rows are compared with it, or on
    request.
    """
    are_needed = are_spells_needed or execute(connection, "validation/is_any_element_delivered").fetchall() == [(True,)]
    execute(connection, "run/fidelity_spells", are_needed=are_needed)
    for name in ("run/spell_elements", "run/element_rows"):
        execute(connection, name)
    if execute(connection, "validation/is_any_element").fetchall() != [(True,)]:
        return []
    execute(connection, "validation/quarantine_ragged_elements", code=_RAGGED)
    return _judge(connection, judge, "grundelementer")


def is_any_drawn(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether some project has a draw: without any, nothing is judged by a draw."""
    return execute(connection, "validation/is_any_drawn").fetchall() == [(True,)]


def keep_results(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Keep the outcome of every rule judged so far under the run's name; also after a crash."""
    execute(connection, "validation/keep_results", run_id=run_id)

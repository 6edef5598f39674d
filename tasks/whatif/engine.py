"""Computing by other rules: the statements of a settlement over what a home knows, once for each stage.

A stage is the run's tables by one set of rules, as `sql/causes/` keeps it: `base`, then one for each change. Rows are
judged by the rules' own SQL. Nothing is received, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.base.errors import InputError
from tasks.base.worded import phrase, text_of
from tasks.register.read import read_register
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.validation.stages import judge_projects
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.replay.state import State
    from tasks.validation.catalogue import Rule, Suite
    from tasks.validation.verdicts import Judge, Verdict
    from tasks.whatif.overlay import Laid

BASE = "base"


def compute(connection: duckdb.DuckDBPyConnection, state: State, laid: Laid, year: int) -> None:
    """Compute a year by the rules that are laid, into the run's tables.

    Raises InputError for a year outside the programme, where the register does not fit the rules, and where no project
    has a delivery.
    """
    laid.rules.check_year(year)
    build_world(
        connection,
        year=year,
        register=read_register(connection, state.register_files, laid.rules),
        rules=laid.rules,
        known_at=state.known_at,
        ledger_known_at=state.now,
        draws=state.draws,
    )
    if execute(connection, "whatif/deliveries").fetchone() is None:
        raise InputError(phrase("No project had an accepted delivery then: there is nothing to compute from."))
    judge = judging(laid)
    settle_here(connection, judge)
    judge_projects(connection, judge)


def compute_changed(connection: duckdb.DuckDBPyConnection, state: State, laid: Laid, year: int) -> None:
    """Compute as `compute` does, by rules that were changed. Raises its errors, which then say so."""
    try:
        compute(connection, state, laid, year)
    except InputError as error:
        raise InputError(phrase("By the changed rules nothing can be computed: {why}", why=text_of(error))) from error


def judging(laid: Laid) -> Judge:
    """Give a judge by the rules' own SQL that lets each rule act as `laid` says."""

    def judge(connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]) -> list[Verdict]:
        verdicts = judge_by_own_sql(connection, suite, rules)
        return [replace(verdict, action=laid.actions.get(verdict.code, verdict.action)) for verdict in verdicts]

    return judge


def start_stages(connection: duckdb.DuckDBPyConnection, moment: Moment) -> None:
    """Make the empty tables that keep stages, compared with no draft."""
    execute(connection, "causes/explained", years=[], known_at=moment.timestamp, own_fingerprint=None)
    for name in ("causes/stage_settlement", "causes/stage_units"):
        execute(connection, name)
    for name in ("whatif/stage_projects", "whatif/stage_rules", "whatif/stage_programme"):
        execute(connection, name)


def take_stage(connection: duckdb.DuckDBPyConnection, stage: str) -> None:
    """Keep what the run's tables hold as a stage."""
    if stage == BASE:
        execute(connection, "whatif/explain_all")
    for name in ("causes/add_settlement", "causes/add_units"):
        execute(connection, name, stage=stage)
    for name in ("whatif/add_projects", "whatif/add_rules", "whatif/add_programme"):
        execute(connection, name, stage=stage)

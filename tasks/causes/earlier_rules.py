"""Settling by earlier rules: what today's registrations would give under the rules that a year was posted by.

Where the ledger holds nothing for the years, or the rules have not changed since, nothing is settled here.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from tasks.causes.rule_changes import RuleChanges, rule_changes, same_money
from tasks.rules.model import RULES_FILE, parse_rules
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


def settle_by_earlier_rules(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    inputs: Inputs,
    years: Collection[int],
    own_fingerprint: str | None,
) -> RuleChanges:
    """Take as stages the amounts posted for `years`, and those that each earlier version of the rules would give now.

    Leaves the run's tables as the last of those rules give them: the settlement itself comes afterwards.
    """
    execute(
        connection,
        "causes/explained",
        years=list(years),
        known_at=run.ledger_known_at.timestamp,
        own_fingerprint=own_fingerprint,
    )
    execute(connection, "causes/stage_settlement")
    execute(connection, "causes/stage_units")
    changes: RuleChanges = {}
    for sha256, contents in execute(connection, "causes/earlier_rules", rules_name=RULES_FILE.name).fetchall():
        earlier = parse_rules(contents.decode(), RULES_FILE.name)
        if same_money(earlier, inputs.rules):
            continue
        build_world(
            connection,
            year=run.year,
            register=inputs.register,
            rules=earlier,
            known_at=run.known_at,
            ledger_known_at=run.ledger_known_at,
            draws=inputs.draws,
        )
        settle_here(connection, judge_by_own_sql)
        take_stage(connection, sha256)
        changes[sha256] = rule_changes(earlier, inputs.rules)
    return changes


def take_stage(connection: duckdb.DuckDBPyConnection, stage: str) -> None:
    """Take the run's tables as they are now as a stage: a hash of rules, or 'now'."""
    execute(connection, "causes/add_settlement", stage=stage)
    execute(connection, "causes/add_units", stage=stage)

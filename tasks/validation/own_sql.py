"""Judging by the rules' own SQL alone, for a check that can't wait for Great Expectations to be imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb

from tasks.base.failure import is_stop
from tasks.validation.verdicts import Verdict, crashed, keeping, verdict
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    from tasks.validation.catalogue import Rule, Suite


def _number(connection: duckdb.DuckDBPyConnection, text: str) -> int:
    row = connection.execute(text).fetchone()
    assert row is not None  # noqa: S101 - a count has a row
    return int(row[0])


def judge_by_own_sql(connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]) -> list[Verdict]:
    """Judge `rules` of `suite`, each by its own query: the same verdicts as Great Expectations gives."""
    verdicts = []
    rows: int | None = None
    execute(connection, "validation/failing")
    for rule in rules:
        try:
            rows = _number(connection, f"SELECT count(*) FROM {suite.batch}") if rows is None else rows  # noqa: S608
            unexpected = _number(connection, keeping(rule).replace("{failing}", suite.failing(rule)))
        except duckdb.Error as error:
            if is_stop(error):
                raise
            verdicts.append(crashed(rule, type(error).__name__))
        else:
            verdicts.append(verdict(rule, unexpected, rows))
    return verdicts

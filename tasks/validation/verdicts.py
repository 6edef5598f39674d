"""The outcome of checking one rule, whoever checked it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.catalogue import Rule, Suite


class CheckCrashed(InternalFailure):
    """A rule could not be checked: that says nothing about the data. Names the rule, never a value (exit status 3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one rule over one suite's batch.

    `unexpected` of `rows` fail; both are None, and `error_class` is given, where the check could not be made.
    """

    code: str
    suite: str
    action: str
    severity: str
    passed: bool
    unexpected: int | None
    rows: int | None
    error_class: str | None = None


# Judges rules of one suite on the warehouse's own connection: one verdict per rule, in the order of the rules. After
# that the keys that fail are in run.failing.
Judge = Callable[["duckdb.DuckDBPyConnection", "Suite", "Sequence[Rule]"], list[Verdict]]


def keeping(rule: Rule) -> str:
    """Give the statement that keeps and counts the rows that fail; its place {failing} takes the rule's query."""
    return statement("validation/keep_failing").replace("{rule}", rule.code)


def verdict(rule: Rule, unexpected: int, rows: int) -> Verdict:
    """Give the verdict of a check that was made."""
    return Verdict(rule.code, rule.suite, rule.action, rule.severity, unexpected == 0, unexpected, rows)


def crashed(rule: Rule, error_class: str) -> Verdict:
    """Give the verdict of a check that could not be made; `error_class` is a class name, never a message."""
    return Verdict(rule.code, rule.suite, rule.action, rule.severity, False, None, None, error_class)

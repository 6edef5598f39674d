"""Judging by Great Expectations, on the warehouse's own connection. Import it late: it costs seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations.types import COUNTED_BY, of_batch  # this registers the types, too
from tasks.validation.engine import batch_on
from tasks.validation.verdicts import Verdict, crashed, keeping, verdict
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.catalogue import Rule, Suite


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be kept of a result: whether it held, the counts, and the class of the error. No values."""

    success: bool
    counts: Mapping[str, Any]
    error_class: str | None


def _error_class(exception_info: Mapping[str, Any]) -> str | None:
    """Give the class of the error that was raised first, never its text: that quotes values."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    raised = [info for info in infos if info["raised_exception"]]
    if not raised:
        return None
    # Its line is the first one behind the heading that is not indented: a message may have several lines.
    _, *lines = str(raised[0]["exception_traceback"]).strip().splitlines()
    named = next(line for line in lines if line and not line.startswith(" "))
    return named.partition(":")[0].rpartition(".")[2]


def judge_expectations(
    connection: duckdb.DuckDBPyConnection,
    batch: str,
    entries: Sequence[tuple[str, str, Mapping[str, Any], str]],
    result_format: str,
) -> dict[str, Outcome]:
    """Judge expectations, given as (name, type, kwargs, severity), over a table or view; the outcome by name.

    The suite is built entry by entry: built whole, it silently drops what it can't build.
    """
    suite = ExpectationSuite(
        name=batch,
        expectations=[
            ExpectationConfiguration(
                type=kind, kwargs={**kwargs, **of_batch(kind, batch)}, severity=severity, meta={"name": name}
            ).to_domain_obj()
            for name, kind, kwargs, severity in entries
        ],
    )
    judged = batch_on(connection, batch).validate(suite, result_format=result_format)
    # The results are in no particular order.
    outcomes = {
        result.expectation_config.meta["name"]: Outcome(
            bool(result.success), dict(result.result), _error_class(result.exception_info)
        )
        for result in judged.results
    }
    missing = [name for name, *_ in entries if name not in outcomes]
    if missing:
        raise AssertionError(f"Great Expectations gave no result for {', '.join(missing)} of {batch}")
    return outcomes


def judge_by_great_expectations(
    connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]
) -> list[Verdict]:
    """Judge `rules` of `suite`; a rule that raised has an error class and no counts."""
    execute(connection, "validation/failing")
    if not rules:
        return []
    outcomes = judge_expectations(
        connection,
        suite.batch,
        [(rule.code, rule.type, {**rule.kwargs, COUNTED_BY: keeping(rule)}, rule.severity) for rule in rules],
        "BASIC",
    )
    verdicts = []
    for rule in rules:
        outcome = outcomes[rule.code]
        if outcome.error_class:
            verdicts.append(crashed(rule, outcome.error_class))
        else:
            verdicts.append(verdict(rule, outcome.counts["unexpected_count"], outcome.counts["element_count"]))
    return verdicts

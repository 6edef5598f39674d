"""Setting aside what fails: every failing key, with every rule that it breaks, by the text that judged it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import duckdb

from tasks.validation.verdicts import CheckCrashed
from tasks.warehouse.statements import statement

if TYPE_CHECKING:
    from tasks.validation.catalogue import Rule, Suite

# Which statement keeps a suite's failing keys; the delivery suite's are in run.faults already.
_KEPT_BY = {
    ("table_name", "delivery_no", "row_no"): "validation/quarantine_any_table",
    ("delivery_no", "row_no"): "validation/quarantine",
    ("project_id",): "validation/hold",
}
# What is registered of activities is kept apart from what decides money.
_KEPT_APART = {"grundelementer": "validation/quarantine_elements"}


def quarantine(connection: duckdb.DuckDBPyConnection, suite: Suite, rules: Sequence[Rule]) -> dict[str, int]:
    """Insert every key that fails one of `rules` into run.quarantine (or run.project_holds); one statement per rule.

    Gives the number of keys by rule. Raises CheckCrashed when a rule's query can't be run.
    """
    if suite.key not in _KEPT_BY:
        return {}
    text = statement(_KEPT_APART.get(suite.name, _KEPT_BY[suite.key]))
    kept = {}
    for rule in rules:
        values = {"code": rule.code, "action": rule.action}
        if suite.key == ("delivery_no", "row_no") and suite.name not in _KEPT_APART:
            values["table_name"] = suite.table or ""
        try:
            row = connection.execute(text.replace("{failing}", suite.failing(rule)), values).fetchone()
        except duckdb.Error as error:
            raise CheckCrashed(f"The rule {rule.code} could not be checked ({type(error).__name__}).") from None
        kept[rule.code] = int(row[0]) if row else 0
    return kept

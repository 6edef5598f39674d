"""Setting aside the rows that fail: every key that a judge has kept in run.failing, with every rule that it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.validation.catalogue import Suite
    from tasks.validation.verdicts import Verdict

# Which statement sets a suite's failing keys aside; the delivery suite's are in run.faults already.
_SET_ASIDE_BY = {
    ("table_name", "delivery_no", "row_no"): "validation/quarantine",
    ("delivery_no", "row_no"): "validation/quarantine",
    ("project_id",): "validation/hold",
}
# Registrations of activities are kept apart from those that decide money.
_APART = {"grundelementer": "validation/quarantine_elements"}


def quarantine(connection: duckdb.DuckDBPyConnection, suite: Suite, verdicts: Sequence[Verdict]) -> dict[str, int]:
    """Insert the keys that a suite's judge has kept into run.quarantine (or run.project_holds); count them by rule.

    A key is kept with the action of its verdict: a what-if's judge gives another than the catalogue.
    """
    kept = {str(rule): int(keys) for rule, keys in execute(connection, "validation/failing_counts").fetchall()}
    set_aside_by = _APART.get(suite.name) or _SET_ASIDE_BY.get(suite.key)
    if kept and set_aside_by:
        values = {"table_name": suite.table} if set_aside_by == "validation/quarantine" else {}
        actions = [{"code": verdict.code, "action": verdict.action} for verdict in verdicts]
        execute(connection, set_aside_by, actions=actions, **values)
    return kept

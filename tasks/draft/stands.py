"""Whether a year is drafted already, from the same state, and its files are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.draft.manifest import is_whole
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.draft.fingerprint import Parts


def draft_stands(connection: duckdb.DuckDBPyConnection, run: Run, parts: Parts) -> bool:
    """Tell whether the newest draft of the year is what would be drafted now, and its files are whole."""
    newest = execute(connection, "draft/newest", year=run.year).fetchone()
    if newest is None or newest != (parts.fingerprint, run.earlier_state and run.earlier_state.timestamp):
        return False
    return is_whole(run.out, parts.fingerprint)

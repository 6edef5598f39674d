"""What a draft leaves in the warehouse: the record that a release relies on, and the facts that explain it later.

Everything is taken from the run's tables, and kept for ever: a draft with the fingerprint of an earlier one rests on
the same facts, which are kept once, under the earlier number.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from tasks.base.person import account
from tasks.base.run import preparer
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.draft.fingerprint import Parts

_KEPT = ("projects", "settlement", "citizen_events", "spells", "wages", "rejected", "causes", "cause_rows")


def remember_draft(connection: duckdb.DuckDBPyConnection, run: Run, parts: Parts, *, is_computed: bool = True) -> None:
    """Record a draft and its basis, in one transaction; `is_computed`: the run's tables are the draft's."""
    with transaction(connection):
        execute(
            connection,
            "draft/add",
            year=run.year,
            fingerprint=parts.fingerprint,
            parts=json.dumps(asdict(parts), sort_keys=True),
            prepared_by=preparer(),
            prepared_as=account(),
            prepared_at=run.now.timestamp,
            projects=None if run.projects is None else list(run.projects),
            registrations_known_at=run.earlier_state and run.earlier_state.timestamp,
        )
        (draft_no, is_known) = execute(connection, "draft/remembered").fetchall()[0]
        if not is_known:
            for name in _KEPT:
                execute(connection, f"draft/keep_{name}", draft_no=draft_no)
        if is_computed:
            # Also for a draft that an older program remembered without it.
            execute(connection, "draft/keep_intended", fingerprint=parts.fingerprint)

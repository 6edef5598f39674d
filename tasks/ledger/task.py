"""The task that runs right after the lock is taken: it verifies the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.chain.record import Healed
from tasks.ledger.append import heal, require_sound
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


@step("verify the ledger")
def sound_ledger(connection: duckdb.DuckDBPyConnection, home: Path) -> Healed:
    """Finish or take back an append that was interrupted, and refuse to go on with a ledger that does not verify.

    Raises BusinessRefusal that names the first thing that is wrong.
    """
    healed = heal(connection, home)
    require_sound(connection, home)
    return healed

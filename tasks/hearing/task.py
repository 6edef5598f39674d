"""The task that verifies and reads the record of hearings for a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.hearing.record import require_sound
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.hearing.record import Hearings


@step("verify the record of hearings")
def sound_hearings(connection: duckdb.DuckDBPyConnection, home: Path) -> Hearings:
    """Finish or take back an entry that was interrupted, and give what the record says.

    Raises BusinessRefusal that names the first thing that is wrong.
    """
    return require_sound(connection, home)

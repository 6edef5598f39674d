"""The empty database of a new home, without Prefect's two hundred migrations, which take six seconds.

`python -m flows.server.schema` makes `schema.sql` anew for the installed Prefect. The schema names
the migration that it stands at, so that a newer Prefect goes on from there.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from tasks.base.paths import PROJECT

SCHEMA = PROJECT / "flows" / "server" / "schema.sql"

_MIGRATE = """
import asyncio
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""


def create_database(path: Path) -> None:
    """Make an empty Prefect database at `path`, whole or not at all, unless there is one."""
    if path.exists():
        return
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    database = sqlite3.connect(unfinished)
    try:
        database.executescript(SCHEMA.read_text(encoding="utf-8"))
    finally:
        database.close()
    unfinished.replace(path)


def migrated_schema() -> str:
    """Give, as SQL, the empty database that Prefect's own migrations make."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        subprocess.run(
            [sys.executable, "-c", _MIGRATE],
            env=kept | {"PREFECT_HOME": home, "DO_NOT_TRACK": "1"},
            cwd=home,
            check=True,
        )
        database = sqlite3.connect(Path(home) / "prefect.db")
        try:
            return "\n".join(database.iterdump()) + "\n"
        finally:
            database.close()


if __name__ == "__main__":
    SCHEMA.write_text(migrated_schema(), encoding="utf-8")

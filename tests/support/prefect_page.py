"""Reads what runs have shown on their pages, from the database of the tests' Prefect server."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path


def shown(key: str) -> tuple[str, str]:
    """Give what was last shown under a key: its data, and its description."""
    with closing(sqlite3.connect(Path(os.environ["PREFECT_HOME"]) / "prefect.db")) as database:
        rows = database.execute("SELECT data, description FROM artifact WHERE key = ? ORDER BY created", [key])
        *_, (data, description) = rows
    return str(json.loads(str(data))), str(description)

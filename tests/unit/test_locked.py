"""A lock of SQLite is one line in the log of `make serve`; any other error keeps its traceback."""

from __future__ import annotations

import io
import logging
import sqlite3
from pathlib import Path
from pkgutil import resolve_name

import yaml

from flows.server.serve import SERVER_LOG


def logged(error: Exception) -> str:
    """Give what the server's log has of an error that its recorder met."""
    settings = yaml.safe_load(Path(SERVER_LOG["PREFECT_LOGGING_SETTINGS_PATH"]).read_text(encoding="utf-8"))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    for name in settings["handlers"]["console"]["filters"]:
        handler.addFilter(resolve_name(settings["filters"][name]["()"])())
    logger = logging.Logger("server")
    logger.addHandler(handler)
    try:
        raise RuntimeError("the recorder stopped") from error
    except RuntimeError:
        logger.exception("Error while recording %s", "events")
    return written.getvalue()


def test_a_lock_is_one_line() -> None:
    said = logged(sqlite3.OperationalError("database is locked"))
    assert said.count("\n") == 1
    assert "PostgreSQL" in said


def test_a_lock_in_a_group_is_found() -> None:
    assert logged(ExceptionGroup("several", [sqlite3.OperationalError("database is locked")])).count("\n") == 1


def test_any_other_error_keeps_its_traceback() -> None:
    said = logged(sqlite3.OperationalError("no such table"))
    assert said.startswith("Error while recording events\n")
    assert "Traceback" in said

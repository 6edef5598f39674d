"""The state that a draft is made from, as one hash: the same state gives the same files, byte by byte."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING

from tasks.draft.manifest import versions
from tasks.paths import EXPECTATIONS, PROJECT, RULES, SQL, TEMPLATES
from tasks.register.read import MAALGRUPPER, PROJEKTER
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    import duckdb

    from tasks.register.inputs import Inputs
    from tasks.run import Run

_MADE_BY = (EXPECTATIONS, PROJECT / "flows", RULES, SQL, PROJECT / "tasks", TEMPLATES)


def state_of(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs) -> str:
    """Give the hash of all that a run's files are made from, once its deliveries are received (64 hex digits)."""
    known = run_statement(connection, "standing/known").fetchall()[0]
    return made_from(
        run.year,
        inputs.rules.sha256,
        inputs.register.sha256(PROJEKTER),
        inputs.register.sha256(MAALGRUPPER),
        *known,
    )


def made_from(*parts: object) -> str:
    """Give the hash of parts, the project's own files and the versions of its libraries; 64 hexadecimal digits."""
    text = json.dumps([_source_sha256(), versions(), *parts], sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _source_sha256() -> str:
    digest = hashlib.sha256()
    for folder in _MADE_BY:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()

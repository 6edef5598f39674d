"""The state that a draft is made from, as one hash: the same state gives the same files, byte by byte."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from tasks.base.program import source_sha256
from tasks.register.read import MAALGRUPPER, PROJEKTER
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


def state_of(connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs) -> str:
    """Give the hash of all that a run's files are made from, once its deliveries are received (64 hex digits)."""
    known = execute(connection, "draft/known").fetchall()[0]
    return made_from(basis_of(run, inputs), run.projects, *known)


def basis_of(run: Run, inputs: Inputs) -> str:
    """Give the hash of what the verdicts on rows rest on beside the deliveries; 64 hexadecimal digits."""
    register = inputs.register
    return made_from(run.year, inputs.rules.sha256, register.sha256(PROJEKTER), register.sha256(MAALGRUPPER))


def made_from(*parts: object) -> str:
    """Give the hash of parts and of the program that makes something of them; 64 hexadecimal digits."""
    text = json.dumps([source_sha256(), *parts], sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()

"""The key that a warehouse's persons are known by: one and the same for as long as the warehouse lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.errors import InputError
from tasks.intake.personal import KEY_FILE, KEY_VARIABLE, PseudonymKey, pseudonym_key
from tasks.warehouse.statements import run

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def key_of(connection: duckdb.DuckDBPyConnection, home: Path) -> PseudonymKey:
    """Give the key of `home`, whose warehouse is at `connection`.

    Raises InputError when it is too short, or not the one that the warehouse's rows were received with: a person would
    then be another one, and be paid for again.
    """
    key = pseudonym_key(home)
    run(connection, "intake/keep_key", inner_block=key.inner, outer_block=key.outer)
    if not run(connection, "intake/is_own_key", inner_block=key.inner, outer_block=key.outer).fetchall()[0][0]:
        raise InputError(
            f"The key ({KEY_VARIABLE}, or {home / KEY_FILE} where that is not set) is not the one that this home's "
            "persons are known by: give the key that it had before, or settle in another --home."
        )
    return key

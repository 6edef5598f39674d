"""The fingerprint of a draft: a hash of its inputs' contents, the rules, the ledger, and the result.

It rests on contents only, and on the result as codes and amounts: not on wording, keys, paths, times of receipt or the
program's version. Source: the settlement, 'Deciding, posting, correcting'.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.base.file_hash import file_sha256
from tasks.draft.files import CITIZENS, SETTLEMENT
from tasks.register.read import MAALGRUPPER, PROJEKTER
from tasks.warehouse.statements import execute, statement

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


@dataclass(frozen=True)
class Parts:
    """What a fingerprint is made of; each but the year and the projects a SHA-256.

    `deliveries`: by project. `violations`: without their wording; in drafts of the first homes, the file with it.
    `projects`: the only ones that the draft covers; None: all of the register. `draws`: the newest entry of each
    project's draw; None where nothing was drawn, and then not part of the hash.
    """

    year: int
    rules: str
    projekter: str
    maalgrupper: str
    deliveries: dict[str, str]
    ledger: str
    settlement: str
    citizens: str
    violations: str
    projects: list[str] | None = None
    draws: dict[str, str] | None = None

    def __post_init__(self) -> None:
        """Raise InternalFailure for rules that come from no file: those of a what-if have no fingerprint."""
        if not re.fullmatch(r"[0-9a-f]{64}", self.rules):
            raise InternalFailure("Rules that are no rules file's have no fingerprint: a what-if is never drafted.")

    @property
    def fingerprint(self) -> str:
        """Give the hash over all parts, as 64 hexadecimal digits."""
        parts = {name: part for name, part in asdict(self).items() if name != "draws" or part is not None}
        return _sha256(json.dumps(parts, sort_keys=True).encode())


def fingerprint_parts(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, folder: Path, own_fingerprint: str | None
) -> Parts:
    """Take the parts of a run's fingerprint; its CSV files stand in `folder`."""
    deliveries = dict(execute(connection, "draft/delivery_contents").fetchall())
    ledger = execute(
        connection,
        "draft/ledger_entries",
        year=run.year,
        known_at=run.ledger_known_at.timestamp,
        own_fingerprint=own_fingerprint,
        projects=None if run.projects is None else list(run.projects),
    ).fetchall()
    return Parts(
        year=run.year,
        rules=inputs.rules.sha256,
        projekter=inputs.register.sha256(PROJEKTER),
        maalgrupper=inputs.register.sha256(MAALGRUPPER),
        deliveries=deliveries,
        ledger=_sha256("\n".join(entry for (entry,) in ledger).encode()),
        settlement=file_sha256(folder / SETTLEMENT),
        citizens=file_sha256(folder / CITIZENS),
        violations=_violations_sha256(connection, folder),
        projects=None if run.projects is None else list(run.projects),
        draws={draw.project_id: draw.head for draw in inputs.draws} or None,
    )


def _violations_sha256(connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    """Hash the violations without their messages; they pass through a file, since they may be millions."""
    codes = folder / "violation-codes.csv"
    try:
        connection.sql(statement("draft/violation_codes")).write_csv(str(codes), header=True)
        return file_sha256(codes)
    finally:
        codes.unlink(missing_ok=True)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

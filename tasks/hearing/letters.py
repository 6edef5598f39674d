"""The hearing letters of a year's newest draft, as they lie ready to be sent: each as the draft wrote it.

Source: the settlement, 'Hearing'.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal
from tasks.base.file_hash import file_sha256
from tasks.base.lines import short
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.draft.manifest import MANIFEST
from tasks.warehouse.rows import rows_of

if TYPE_CHECKING:
    import duckdb

_LETTERS = "letters"


def newest_draft(connection: duckdb.DuckDBPyConnection, year: int) -> tuple[str, date]:
    """Give the newest draft of a year, and the day when one with its fingerprint was first made.

    Raises BusinessRefusal when there is none.
    """
    found = rows_of(connection, "draft/newest", year=year)
    if not found:
        raise BusinessRefusal(
            phrase("There is no draft of {year}, and so no letter: settle it with jobfirst settle {year}.", year=year)
        )
    return found[0]["fingerprint"], Moment(found[0]["first_at"]).today


def letters_of_draft(home: Path, year: int, fingerprint: str) -> dict[str, str]:
    """Give the SHA-256 of each hearing letter of a draft, by project.

    Raises BusinessRefusal when what lies there is not what the draft wrote.
    """
    out = home / "out" / str(year)
    again = phrase("settle {year} again, and send the letters that lie there then", year=year)
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
        named, files = manifest["fingerprint"], manifest["files"]
    except (OSError, ValueError, KeyError) as error:
        raise BusinessRefusal(
            phrase("The letters of {year} are not in {out}: {again}.", year=year, out=mask(str(out)), again=again)
        ) from error
    if named != fingerprint:
        raise BusinessRefusal(
            phrase(
                "The letters in {out} are of the draft {named}, and the newest of {year} is {fingerprint}: {again}.",
                out=mask(str(out)),
                named=short(str(named)),
                year=year,
                fingerprint=short(fingerprint),
                again=again,
            )
        )
    letters = {Path(name).stem: sha256 for name, sha256 in files.items() if _is_letter(name)}
    for project_id, sha256 in letters.items():
        path = out / _LETTERS / f"{project_id}.pdf"
        if not path.is_file() or file_sha256(path) != sha256:
            raise BusinessRefusal(
                phrase(
                    "The letter {name} of {year} is not as it was written: {again}.",
                    name=mask(path.name),
                    year=year,
                    again=again,
                )
            )
    return letters


def _is_letter(name: str) -> bool:
    return name.startswith(f"{_LETTERS}/") and name.endswith(".pdf")

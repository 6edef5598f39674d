"""The Digital Post messages of a release: one a letter, the annex beside it. Sending them is outside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from tasks.digitalpost.message import Document, Party, message
from tasks.release.letters import read_letter
from tasks.warehouse.statements import run as run_statement

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

    from tasks.letters.facts import LetterFacts
    from tasks.rules.model import Sender

CASE_SYSTEM = "JobFirst"
_PDF = "application/pdf"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_messages(
    connection: duckdb.DuckDBPyConnection,
    run: str,
    letters: Sequence[LetterFacts],
    sender: Sender,
    created_at: datetime,
    folder: Path,
) -> None:
    """Write `digitalpost/<project_id>.xml` for every letter of a release run; letters and annexes stand in `folder`.

    Without the sender's CVR number in the rules file there is nobody to send from, and nothing is written.
    """
    if not sender.cvr:
        return
    uuids = _uuids(connection, run, [letter.project_id for letter in letters])
    (folder / "digitalpost").mkdir()
    for letter in letters:
        name = letter.project_id
        contents = message(
            uuid=uuids[name],
            created_at=created_at,
            subject=read_letter(folder / "letters" / f"{name}.html").subject,
            case_number=letter.case_number,
            case_system=CASE_SYSTEM,
            sender=Party(sender.cvr, sender.name),
            recipient=Party(letter.lead.cvr, letter.lead.full_name),
            letter=_document("Brev", folder / "letters" / f"{name}.pdf", _PDF),
            annex=_document("Bilag", folder / "annex" / f"{name}.xlsx", _WORKBOOK),
        )
        (folder / "digitalpost" / f"{name}.xml").write_bytes(contents)


def _document(label: str, path: Path, encoding_format: str) -> Document:
    return Document(label, path.name, encoding_format, path.read_bytes())


def _uuids(connection: duckdb.DuckDBPyConnection, run: str, projects: Sequence[str]) -> dict[str, UUID]:
    """Give each message's UUID: the one that was kept, or a new one that is kept from now on."""
    kept = {name: UUID(uuid) for name, uuid in run_statement(connection, "release/messages", run=run).fetchall()}
    for project_id in projects:
        if project_id not in kept:
            kept[project_id] = uuid4()
            run_statement(
                connection, "release/add_message", run=run, project_id=project_id, message_uuid=str(kept[project_id])
            )
    return kept

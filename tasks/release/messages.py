"""The Digital Post messages of a release: one a letter, the annex beside it. Sending them is outside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tasks.handover.digital_post import Document, Party, message
from tasks.release.letters import read_letter

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.ledger.entry import Entry
    from tasks.letters.facts import LetterFacts
    from tasks.rules.model import Sender

CASE_SYSTEM = "JobFirst"
_PDF = "application/pdf"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_messages(
    entries: Sequence[Entry], letters: Sequence[LetterFacts], sender: Sender, created_at: datetime, folder: Path
) -> None:
    """Write `digitalpost/<project_id>.xml` for every letter of a release run; letters and annexes stand in `folder`.

    Without the sender's CVR number in the rules file there is nobody to send from, and nothing is written.
    """
    if not sender.cvr:
        return
    (folder / "digitalpost").mkdir()
    for letter in letters:
        name = letter.project_id
        contents = message(
            uuid=_uuid(entries, name),
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


def _uuid(entries: Sequence[Entry], project_id: str) -> UUID:
    """Give a message's own UUID, always the same: it is drawn from the hash of the project's first entry of the run."""
    first = next(entry for entry in entries if entry.project_id == project_id)
    return UUID(bytes=hashlib.sha256(f"digitalpost {first.sha256}".encode()).digest()[:16], version=4)

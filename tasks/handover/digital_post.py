"""One letter as a Digital Post message (MeMo 1.1): the letter as main document, the annex beside it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from lxml import etree

from tasks.base.paths import TEMPLATES

MEMO = "https://DigitalPost.dk/MeMo-1"
VERSION = "1.1"
_SCHEMA = TEMPLATES / "digitalpost" / "MeMo_core.xsd"
_LONGEST_TEXT = 256
_UUID_VERSION = 4


class MessageError(Exception):
    """The message would not be valid: it must not leave."""


@dataclass(frozen=True)
class Party:
    """Sender or recipient: CVR number and name."""

    cvr: str
    name: str


@dataclass(frozen=True)
class Document:
    """A file that the message carries."""

    label: str
    filename: str
    encoding_format: str
    content: bytes


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMA, etree.XMLParser(no_network=True)))


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{MEMO}}}{name}")
    child.text = text if text is None else text[:_LONGEST_TEXT]
    return child


def _add_party(header: etree._Element, role: str, party: Party) -> None:
    element = _add(header, role)
    _add(element, f"{role.lower()}ID", party.cvr)
    _add(element, "idType", "CVR")
    _add(element, "label", party.name)


def _add_document(body: etree._Element, role: str, document: Document) -> None:
    element = _add(body, role)
    _add(element, "label", document.label)
    file = _add(element, "File")
    _add(file, "encodingFormat", document.encoding_format)
    _add(file, "filename", document.filename)
    _add(file, "language", "da")
    _add(file, "content").text = base64.b64encode(document.content).decode()


def message(
    *,
    uuid: UUID,
    created_at: datetime,
    subject: str,
    case_number: str,
    case_system: str,
    sender: Party,
    recipient: Party,
    letter: Document,
    annex: Document,
) -> bytes:
    """Give the message as XML, valid against MeMo 1.1; the same values give the same bytes.

    `uuid` is of version 4, and always the message's own: the same whenever it is made again. `created_at` has a zone.
    Raises MessageError when the message is not valid.
    """
    if uuid.version != _UUID_VERSION or created_at.tzinfo is None:
        raise MessageError("a message needs a UUID of version 4 and a time with a zone")
    root = etree.Element(
        f"{{{MEMO}}}Message", {"memoVersion": VERSION, "memoSchVersion": f"{VERSION}.0"}, nsmap={"memo": MEMO}
    )
    header = _add(root, "MessageHeader")
    _add(header, "messageType", "DIGITALPOST")
    _add(header, "messageUUID", str(uuid))
    _add(header, "label", subject)
    _add(header, "mandatory", "false")
    _add(header, "legalNotification", "false")
    _add_party(header, "Sender", sender)
    _add_party(header, "Recipient", recipient)
    case = _add(_add(header, "ContentData"), "CaseID")
    _add(case, "caseID", case_number)
    _add(case, "caseSystem", case_system)
    body = _add(root, "MessageBody")
    _add(body, "createdDateTime", created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add_document(body, "MainDocument", letter)
    _add_document(body, "AdditionalDocument", annex)
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        raise MessageError(f"the message is not valid MeMo {VERSION}: {error}") from error
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

"""A letter as a Digital Post message: valid against the schema, the files unharmed, the same bytes again."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from lxml import etree

from tasks.handover.digital_post import MEMO, Document, MessageError, Party, message

VALUES: dict[str, Any] = {
    "uuid": UUID("7e6c2b9a-5a0e-4f6e-9d0b-0f1f2d3c4b5a"),
    "created_at": datetime(2018, 3, 15, 12, tzinfo=UTC),
    "subject": "Udbetaling af tilskud til JobFirst for 2017",
    "case_number": "16/145",
    "case_system": "JobFirst",
    "sender": Party("12345674", "Styrelsen for Arbejdsmarked og Rekruttering"),
    "recipient": Party("19583910", "Vallensbæk Kommune"),
    "letter": Document("Brev", "JF-187.pdf", "application/pdf", b"%PDF-1.7\x00\xff"),
    "annex": Document("Bilag", "JF-187.xlsx", "application/vnd.ms-excel", b"PK\x03\x04"),
}


def test_what_it_holds() -> None:
    root = etree.fromstring(message(**VALUES))
    names = {"m": MEMO}

    def text(path: str) -> list[str]:
        return [str(found.text) for found in root.iterfind(path, names)]

    assert text(".//m:messageUUID") == [str(VALUES["uuid"])]
    assert text(".//m:Recipient/m:recipientID") == ["19583910"]
    assert text(".//m:Recipient/m:idType") == ["CVR"]
    assert text(".//m:caseID") == ["16/145"]
    assert text(".//m:MainDocument/m:File/m:filename") == ["JF-187.pdf"]
    contents = [base64.b64decode(content) for content in text(".//m:File/m:content")]
    assert contents == [VALUES["letter"].content, VALUES["annex"].content]


def test_times_end_in_z() -> None:
    noon_in_denmark = datetime(2018, 3, 15, 12, tzinfo=timezone(timedelta(hours=1)))
    assert b"<memo:createdDateTime>2018-03-15T11:00:00Z<" in message(**VALUES | {"created_at": noon_in_denmark})


def test_same_bytes_again() -> None:
    assert message(**VALUES) == message(**VALUES)


def test_markup_in_a_name_stays_text() -> None:
    hostile = "<b>&amp;</b>]]>"
    root = etree.fromstring(message(**VALUES | {"recipient": Party("19583910", hostile)}))
    assert root.findtext(".//m:Recipient/m:label", namespaces={"m": MEMO}) == hostile


@pytest.mark.parametrize(
    "wrong",
    [
        {"uuid": UUID("7e6c2b9a-5a0e-1f6e-9d0b-0f1f2d3c4b5a")},
        {"created_at": datetime(2018, 3, 15)},  # noqa: DTZ001 - what must be refused
    ],
)
def test_what_has_no_place_in_a_message_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(MessageError):
        message(**VALUES | wrong)


def test_the_schema_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.handover.digital_post._LONGEST_TEXT", 300)
    with pytest.raises(MessageError, match=r"not valid MeMo 1\.1"):
        message(**VALUES | {"subject": "x" * 300})

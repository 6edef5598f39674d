"""What a decision's letter says of the ledger, and what a reader finds in it."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from tasks.base.errors import InternalFailure
from tasks.letters.facts import PostedEntry
from tasks.letters.render import render_letter
from tasks.release.letters import read_letter
from tests.support.letter_examples import EXAMPLES, REJECTED, UDBETALING
from tests.support.letter_text import letter_text

ENTRY = PostedEntry(12, "5741cc70a4c05a296aacc066fd78c6852fc5d2f65051527409ed9ab00b0139d4")
DECISIONS = [name for name in EXAMPLES if not name.startswith("partshoering")]


def test_a_decision_names_its_entry_and_a_draft_none() -> None:
    line = f"Bogført i tilskudsregnskabet som nr. 12. Kontrolsum (SHA-256): {ENTRY.sha256}"
    assert letter_text(replace(UDBETALING, posted_entry=ENTRY)).splitlines()[-1] == line
    assert "tilskudsregnskabet" not in letter_text(EXAMPLES["partshoering"])


@pytest.mark.parametrize("name", DECISIONS)
def test_the_amount_and_the_subject_are_read_from_the_letter(name: str, tmp_path: Path) -> None:
    facts = replace(EXAMPLES[name], payable_dkk=EXAMPLES[name].payable_dkk)
    page = tmp_path / "JF-187.html"
    page.write_text(render_letter(facts).html, encoding="utf-8")
    assert read_letter(page).amount_dkk == abs(facts.payable_dkk)
    assert read_letter(page).subject.endswith(f"til JobFirst for {facts.year}")


def test_an_amount_in_oere_is_read_exactly(tmp_path: Path) -> None:
    page = tmp_path / "JF-187.html"
    page.write_text('<h1>A</h1><div class="decision">\n<p>I får <strong>1.234.567,05 kr.</strong> nu', encoding="utf-8")
    assert read_letter(page).amount_dkk == Decimal("1234567.05")
    page.write_text("<h1>A</h1><p>Intet.</p>", encoding="utf-8")
    with pytest.raises(InternalFailure, match=r"JF-187\.html has no subject or no amount"):
        read_letter(page)


@pytest.mark.parametrize("rules", range(9, 22, 2))
def test_the_signature_is_never_alone_however_long_the_letter(rules: int) -> None:
    rejected = tuple(replace(REJECTED[1], code=f"S{number:02}") for number in range(rules))
    pages = PdfReader(io.BytesIO(render_letter(replace(UDBETALING, rejected=rejected, posted_entry=ENTRY)).pdf)).pages
    before, _, _ = pages[-1].extract_text().partition("Med venlig hilsen")
    assert "Svar på dette brev" in before

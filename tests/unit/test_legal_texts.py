"""Which letters lack a legal text that the rules file leaves empty."""

from __future__ import annotations

from tasks.letters.kind import Kind
from tasks.letters.legal_texts import LEGAL_TEXTS, empty_texts, lacking
from tasks.rules.model import LetterTexts, load_rules

TEXTS = load_rules().letters
EMPTY = TEXTS.model_copy(update=dict.fromkeys(LEGAL_TEXTS, ""))
KINDS = {"JF-2": Kind.TILBAGEBETALING, "JF-1": Kind.TILBAGEBETALING, "JF-3": Kind.UDBETALING, "JF-4": Kind.NUL}


def test_each_legal_text_is_one_of_the_rules_file() -> None:
    assert set(LEGAL_TEXTS) <= set(LetterTexts.model_fields)


def test_a_repayment_lacks_what_the_rules_file_leaves_empty() -> None:
    assert lacking(EMPTY, KINDS, {"JF-1", "JF-2"}) == {
        "legal_basis": ["JF-1", "JF-2", "JF-3", "JF-4"],
        "repayment_guidance": ["JF-1", "JF-2"],
        "complaint_guidance": ["JF-1", "JF-2"],
    }


def test_how_to_pay_back_is_needed_where_money_is_asked_for() -> None:
    """JF-1 gets more of another year than it pays back, and JF-3 is of a municipality that owes for another."""
    assert lacking(EMPTY, KINDS, {"JF-2", "JF-3"})["repayment_guidance"] == ["JF-2", "JF-3"]
    assert lacking(EMPTY, KINDS, {"JF-2", "JF-3"})["complaint_guidance"] == ["JF-1", "JF-2"]


def test_nothing_is_lacking_where_the_texts_are_written_or_no_letter_needs_them() -> None:
    written = EMPTY.model_copy(update=dict.fromkeys(LEGAL_TEXTS, "En tekst."))
    assert empty_texts(written) == ()
    assert lacking(written, KINDS, set(KINDS)) == {}
    assert lacking(TEXTS, {"JF-3": Kind.UDBETALING}, ()) == {}


def test_white_space_is_no_text() -> None:
    assert empty_texts(EMPTY.model_copy(update={"legal_basis": " \n"})) == LEGAL_TEXTS

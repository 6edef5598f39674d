"""What finds, in one pass, that a text needs no trimming or composing, agrees with the long way."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake import delimited
from tasks.intake.words import clean
from tests.support.effort import times


@given(st.text("a ;\n\t", min_size=1, max_size=8))
@settings(max_examples=times(2_000, 100_000))
def test_a_space_at_an_edge_is_what_trimming_each_cell_takes_away(text: str) -> None:
    cells = [cell for line in text.split("\n") for cell in line.split(";")]
    assert delimited._space_at_an_edge(text, ";", "\n") == any(cell != cell.strip(" ") for cell in cells), text


@given(st.text(st.characters(max_codepoint=0x340, exclude_categories=["Cf", "Zs"]), max_size=6))
@settings(max_examples=times(2_000, 100_000))
def test_a_clean_text_is_in_nfc(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_every_character_that_is_not_searched_for_is_its_own_nfc_and_keeps_its_place() -> None:
    for character in map(chr, range(0x300)):
        assert unicodedata.normalize("NFC", character) == character
        assert unicodedata.combining(character) == 0

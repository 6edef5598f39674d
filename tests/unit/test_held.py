"""A rule that is broken is told as what it requires: its title alone would say the opposite of what is wrong."""

from __future__ import annotations

import pytest

from tasks.validation.catalogue import rule_of
from tasks.validation.held import listed, with_words
from tasks.web.page import environment


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "P02 (required: There are enough citizens in both arms)"),
        ("da", "P02 (krav: Der er borgere nok i deltager- og kontrolgruppen)"),
    ],
)
def test_a_hold_on_a_terminal_is_a_requirement(language: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", language)
    assert with_words(["P02"]) == told
    assert listed({"JF-1": ["P02"]}) == [f"  {'JF-1':<12} {told.replace(' (', '  ').removesuffix(')')}"]


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("C03", "Krav: cpr er et gyldigt cpr-nummer"),
        ("P02", "Krav: Der er borgere nok i deltager- og kontrolgruppen"),
        ("P03", "Normalt: "),
    ],
)
def test_a_broken_rule_on_the_page_is_a_requirement(code: str, heading: str) -> None:
    parts = environment().get_template("dele.jinja").module
    assert heading in parts.heading(rule_of(code))  # type: ignore[attr-defined] # a macro of the template

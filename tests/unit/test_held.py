"""A rule that is broken is told as what it requires: its title alone would say the opposite of what is wrong."""

from __future__ import annotations

import pytest

from tasks.validation.catalogue import rule_of
from tasks.validation.held import listed, with_words
from tasks.web.page import environment, page


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


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("F01", "Indberetningen afvises, når reglen ikke er opfyldt."),
        ("C03", "Rækken afvises, når reglen ikke er opfyldt."),
        ("P02", "Projektet stilles i bero, når reglen ikke er opfyldt."),
        ("P03", "Det bemærkes, når reglen ikke er opfyldt."),
        ("B01", "Alle projekter stilles i bero, når reglen ikke er opfyldt."),
    ],
)
def test_the_page_of_a_rule_says_what_happens(code: str, said: str) -> None:
    source = {"title": "Opslag", "publisher": "STAR"}
    assert said in page("regel", rule=rule_of(code), values=[], source=source).decode()


def test_a_message_on_the_page_keeps_dates_whole_and_has_the_pages_minus() -> None:
    message = environment().filters["message"]
    assert message("er -60.000,00 kr. den 31-12-2017 <b>") == (
        'er −60.000,00 kr. den <span class="whole">31-12-2017</span> &lt;b&gt;'
    )
    assert message('"-60.000,00"') == "&#34;-60.000,00&#34;"

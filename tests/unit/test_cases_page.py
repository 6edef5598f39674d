"""The page of cases is what the tests say."""

from __future__ import annotations

from docs.cases import PAGE, cases_page


def test_the_page_is_what_the_tests_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == cases_page(), "run: python -m docs.cases"

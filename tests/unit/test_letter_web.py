"""The letter as a web page: stands alone, says what the wording says, and passes axe-core in a browser."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader

from tasks.letters.render import render_letter
from tests.support.letter_examples import EXAMPLES, UDBETALING

HOSTILE = "</p><script>alert(1)</script>{{ 7*7 }}\"' onload=x #eval(1) &amp;"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", EXAMPLES)
def test_axe_finds_nothing(name: str, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    path.write_text(render_letter(EXAMPLES[name]).html, encoding="utf-8")
    page = browser.new_page(bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    result = Axe().run(page).response
    page.close()
    assert [broken["id"] for broken in result["violations"]] == []
    assert len(result["passes"]) > 10
    assert asked == [path.as_uri()], "nothing outside the page is asked for"


@pytest.mark.browser
@pytest.mark.parametrize("name", ["partshoering", "udbetaling"])
def test_each_page_of_a_printed_draft_says_that_it_is_one(name: str, browser: Browser, tmp_path: Path) -> None:
    """It was printed to the paper's edge, with its mark in pale grey on the first page alone."""
    facts = EXAMPLES[name]
    path = tmp_path / "letter.html"
    path.write_text(render_letter(replace(facts, rejected=facts.rejected[:1] * 30)).html, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    page.close()
    assert len(printed) > 1
    assert "Bilaget viser registreringerne" in " ".join(printed[-1].split()), (
        "the signature shares its page with the text"
    )
    for number, text in enumerate(printed, 1):
        assert f"Side {number} af {len(printed)}" in " ".join(text.split())
        assert ("UDKAST" in text) == facts.is_draft


@pytest.mark.browser
def test_axe_would_notice(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "letter.html"
    html = render_letter(UDBETALING).html
    path.write_text(re.sub(r' aria-label="[^"]*"', "", html).replace(' lang="da"', ""), encoding="utf-8")
    page = browser.new_page(bypass_csp=True)
    page.goto(path.as_uri())
    broken = {violation["id"] for violation in Axe().run(page).response["violations"]}
    page.close()
    assert {"html-has-lang", "svg-img-alt"} <= broken


def test_hostile_text_appears_as_written() -> None:
    html = render_letter(replace(UDBETALING, project_name=HOSTILE)).html
    assert "<script" not in html
    text = unescape(re.sub(r"<[^>]*>", "", html.partition("<main>")[2]))
    assert f"”{HOSTILE}”" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_stands_alone() -> None:
    html = render_letter(UDBETALING).html
    assert not re.search(r"\b(src|href)=|url\(|@import", html)
    assert "default-src 'none'" in html

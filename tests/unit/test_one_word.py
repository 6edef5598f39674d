"""Danish readers meet one word for each notion of the glossary (docs/glossary.md), everywhere."""

from __future__ import annotations

import re

import pytest

from tasks.base.paths import PROJECT

TOLD_IN = ("expectations", "flows", "rules", "tasks", "templates")
DANISH_PAGES = ("*indberetning.md", "cases.md", "kolonner.md", "rules.md")
"""Of docs/: cases.md is in English, and its cases are in Danish."""
MADE_UP = "tasks/sample/styles.py"
"""A folder's name in the sample: a municipality calls it as it likes."""


@pytest.mark.parametrize(
    ("word", "another", "where_it_stands"),
    [
        ("indberetning", r"(?<![a-zæøå])levering", [MADE_UP]),
        ("godkendt", r"godtage", []),
        ("fravige", r"\bset? bort fra|\bser bort fra|fritag(?!else)|dispens", []),
        ("i bero", r"tilbageholdelse|sætter (det|dem|projektet) i bero", []),
        ("bemærkning", r"anmærkning", []),
        ("ramme", r"bevilling(?!\")", []),
        ("underskrift", r"signatur(?!e)", []),
        ("opgørelse", r"(?<![a-zæøå])afregning", []),
        ("borger i kontrolgruppen", r"kontrolborger|kontrolperson", []),
    ],
)
def test_a_notion_has_one_danish_word(word: str, another: str, where_it_stands: list[str]) -> None:
    assert _told(another) == where_it_stands, f"readers meet {word} everywhere else"


def test_no_name_gets_an_s_put_after_it() -> None:
    """Danish writes `Assens’`, not `Assenss`: a sentence has its names without a genitive."""
    assert _told(r"[a-z_)] ?\}\}?s\b(?!')") == []


def _told(another: str) -> list[str]:
    paths = [path for folder in TOLD_IN for path in (PROJECT / folder).rglob("*.*")]
    paths += [path for pattern in DANISH_PAGES for path in (PROJECT / "docs").glob(pattern)]
    return [
        path.relative_to(PROJECT).as_posix()
        for path in paths
        if path.suffix in {".py", ".yaml", ".jinja", ".typ", ".js", ".md"}
        and re.search(another, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]

"""The tables of all pages: each has a name, and what scrolls sideways can be reached with the keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tasks.base.paths import TEMPLATES

PAGES = [path for path in sorted(TEMPLATES.rglob("*.jinja")) if "<table" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_every_table_has_a_name(path: Path) -> None:
    tables = re.findall(r"<table[^>]*>\s*(?:<caption)?", path.read_text(encoding="utf-8"))
    assert [table for table in tables if not table.endswith("<caption") and "aria-label" not in table] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_what_scrolls_is_a_named_region_that_the_keyboard_reaches(path: Path) -> None:
    boxes = re.findall(r'<div class="scroll[^>]*>', path.read_text(encoding="utf-8"))
    needed = ('role="region"', "aria-label", 'tabindex="0"')
    assert [box for box in boxes if not all(one in box for one in needed)] == []


def test_there_are_pages_to_look_at() -> None:
    assert len(PAGES) > 10

"""What is not ours is named in NOTICE, with its licence."""

from __future__ import annotations

import re

import pytest

from tasks.base.paths import PROJECT

_NOTICE = (PROJECT / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("pattern", re.findall(r"^(\S+/\S+)$", _NOTICE, re.MULTILINE))
def test_what_is_named_is_there(pattern: str) -> None:
    assert list(PROJECT.glob(pattern))


@pytest.mark.parametrize("suffix", ["ttf", "otf", "woff2", "xsd"])
def test_every_font_and_schema_is_named(suffix: str) -> None:
    named = {path for pattern in re.findall(r"^(\S+/\S+)$", _NOTICE, re.MULTILINE) for path in PROJECT.glob(pattern)}
    there = {
        path for folder in ("templates", "flows", "tasks", "rules") for path in (PROJECT / folder).rglob(f"*.{suffix}")
    }
    assert there <= named

"""The documentation tells the truth about what is there: commands, citations, files."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest

from docs import json_keys
from docs.commands import PAGE, commands_page
from flows.commands.cli import parser
from tasks.base.paths import PROJECT

DOCS = PROJECT / "docs"
SPECIFICATION = {"the settlement": "settlement.md", "the intake": "intake.md", "the interface": "interface.md"}
_CITATION = re.compile(r"Source:\s+(the \w+),\s+(?:'([^']+)'|\"([^\"]+)\")")
_CITED_PAGE = re.compile(r"docs/([\w-]+\.md),\s+['\"]([A-Z][^'\"\n]+)['\"]")
_CITED_NAME = re.compile(r"Source:\s+((?:the )?[a-z-]+),\s+['\"]")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH = re.compile(r"`((?:flows|tasks|sql|expectations|templates|rules|tests)/[^`*<{ ]+)`")


def test_every_option_of_every_command_is_told() -> None:
    told = PAGE.read_text(encoding="utf-8")
    wanted = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+|^## .+$", commands_page(), re.MULTILINE))
    missing = sorted(one for one in wanted if one not in told)
    assert not missing, f"run: python -m docs.commands ({missing})"


def _commands(one: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    below = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
    for action in below:
        for command in action.choices.values():
            yield from _commands(command)
    if not below:
        yield one


def test_every_command_has_an_example_and_explains_every_argument() -> None:
    for command in _commands(parser()):
        assert (command.epilog or "").startswith(f"Example: {command.prog}")
        assert [action.dest for action in command._actions if not action.help] == [], command.prog


def test_the_keys_of_every_command_are_told() -> None:
    told = re.findall(r"^## (.+)$", json_keys.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({one.prog.removeprefix("jobfirst ") for one in _commands(parser())} - set(told)) == [], (
        "docs/json_keys.py runs no such command"
    )


@pytest.mark.long
def test_the_keys_that_are_told_are_those_that_the_commands_print() -> None:
    assert json_keys.PAGE.read_text(encoding="utf-8") == json_keys.json_page(), "run: python -m docs.json_keys"


def _texts() -> Iterator[tuple[str, str]]:
    for folder in ("flows", "tasks", "sql", "expectations", "templates", "rules"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".py", ".sql", ".yaml", ".jinja", ".typ"}:
                yield path.relative_to(PROJECT).as_posix(), path.read_text(encoding="utf-8")


def test_every_citation_of_the_specification_has_its_heading() -> None:
    headings = {
        name: {heading.strip("`") for heading in _HEADING.findall((DOCS / page).read_text(encoding="utf-8"))}
        for name, page in SPECIFICATION.items()
    }
    cited = [
        (path, document, " ".join((single or double).strip("`").split()))
        for path, text in _texts()
        for document, single, double in _CITATION.findall(re.sub(r"\n\s*(?:--|#)?\s*", " ", text))
        if document in SPECIFICATION
    ]
    assert cited
    assert [one for one in cited if one[2] not in headings[one[1]]] == []


def test_every_citation_of_a_page_has_its_heading() -> None:
    cited = [(path, *found) for path, text in _texts() for found in _CITED_PAGE.findall(text)]
    headings = {page: _HEADING.findall((DOCS / page).read_text(encoding="utf-8")) for _, page, _ in cited}
    assert cited
    assert [one for one in cited if not any(heading.startswith(one[2]) for heading in headings[one[1]])] == []


def test_no_source_is_cited_by_a_name_that_no_page_has() -> None:
    cited = [(path, name) for path, text in _texts() for name in _CITED_NAME.findall(text)]
    assert cited
    assert [one for one in cited if one[1] not in SPECIFICATION] == []


@pytest.mark.parametrize("page", ["changing.md", "glossary.md", "architecture.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = _PATH.findall((DOCS / page).read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (PROJECT / name.rstrip("/")).exists()] == []


def test_every_page_is_in_the_site() -> None:
    navigation = (PROJECT / "zensical.toml").read_text(encoding="utf-8")
    tomllib.loads(navigation)
    pages = [path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md"))]
    assert [page for page in pages if f'"{page}"' not in navigation] == []


def test_the_site_is_built_and_all_its_links_lead_somewhere() -> None:
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr

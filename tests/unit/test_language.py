"""The language of an answer, and the help of the commands in Danish."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.commands.cli import COMMANDS, command, parser
from tasks.base.language import is_danish


@pytest.fixture(autouse=True)
def _of_no_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JOBFIRST_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, False),
        ({"LANG": "da_DK.UTF-8"}, True),
        ({"LANG": "da"}, True),
        ({"LANG": "en_DK.UTF-8"}, False),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "C", "LC_MESSAGES": "da_DK"}, True),
        ({"LANG": "da_DK.UTF-8", "JOBFIRST_LANGUAGE": "en"}, False),
        ({"LANG": "C.UTF-8", "JOBFIRST_LANGUAGE": "DA"}, True),
        ({"LANG": "da_DK.UTF-8", "JOBFIRST_LANGUAGE": ""}, True),
    ],
)
def test_the_language_is_told_by_its_variable_before_the_machine(
    settings: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert is_danish() is expected


def test_every_command_has_all_help_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {path: set(_texts(one)) for path, one in _parsers(parser())}
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    danish = dict(_parsers(parser()))
    assert len(english) > len(COMMANDS)
    assert all(english.values())
    left = {path: texts & set(_texts(danish[path])) for path, texts in english.items()}
    assert {path: texts for path, texts in left.items() if texts} == {}
    for path, one in danish.items():
        help_text = one.format_help()
        assert help_text.startswith(f"brug: jobfirst {path}".rstrip())
        told = " ".join(help_text.split())
        for word in (
            "Example",
            "Exit status",
            "options:",
            "positional",
            "usage",
            "show this help",
            " tells how",
            " has the next",
        ):
            assert word not in told, path
        for name in ("YEAR", "DIR", "NAME", "FILE", "PROJECT", "ACTION", "COMMAND"):
            assert f" {name} " not in told.replace("HOME/what-if/NAME/", ""), path


def test_the_template_answers_in_danish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    file = tmp_path / "indberetning.xlsx"
    assert command(["template", str(file)]) == 0
    told = capsys.readouterr().out
    assert told == f"{file} er skrevet: udfyld det, kontrollér det (jobfirst check), og aflevér det.\n"


def _parsers(one: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Give a parser and all below it, by the words of the command."""
    yield path, one
    for action in one._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _parsers(below, f"{path} {name}".strip())


def _texts(one: argparse.ArgumentParser) -> Iterator[str]:
    told = (action.help for action in one._actions if action.help != argparse.SUPPRESS)
    yield from filter(None, (one.description, one.epilog, *told))
    yield from (group.title or "" for group in one._action_groups if group._group_actions)

"""The language of an answer, and the help of the commands in Danish."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.commands.cli import command, parser
from tasks.base.language import is_danish

OF_MUNICIPALITIES = ("check", "template")
OF_MONEY = ("release", "ledger")


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


def test_municipalities_and_who_releases_have_all_help_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    english = set(_texts(parser())) - {"STAR's register"}
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    danish = set(_texts(parser()))
    assert english
    assert not english & danish
    help_text = _commands(parser())["check"].format_help()
    assert help_text.startswith("brug: jobfirst check ")
    for word in ("Example", "Exit status", "options", "positional", "usage", "show this help"):
        assert word not in help_text


def test_the_template_answers_in_danish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    file = tmp_path / "indberetning.xlsx"
    assert command(["template", str(file)]) == 0
    told = capsys.readouterr().out
    assert told == f"{file} er skrevet: udfyld det, kontrollér det (jobfirst check), og aflevér det.\n"


def _commands(whole: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    (commands,) = [action for action in whole._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(commands.choices)


def _texts(whole: argparse.ArgumentParser) -> Iterator[str]:
    for one in (_commands(whole)[name] for name in (*OF_MUNICIPALITIES, *OF_MONEY)):
        yield from filter(None, (one.description, one.epilog, *(action.help for action in one._actions)))

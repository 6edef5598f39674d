"""Words that a Danish terminal shows in Danish: placeholders of a command, units, counts of what is unknown."""

from __future__ import annotations

import json

import pytest

from flows.commands.cli import command as run
from tasks.base.paths import PROJECT
from tasks.base.strict_yaml import load
from tasks.base.worded import shown, worded
from tasks.base.worded_danish import DANISH
from tasks.release.command import release_command


@pytest.fixture(autouse=True)
def _danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")


def test_an_offered_command_has_danish_placeholders_and_a_reason_of_its_own_for_h01() -> None:
    command = release_command({2016: "0" * 64}, ("H01", "H02", "H03"), is_signed=True)
    assert shown(command) == (
        "jobfirst release 2016 --draft 000000000000 --approved-by NAVN "
        "--accept H01 --reason TEKST --accept H02,H03 --reason TEKST --signature FIL"
    )
    assert "--approved-by NAME --accept H01 --reason TEXT" in json.dumps(command)
    assert worded("Next: {command}", command=command).startswith("Næste: jobfirst release 2016")


def test_every_unit_of_a_parameter_is_danish() -> None:
    rules = load((PROJECT / "rules" / "jobfirst.yaml").read_text(encoding="utf-8"))
    units = {parameter["unit"] for parameter in rules["parameters"].values()}
    assert units <= DANISH.keys()


def test_the_example_of_a_help_has_a_danish_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["release", "--help"]) == 0
    told = capsys.readouterr().out
    assert '"To mangler."' in told
    assert "Two missing" not in told

"""The program says which version it is, and changelog and package agree."""

from __future__ import annotations

import re
import tomllib

import pytest

from flows.commands.cli import parser
from tasks.base import program
from tasks.base.paths import PROJECT


def test_the_newest_heading_of_the_changelog_is_the_package_version() -> None:
    package = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == package


@pytest.mark.parametrize(("commit", "shown"), [("0123456789ab", " (commit 0123456789ab)"), (None, "")])
def test_version_and_commit_are_shown(
    commit: str | None, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("flows.commands.cli.program_commit", lambda: commit)
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"jobfirst {program.program_version()}{shown}\n"


def test_outside_a_checkout_there_is_no_commit(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "PROJECT", tmp_path)
    assert program.program_commit() is None

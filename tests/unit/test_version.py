"""The program says which version it is, and changelog and package agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import parser
from hatch_build import CommitHook
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
    monkeypatch.setattr(program, "program_commit", lambda: commit)
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"jobfirst {program.program_version()}{shown}\n"


def test_outside_a_checkout_the_commit_is_that_of_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, commit in (("built by hand", None), ("a wheel", "0123456789ab")):
        folder = tmp_path / name
        (folder / "jobfirst").mkdir(parents=True)
        if commit:
            (folder / program.BUILT_FROM).write_text(f"{commit}\n", encoding="ascii")
        monkeypatch.setattr(program, "PROJECT", folder)
        assert program.program_commit() == commit


def test_a_wheel_is_built_with_the_commit_of_its_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for given, expected in (("", program.program_commit()), ("0123456789abcdef", "0123456789ab")):
        monkeypatch.setenv("JOBFIRST_COMMIT", given)
        build_data: dict[str, Any] = {"force_include": {}}
        hook = CommitHook(str(PROJECT), {}, None, None, str(tmp_path), "wheel")  # type: ignore[arg-type]
        hook.initialize("standard", build_data)
        held = {name: Path(path).read_text(encoding="ascii") for path, name in build_data["force_include"].items()}
        assert held == ({program.BUILT_FROM: f"{expected}\n"} if expected else {})

"""The tests notice bugs: each of a list, put into a copy of the project, makes the named tests fail.

The short form checks that every bug can still be put in; the long form runs the tests, which pass without it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tasks.base.paths import PROJECT
from tests.support.effort import VARIABLE

LEFT_OUT = shutil.ignore_patterns(".*", "var", "__pycache__", "node_modules")
PASSED, FAILED = 0, 1


class Bug(NamedTuple):
    """A bug: `before` in `file` becomes `after`, and `tests` fail."""

    bug: str
    file: str
    before: str
    after: str
    tests: list[str]


BUGS = [
    Bug(**entry) for entry in yaml.safe_load((Path(__file__).parent / "seeded_bugs.yaml").read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the project."""
    folder = tmp_path_factory.mktemp("seeded") / "project"
    shutil.copytree(PROJECT, folder, ignore=LEFT_OUT)
    return folder


def outcome(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    """Run tests of a copy until the first fails; give pytest's exit status, and the end of what it said.

    In their short form: what only the long one noticed would not be noticed in every run.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-m", "not torture", *tests],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != VARIABLE},
        capture_output=True,
        text=True,
        check=False,
        timeout=3600,
    )
    return done.returncode, done.stdout[-3000:]


def test_there_are_at_least_twenty() -> None:
    assert len({bug.bug for bug in BUGS}) == len(BUGS) >= 20


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.bug)
def test_the_bug_can_be_put_in(bug: Bug) -> None:
    assert (PROJECT / bug.file).read_text(encoding="utf-8").count(bug.before) == 1
    assert bug.after != bug.before
    assert all((PROJECT / name).is_file() for name in bug.tests)


@pytest.mark.torture
def test_without_a_bug_they_pass(copy: Path) -> None:
    assert outcome(copy, sorted({name for bug in BUGS for name in bug.tests}))[0] == PASSED


@pytest.mark.torture
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.bug)
def test_the_bug_is_noticed(bug: Bug, copy: Path) -> None:
    path = copy / bug.file
    right = path.read_text(encoding="utf-8")
    path.write_text(right.replace(bug.before, bug.after), encoding="utf-8")
    try:
        status, said = outcome(copy, bug.tests)
    finally:
        path.write_text(right, encoding="utf-8")
    assert status == FAILED, said

"""Data goes one way: of the packages of the program, and of their files, none imports one that imports it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tasks.base.paths import PROJECT


def imported(path: Path) -> Iterator[str]:
    """Give the modules that a file imports, anywhere in it, also those that only a type checker reads."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def packages() -> dict[str, list[Path]]:
    """Give the files of `expectations`, of `flows`, and of each package under tasks/."""
    files = {name: list((PROJECT / name).rglob("*.py")) for name in ("expectations", "flows")}
    for path in (PROJECT / "tasks").rglob("*.py"):
        files.setdefault(path.relative_to(PROJECT / "tasks").with_suffix("").parts[0], []).append(path)
    return files


def imports_of_packages() -> dict[str, set[str]]:
    """Give the packages that each of them imports, without the `tasks.` before the name."""
    files = packages()
    imports = {}
    for package, paths in files.items():
        names = {module.removeprefix("tasks.").split(".")[0] for path in paths for module in imported(path)}
        imports[package] = names & (files.keys() - {package})
    return imports


def test_no_package_imports_one_that_imports_it() -> None:
    imports = imports_of_packages()
    assert "intake" in imports["check"]
    assert "expectations" in imports["validation"]
    assert "settlement" in imports["flows"]
    TopologicalSorter(imports).prepare()


def test_no_file_imports_one_that_imports_it() -> None:
    files = {
        ".".join(path.relative_to(PROJECT).with_suffix("").parts): path
        for paths in packages().values()
        for path in paths
    }
    imports = {
        name: {module if module in files else module.rpartition(".")[0] for module in imported(path)} & files.keys()
        for name, path in files.items()
    }
    assert "tasks.intake.tables" in imports["tasks.intake.columns"]
    assert "tasks.intake.characters" in imports["tasks.intake.presence"]
    TopologicalSorter(imports).prepare()


def test_the_page_has_every_package_behind_those_that_it_imports() -> None:
    page = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    _, _, section = page.partition("## The packages of `tasks/`\n")
    named = re.findall(r"`(\w+)`", section.partition("\n## ")[0])
    imports = imports_of_packages()
    assert sorted(named) == sorted(imports.keys() - {"__init__", "expectations", "flows"})
    behind = {(name, one) for at, name in enumerate(named) for one in named[at:]}
    assert [(name, one) for name in named for one in imports[name] if (name, one) in behind] == []


@pytest.mark.parametrize("package", ["whatif", "forecast", "evaluation"])
def test_what_only_computes_reaches_nothing_that_drafts_releases_or_posts(package: str) -> None:
    imports = imports_of_packages()
    reached, ahead = set(), {package}
    while ahead:
        reached |= ahead
        ahead = set().union(*(imports[one] for one in ahead)) - reached
    assert "rules" in reached
    assert not reached & {"draft", "release", "ledger", "letters", "report"}


def test_what_is_approved_is_described_without_reading_the_rules_file() -> None:
    program = "import tasks.rules.model as model; model.load_rules = None; import tasks.release.approval"
    subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=True)


def test_standard_error_is_written_by_what_never_fails_alone() -> None:
    """A log on a full disk stops nothing: `tell`."""
    own = PROJECT / "tasks" / "base" / "standard_error.py"
    others = [path for paths in packages().values() for path in paths if path != own]
    written = ("sys.stderr.write", "file=sys.stderr", "stderr=True")
    assert any(one in own.read_text(encoding="utf-8") for one in written)
    assert [path for path in others if any(one in path.read_text(encoding="utf-8") for one in written)] == []

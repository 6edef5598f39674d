"""Data goes one way: of the packages under tasks/, none imports one that imports it, however many lie between."""

from __future__ import annotations

import ast
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


def imports_of_packages() -> dict[str, set[str]]:
    """Give the packages under tasks/ that each of them imports."""
    imports: dict[str, set[str]] = {}
    for path in (PROJECT / "tasks").rglob("*.py"):
        package = path.relative_to(PROJECT / "tasks").with_suffix("").parts[0]
        names = [name.split(".") for name in imported(path)]
        imports.setdefault(package, set()).update(name[1] for name in names if name[0] == "tasks")
        imports[package].discard(package)
    return imports


def test_no_package_imports_one_that_imports_it() -> None:
    imports = imports_of_packages()
    assert "intake" in imports["check"]
    TopologicalSorter(imports).prepare()


@pytest.mark.parametrize("package", ["whatif", "forecast", "evaluation"])
def test_what_only_computes_reaches_nothing_that_drafts_releases_or_posts(package: str) -> None:
    imports = imports_of_packages()
    reached, ahead = set(), {package}
    while ahead:
        reached |= ahead
        ahead = set().union(*(imports[one] for one in ahead)) - reached
    assert "rules" in reached
    assert not reached & {"draft", "release", "ledger", "letters", "report"}

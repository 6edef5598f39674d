"""Data goes one way: of the packages under tasks/, none imports one that imports it, however many lie between."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from tasks.base.paths import PROJECT


def imported(path: Path) -> Iterator[str]:
    """Give the modules that a file imports, anywhere in it, also those that only a type checker reads."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_no_package_imports_one_that_imports_it() -> None:
    imports: dict[str, set[str]] = {}
    for path in (PROJECT / "tasks").rglob("*.py"):
        package = path.relative_to(PROJECT / "tasks").with_suffix("").parts[0]
        names = [name.split(".") for name in imported(path)]
        imports.setdefault(package, set()).update(name[1] for name in names if name[0] == "tasks")
        imports[package].discard(package)
    assert "intake" in imports["check"]
    TopologicalSorter(imports).prepare()


def test_a_what_if_can_reach_nothing_that_drafts_releases_or_posts() -> None:
    forbidden = {"draft", "release", "ledger", "letters"}
    for package in ("whatif", "forecast"):
        files = list((PROJECT / "tasks" / package).rglob("*.py"))
        assert files
        for path in files:
            reached = {name.split(".")[1] for name in imported(path) if name.startswith("tasks.") and "." in name}
            assert not reached & forbidden, path

"""Which program runs: workers that run another than the coordinator would give other bytes."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version

from tasks.paths import EXPECTATIONS, PROJECT, RULES, SQL, TEMPLATES

_LIBRARIES = ("duckdb", "polars", "typst", "jinja2", "great-expectations", "python-calamine")


@cache
def program() -> str:
    """Give a hash of the project's own files, and of the versions of what computes and sets."""
    digest = hashlib.sha256(platform.python_version().encode())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\0".encode())
    for folder in (PROJECT / "tasks", SQL, RULES, EXPECTATIONS, TEMPLATES):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(PROJECT).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

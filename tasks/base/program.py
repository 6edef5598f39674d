"""What the program is: the hash of its own files and of the libraries that it runs on."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from tasks.base.paths import EXPECTATIONS, PROJECT, RULES, SQL, TEMPLATES

_OWN = (EXPECTATIONS, PROJECT / "flows", RULES, SQL, PROJECT / "tasks", TEMPLATES)
BUILT_FROM = "jobfirst/commit"
"""The file in a wheel that names the commit that it was built from (hatch_build.py)."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def source_sha256() -> str:
    """Give the hash of the program and its libraries: the output depends on it and on the data (64 hex digits)."""
    digest = hashlib.sha256("\n".join([sys.version, *libraries()]).encode())
    for folder in _OWN:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(PROJECT).as_posix()}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def program_version() -> str:
    """Give the program's version, as the package is installed."""
    return version("jobfirst")


def program_commit() -> str | None:
    """Give the commit that the program is of: a checkout's, or the one that its wheel was built from.

    12 digits; None where neither is known.
    """
    return _commit_of(PROJECT)


def program_name() -> str:
    """Give version and commit, as they stand in `--version`, in written files, and in the ledger."""
    commit = program_commit()
    return program_version() + (f" (commit {commit})" if commit else "")


@cache
def _commit_of(project: Path) -> str | None:
    if not (project / ".git").exists():
        try:
            return (project / BUILT_FROM).read_text(encoding="ascii").strip() or None
        except OSError:
            return None
    try:
        asked = subprocess.run(
            ["git", "-C", str(project), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return asked.stdout.strip() or None


def libraries() -> list[str]:
    """Give every library that the project requires, with its installed version; one of an extra may be missing."""
    found = []
    for requirement in requires("jobfirst") or []:
        name = _NAME.match(requirement)
        if name is None:
            raise ValueError(f"not a requirement: {requirement}")
        try:
            found.append(f"{name[0]} {version(name[0])}")
        except PackageNotFoundError:
            found.append(f"{name[0]} missing")
    return sorted(found)

"""What the program is: the hash of its own files and of the libraries that it runs on."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from tasks.base.paths import EXPECTATIONS, PROJECT, RULES, SQL, TEMPLATES

_OWN = (EXPECTATIONS, PROJECT / "flows", RULES, SQL, PROJECT / "tasks", TEMPLATES)
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@cache
def source_sha256() -> str:
    """Give the hash of the program and its libraries: what the output depends on beside the data (64 hex digits)."""
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
    """Give the commit of a checkout, as git names it shortly; None where the program is installed without one."""
    if not (PROJECT / ".git").exists():
        return None
    try:
        asked = subprocess.run(
            ["git", "-C", str(PROJECT), "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False
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

"""`manifest.json`: the fingerprint, the versions, and the SHA-256 of every file and input of a settlement."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.file_hash import file_sha256
from tasks.base.program import program_name
from tasks.rules.model import RULES_FILE
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.draft.fingerprint import Parts

MANIFEST = "manifest.json"
_LIBRARIES = ("duckdb", "polars", "great-expectations", "prefect", "typst")


def write_manifest(connection: duckdb.DuckDBPyConnection, parts: Parts, folder: Path) -> dict[str, str]:
    """Write the manifest of the settlement's files in `folder`; give the files' SHA-256 by their paths in there."""
    files = file_hashes(folder)
    delivered = execute(connection, "draft/delivered_files").fetchall()
    manifest = {
        "fingerprint": parts.fingerprint,
        "parts": asdict(parts),
        "versions": versions(),
        "inputs": {
            f"register/{name}": sha256
            for name, sha256 in (("projekter.csv", parts.projekter), ("maalgrupper.csv", parts.maalgrupper))
        }
        | {f"rules/{RULES_FILE.name}": parts.rules}
        | {f"inbox/{project}/{as_of}/{name}": sha256 for project, as_of, name, sha256 in delivered},
        "files": files,
    }
    text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return files


def is_whole(folder: Path, fingerprint: str) -> bool:
    """Return whether `folder` holds the settlement with that fingerprint, and every file is as its manifest says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        files: dict[str, str] = manifest["files"]
        if manifest["fingerprint"] != fingerprint:
            return False
    except (OSError, ValueError, KeyError):
        return False
    return files == file_hashes(folder, {name.split("/")[0] for name in files})


def versions() -> dict[str, str]:
    """Give the versions of the program, with its commit where it is known, and of the libraries that make the files."""
    return {"jobfirst": program_name(), **_libraries()}


@cache
def _libraries() -> dict[str, str]:
    return {name: version(name) for name in _LIBRARIES}


def file_hashes(folder: Path, entries: Collection[str] | None = None) -> dict[str, str]:
    """Give the SHA-256 of every file under a folder, the manifest left out, by its path in there.

    `entries`: only what is, or lies in, these entries of the folder.
    """
    return {
        path.relative_to(folder).as_posix(): file_sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != MANIFEST
        and (entries is None or path.relative_to(folder).parts[0] in entries)
    }

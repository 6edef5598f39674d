"""A backup of a home: a compressed tar, whose first member lists every file with its size and SHA-256.

It leaves out files that the program makes again (`spill/`, locks), the history of runs (`prefect/`), and, unless it is
asked for, the key of the pseudonyms: whoever holds it and the warehouse can recognise persons.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tasks.base.durable import FILE_MODE, FOLDER_MODE, sync_file, sync_folder
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.program import program_commit, program_version
from tasks.base.worded import phrase
from tasks.intake.key import KEY_FILE
from tasks.warehouse.lock import HOLDER_NAME, LOCK_NAME, hold_lock

LIST_NAME = "backup.json"
LEFT_OUT = frozenset({"prefect", "spill", LOCK_NAME, HOLDER_NAME})
# Only its owner may read it: letters and amounts are in it.
_MODE = 0o600
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class Backup:
    """What a backup holds: its files and their bytes before compression, whether the key is one of them, and when."""

    files: int
    size_bytes: int
    has_key: bool
    made_at: str
    program: str


def write_backup(home: Path, file: Path, now: datetime, *, with_key: bool, wait_seconds: float) -> Backup:
    """Write a backup of `home` to `file`, whole or not at all; it waits for a run at work, and others wait meanwhile.

    Raises InputError when there is no home, or `file` is there already or would lie in the home; HomeHeld when another
    run still writes after `wait_seconds`; OSError when the disk refuses.
    """
    if not home.is_dir():
        raise InputError(phrase("There is nothing in {home} to back up: name another folder with --home.", home=home))
    if file.exists():
        raise InputError(phrase("{file} is there already: name a new file.", file=file))
    if not file.parent.is_dir():
        raise InputError(phrase("There is no folder {parent}: make it, or name another file.", parent=file.parent))
    if home.resolve() in file.resolve().parents:
        raise InputError(
            phrase("{file} lies in the home that it would hold: name a file outside {home}.", file=file, home=home)
        )
    with hold_lock(home, "backup", now, wait_seconds):
        listed = {
            path.relative_to(home).as_posix(): {"bytes": path.stat().st_size, "sha256": _sha256_of(path)}
            for path in _files(home, with_key=with_key)
        }
        contents = {
            "made_at": now.isoformat(timespec="seconds"),
            "program": program_version(),
            "commit": program_commit() or "",
            "has_key": KEY_FILE in listed,
            "files": listed,
        }
        _write(home, file, contents)
    return _backup_of(contents)


def restore_backup(file: Path, home: Path) -> Backup:
    """Bring a backup back to `home`, whole or not at all; what an interrupted call left is removed.

    Raises InputError when `home` holds anything, or `file` is no backup, is damaged, or can't be read; HomeHeld when
    another process restores to `home`.
    """
    _require_empty(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    aside = home.parent / f".{home.name}.restoring"
    aside.mkdir(mode=0o700, exist_ok=True)
    with hold_lock(aside, "restore", Moment.now().utc):
        fresh = aside / "home"
        try:
            # Another restore may have ended since.
            _require_empty(home)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=FOLDER_MODE)
            contents = _extracted(file, fresh)
            if home.exists():
                home.rmdir()
            fresh.replace(home)
            sync_folder(home.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return _backup_of(contents)


def _require_empty(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise InputError(
            phrase("{home} is not empty: name a new folder with --home, and nothing is overwritten.", home=home)
        )


def _extracted(file: Path, fresh: Path) -> dict[str, Any]:
    """Bring a backup's files to disk in `fresh`, and give its list. Raises InputError as `restore_backup` does."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            contents = _listed(archive)
            _extract(archive, contents["files"], fresh)
            _read_to_the_end(archive)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise InputError(
            phrase(
                "{file} is no whole backup of JobFirst ({kind}): nothing was restored, use another.",
                file=file,
                kind=type(error).__name__,
            )
        ) from error
    sync_folder(fresh)
    return contents


def _backup_of(contents: dict[str, Any]) -> Backup:
    return Backup(
        files=len(contents["files"]),
        size_bytes=sum(one["bytes"] for one in contents["files"].values()),
        has_key=contents["has_key"],
        made_at=contents["made_at"],
        program=contents["program"],
    )


def _files(home: Path, *, with_key: bool) -> Iterator[Path]:
    left_out = LEFT_OUT if with_key else LEFT_OUT | {KEY_FILE}
    for path in sorted(home.rglob("*")):
        if path.relative_to(home).parts[0] not in left_out and path.is_file() and not path.is_symlink():
            yield path


def _write(home: Path, file: Path, contents: dict[str, Any]) -> None:
    fresh = file.with_name(f"{file.name}.new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
            listed = json.dumps(contents, indent=1).encode()
            head = tarfile.TarInfo(LIST_NAME)
            head.size, head.mode = len(listed), FILE_MODE
            archive.addfile(head, io.BytesIO(listed))
            for name in contents["files"]:
                archive.add(home / name, arcname=f"home/{name}", recursive=False, filter=_without_owner)
        sync_file(fresh)
        fresh.replace(file)
        sync_folder(file.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _listed(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    if first is None or first.name != LIST_NAME:
        raise ValueError("no list")
    contents: dict[str, Any] = json.loads(_stream(archive, first).read())
    return contents


def _extract(archive: tarfile.TarFile, listed: dict[str, dict[str, Any]], home: Path) -> None:
    """Write the listed files, and no other. Raises ValueError when one is missing, changed, or would lie elsewhere."""
    missing = set(listed)
    while (member := archive.next()) is not None:
        name = member.name.removeprefix("home/")
        parts = PurePosixPath(name).parts
        if name not in missing or not member.isreg() or ".." in parts or PurePosixPath(name).is_absolute():
            raise ValueError("a file that is not listed")
        path = home.joinpath(*parts)
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        with path.open("wb") as target:
            shutil.copyfileobj(_stream(archive, member), target, _CHUNK_BYTES)
        path.chmod(member.mode & 0o777)
        if _sha256_of(path) != listed[name]["sha256"]:
            raise ValueError("a file that was changed")
        sync_file(path)
        missing.remove(name)
    if missing:
        raise ValueError("a file is missing")


def _read_to_the_end(archive: tarfile.TarFile) -> None:
    """Check the compression's own checksum, which stands behind the last member."""
    while archive.fileobj is not None and archive.fileobj.read(_CHUNK_BYTES):
        pass


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise ValueError("no file")
    return stream


def _sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

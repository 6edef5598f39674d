"""A backup of a home: a compressed tar, whose first member lists every file with its size and SHA-256.

It leaves out files that the program makes again (`spill/`, locks), the history of runs (`prefect/`), and, unless it is
asked for, the key of the pseudonyms: whoever holds it and the warehouse can recognise persons. It leaves out nothing
else in silence: a home with a link in it, or with a folder that can't be read, is refused.

A backup and a restored home are made in a folder beside their place, under a lock of its own, and moved when whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, NoReturn

from tasks.base.durable import FILE_MODE, FOLDER_MODE, naming, sync_file, sync_folder
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.program import program_commit, program_version
from tasks.base.worded import phrase
from tasks.intake.key import KEY_FILE
from tasks.warehouse.aside import made_aside
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

    Raises InputError when there is no home, or it holds a link, or `file` is there already or would lie in the home;
    HomeHeld when another run still writes to the home after `wait_seconds`, or another backup to `file`;
    BusinessRefusal when something else writes to the home; OSError when the disk refuses.
    """
    if not home.is_dir():
        raise InputError(phrase("There is nothing in {home} to back up: name another folder with --home.", home=home))
    _require_new(file)
    if not file.parent.is_dir():
        raise InputError(phrase("There is no folder {parent}: make it, or name another file.", parent=file.parent))
    if home.resolve() in file.resolve().parents:
        raise InputError(
            phrase("{file} lies in the home that it would hold: name a file outside {home}.", file=file, home=home)
        )
    with hold_lock(home, "backup", now, wait_seconds), made_aside(file, "backing-up") as aside:
        # Another backup may have ended since.
        _require_new(file)
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
        fresh = aside / file.name
        _write(home, fresh, contents)
        fresh.replace(file)
        sync_folder(file.parent)
    return _backup_of(contents)


def restore_backup(file: Path, home: Path) -> Backup:
    """Bring a backup back to `home`, whole or not at all; what an interrupted call left is removed.

    Raises InputError when `home` holds anything, or `file` is no backup, is damaged, or can't be read; HomeHeld when
    another process restores to `home`.
    """
    home = home.resolve()
    _require_empty(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    with made_aside(home, "restoring") as aside:
        # Another restore may have ended since.
        _require_empty(home)
        fresh = aside / "home"
        fresh.mkdir(mode=FOLDER_MODE)
        contents = _extracted(file, fresh)
        if home.exists():
            home.rmdir()
        fresh.replace(home)
        sync_folder(home.parent)
    return _backup_of(contents)


def _require_new(file: Path) -> None:
    if os.path.lexists(file):
        raise InputError(phrase("{file} is there already: name a new file.", file=file))


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


def _files(home: Path, *, with_key: bool) -> list[Path]:
    """Give a home's files, sorted. Raises InputError for a link; OSError for a folder that can't be read."""
    left_out = LEFT_OUT if with_key else LEFT_OUT | {KEY_FILE}
    found = [one for one in home.iterdir() if one.name not in left_out]
    for folder in [one for one in found if one.is_dir() and not one.is_symlink()]:
        for inner, folders, files in os.walk(folder, onerror=_refuse):
            found.extend(Path(inner, name) for name in (*folders, *files))
    if link := next(filter(Path.is_symlink, found), None):
        raise InputError(
            phrase("{link} is a link, and a backup holds none: put what it leads to in its place.", link=link)
        )
    return sorted(filter(Path.is_file, found))


def _refuse(error: OSError) -> NoReturn:
    raise error


def _write(home: Path, fresh: Path, contents: dict[str, Any]) -> None:
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with (
        naming(fresh),
        os.fdopen(descriptor, "wb") as raw,
        # One of two names of a file would be kept as a hard link to the other.
        tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6, dereference=True) as archive,
    ):
        listed = json.dumps(contents, indent=1).encode()
        head = tarfile.TarInfo(LIST_NAME)
        head.size, head.mode = len(listed), FILE_MODE
        archive.addfile(head, io.BytesIO(listed))
        for name in contents["files"]:
            _add(archive, home / name, name, contents["files"][name]["sha256"])
    sync_file(fresh)


def _add(archive: tarfile.TarFile, path: Path, name: str, sha256: str) -> None:
    """Add a file as it was listed. Raises BusinessRefusal when it has changed since: the backup would not come back."""
    try:
        archive.add(path, arcname=f"home/{name}", recursive=False, filter=_without_owner)
        is_changed = _sha256_of(path) != sha256
    except OSError as error:
        # The system's own errors have a number; that of a file that became shorter while it was read has none.
        if error.errno is not None:
            raise
        is_changed = True
    if is_changed:
        raise BusinessRefusal(
            phrase("{path} changed while it was copied: run again when nothing writes to it.", path=path)
        )


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
        with naming(path), path.open("wb") as target:
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

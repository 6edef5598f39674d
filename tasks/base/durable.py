"""Writing files so that they survive a crash: readable by the owner's group only, and on disk when a call returns."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FILE_MODE = 0o640
FOLDER_MODE = 0o750
FILE_CREATION_MASK = 0o027
"""What each process that writes to a home takes from others: letters and annexes are about citizens."""


def replace_durably(path: Path, contents: bytes) -> None:
    """Write a file whole: whatever happens, it holds its old or its new contents, never a part.

    Raises OSError when the disk refuses; the old contents are then kept.
    """
    fresh = path.with_name(path.name + ".new")
    _write(fresh, contents, os.O_TRUNC)
    fresh.replace(path)
    sync_folder(path.parent)


def write_folder_durably(folder: Path, files: Mapping[str, str]) -> None:
    """Write a new folder whole: it is there with all its files (texts by name), or not at all.

    What an interrupted call left is removed. Raises OSError when the disk refuses, or the folder is there already.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path in (folder.parent, fresh):
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    for name, text in files.items():
        replace_durably(fresh / name, text.encode())
    fresh.rename(folder)
    sync_folder(folder.parent)


def copy_durably(path: Path, target: Path) -> None:
    """Copy a file whole: whatever happens, `target` is as it was or the copy, never a part.

    Raises OSError when the disk refuses.
    """
    fresh = target.with_name(target.name + ".new")
    shutil.copyfile(path, fresh)
    fresh.chmod(FILE_MODE)
    sync_file(fresh)
    fresh.replace(target)
    sync_folder(target.parent)


def append_durably(path: Path, contents: bytes) -> None:
    """Write at the end of a file.

    Raises OSError when the disk refuses; a part of the contents may then be at the end.
    """
    _write(path, contents, os.O_APPEND)
    sync_folder(path.parent)


def cut_durably(path: Path, length_bytes: int) -> None:
    """Cut a file off after `length_bytes`; a shorter one, or none, stays as it is.

    Raises OSError when the disk refuses.
    """
    if path.exists() and path.stat().st_size > length_bytes:
        os.truncate(path, length_bytes)
        sync_file(path)


def sync_file(path: Path) -> None:
    """Bring a file's contents to disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to disk."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name a file in the system's refusals, as where the disk is full: those of an open file name none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, contents: bytes, flag: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | flag, FILE_MODE)
    try:
        with naming(path):
            rest = memoryview(contents)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Making a file or a folder beside its place, so that it is there whole or not at all, and nothing else is harmed."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.warehouse.lock import LOCK_NAME, HomeHeld, hold_lock

_MADE = "made"


@contextmanager
def made_aside(target: Path, purpose: str) -> Iterator[Path]:
    """Give an empty folder within `.TARGET.PURPOSE` beside `target`, to make it in; both are removed at the end.

    What killed calls left in such folders is removed too, whatever their target: a backup's name often has its day.
    Theirs have a lock in them, and no other folder is touched.

    Raises HomeHeld when another process makes `target`; InputError when the folder is another user's, or
    holds something else.
    """
    aside = target.parent / f".{target.name}.{purpose}"
    for lock in target.parent.glob(f".*.{purpose}/{LOCK_NAME}"):
        left = lock.parent
        # A call that has ended meanwhile has removed its own.
        with suppress(HomeHeld, FileNotFoundError):
            if left != aside and _is_own_folder(left):
                with hold_lock(left, purpose, Moment.now().utc, wait_seconds=0):
                    _remove(left)
    aside.mkdir(mode=0o700, exist_ok=True)
    if not _is_own_folder(aside):
        raise InputError(phrase("{aside} is another user's: name another place, or have it removed.", aside=aside))
    # A call may be killed before it has its lock.
    if not (aside / LOCK_NAME).is_file() and any(aside.iterdir()):
        raise InputError(phrase("{aside} holds something else: name another place, or move it away.", aside=aside))
    # Nobody waits: the lock goes with the folder.
    with hold_lock(aside, purpose, Moment.now().utc, wait_seconds=0):
        try:
            empty = aside / _MADE
            shutil.rmtree(empty, ignore_errors=True)
            empty.mkdir(mode=0o700)
            yield empty
        finally:
            _remove(aside)


def _remove(aside: Path) -> None:
    """Remove what was made, and then the lock: what a call leaves that is killed meanwhile is known by it."""
    shutil.rmtree(aside / _MADE, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def _is_own_folder(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()

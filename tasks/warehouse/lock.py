"""One writer at a time: whoever wants to write to a HOME takes its lock first.

The kernel holds the lock for the process and lets it go when the process ends, however it ends: nothing is left to
remove by hand. A file beside the lock names its holder, for the message only.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from tasks.base.durable import FILE_MODE, FOLDER_MODE, naming
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import COPENHAGEN
from tasks.base.person import system_user
from tasks.base.worded import phrase

LOCK_NAME = "jobfirst.lock"
HOLDER_NAME = "jobfirst.lock.json"
RUN_NAME = "flow-run"
"""Beside the lock: the flow run that holds it."""
WAIT_SECONDS = 1.5
HOLDER_WAIT_SECONDS = 0.2


class HomeHeld(BusinessRefusal):
    """Another run writes to the home; it will have ended after a while."""


@contextmanager
def hold_lock(home: Path, purpose: str, now: datetime, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Be the only writer to `home` for as long as the block runs; `home` is made if it is not there.

    `purpose` says to others what is being done ("release 2016"); `now` is aware. Not reentrant: a block inside a block
    waits for itself.

    Raises HomeHeld when another process still holds the lock after `wait_seconds`, and says who, since when.
    """
    home.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    lock = FileLock(home / LOCK_NAME, mode=FILE_MODE, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise held_by_another(home) from None
    try:
        _say_who(home, purpose, now)
        yield
        (home / HOLDER_NAME).unlink(missing_ok=True)
    finally:
        lock.release()


def held_by_another(home: Path) -> HomeHeld:
    """Say who writes to `home`, since when."""
    return HomeHeld(
        phrase("Another run writes to {home}: {holder}. Run again when it has ended.", home=home, holder=_holder(home))
    )


def _say_who(home: Path, purpose: str, now: datetime) -> None:
    """Write down who holds the lock. It is for those who wait now, so it does not wait for the disk."""
    holder = {
        "user": system_user() or f"uid {os.getuid()}",
        "pid": os.getpid(),
        "purpose": purpose,
        "since": now.astimezone(UTC).isoformat(timespec="seconds"),
    }
    descriptor = os.open(home / HOLDER_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with naming(home / HOLDER_NAME), os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(holder, file, ensure_ascii=False)


def _holder(home: Path) -> str:
    """Say who holds the lock; a holder that has just come may need a moment to write it down."""
    deadline = time.monotonic() + HOLDER_WAIT_SECONDS
    while True:
        try:
            holder = json.loads((home / HOLDER_NAME).read_bytes())
            since = datetime.fromisoformat(holder["since"]).astimezone(COPENHAGEN)
            return (
                f"{holder['user']}, process {holder['pid']} ({holder['purpose']}), "
                f"since {since:%Y-%m-%d %H:%M:%S} (Copenhagen time)"
            )
        except (OSError, ValueError, KeyError, TypeError):
            if time.monotonic() > deadline:
                return "a process that has not said who it is"
            time.sleep(0.02)

"""What a worker may not do: write a file, reach a network, start a program, outlive its time or its server.

The kernel holds it to its time, its memory and to writing nothing, and, where it lets us, to an empty network of its
own. Python also keeps it from opening a socket, a program or a file to write.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Any

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
REFUSED = 77
"""The status of a check that did what no check does."""
_MOST_OPEN_FILES = 64
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.forkpty",
    "pty.",
    "ctypes.dlopen",
    "os.mkdir",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "shutil.",
    "tempfile.",
)


def leave_the_network() -> bool:
    """Move the process, which has one thread, into an empty network; False where it may not."""
    libc = ctypes.CDLL(None, use_errno=True)
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET))


def end_with_parent() -> None:
    """Let the kernel end this process with the one that started it, and let nothing gain rights."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0)


def confine(seconds: int, address_space_bytes: int, core: int) -> None:
    """Bind this process for good: its time, its memory, its core, and its reach."""
    for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(signal_number, signal.SIG_DFL)
    signal.alarm(seconds)
    end_with_parent()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[core % len(cores)]})
    for limit, most in (
        (resource.RLIMIT_AS, address_space_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """End the process at what a check never does: an error might be taken for one of the upload's."""
    if event == "open":
        path, mode, flags = arguments
        is_writing = bool(isinstance(flags, int) and flags & _WRITES) or bool(set(mode or "") & set("wax+"))
        if is_writing and path != os.devnull:
            os._exit(REFUSED)
    elif event.startswith(_REFUSED):
        os._exit(REFUSED)

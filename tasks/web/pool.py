"""As many checks at a time as there are cores, each in a process of its own; a check that fails harms no other."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tasks.base.paths import PROJECT
from tasks.web.frames import LENGTH, BadFrame, header_length, header_of, opening
from tasks.web.worker import ORDER, READY, READY_WITHIN_A_NETWORK

if TYPE_CHECKING:
    from tasks.web.bounds import Bounds

_PIECE = 1 << 20
# A check takes a few seconds after its time to be noticed as over: the kernel ends it, and we see its socket close.
_GRACE_SECONDS = 5
# Imports take a second or two, on a machine that is busy much longer.
_START_SECONDS = 180
# Address space is counted: no arena for each thread, no thread pool beside DuckDB's own, and what its allocator has
# given up goes back to the kernel.
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "DUCKDB_JE_MALLOC_CONF": "retain:false",
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
_MEMORY_SHARE = 0.5
_SEEN_SECONDS = 0.5


class Dead(Exception):  # noqa: N818 - shown as a page
    """A check ended without an answer: it ran out of time or memory, or what it read took it down."""


class Wrong(Exception):  # noqa: N818 - shown as a page
    """A check could not begin; the text says why."""


@dataclass(frozen=True)
class Result:
    """What a check answered: the page, and the downloads by name."""

    page: bytes
    downloads: dict[str, bytes]


@dataclass
class Pool:
    """Runs the checks.

    `rules_url`: where their output links to the rules; None: where the rules file says. `is_alone`: in an empty
    network; otherwise Python alone keeps them from the network.
    """

    bounds: Bounds
    rules_url: str | None = None
    is_alone: bool = False
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _control: socket.socket | None = field(default=None, repr=False)
    # Two that find the process dead at the same time start one, not two.
    _handing_over: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _slots: asyncio.LifoQueue[int] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the process that the checks are forked from; it takes a second or two until it is ready.

        Raises OSError where it does not start, and then leaves none behind.
        """
        self.stop()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tasks.web.worker", *([] if self.rules_url is None else [self.rules_url])],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    cwd=PROJECT,
                    env=environment_of(self.bounds),
                )
            self._control.settimeout(_START_SECONDS)
            told = self._control.recv(len(READY_WITHIN_A_NETWORK))
            if told not in {READY, READY_WITHIN_A_NETWORK}:
                raise OSError("the process of the checks did not start")
        except BaseException:
            self.stop()
            raise
        self.is_alone = told == READY

    def stop(self) -> None:
        """End it, and what it has forked."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None

    async def run(self, header: dict[str, Any], blobs: Sequence[bytes]) -> Result:
        """Check an upload as soon as a core is free.

        Raises Dead and Wrong.
        """
        if self._slots is None:
            self._slots = asyncio.LifoQueue()
            for slot in range(self.bounds.workers):
                self._slots.put_nowait(slot)
        slot = await self._slots.get()
        try:
            return await self._run(slot, header, blobs)
        finally:
            self._slots.put_nowait(slot)

    async def _run(self, slot: int, header: dict[str, Any], blobs: Sequence[bytes]) -> Result:
        """Check an upload; once more where the process that forks died, which is never the upload's doing."""
        before = self._process
        try:
            return await self._try(slot, header, blobs)
        except Dead:
            if before is None or not await asyncio.to_thread(_has_ended, before):
                raise
            return await self._try(slot, header, blobs)

    async def _try(self, slot: int, header: dict[str, Any], blobs: Sequence[bytes]) -> Result:
        own, theirs = socket.socketpair()
        with own, theirs:
            own.setblocking(False)
            await asyncio.to_thread(self._hand_over, theirs, slot)
            theirs.close()
            try:
                async with asyncio.timeout(self.bounds.check_seconds + _GRACE_SECONDS):
                    told, parts = await self._converse(own, header, blobs)
            except (TimeoutError, OSError, EOFError, BadFrame) as error:
                raise Dead from error
        names = told.get("names", [])
        if "wrong" in told:
            raise Wrong(str(told["wrong"]))
        if len(names) != len(parts) or not parts:
            raise Dead(str(told.get("died", "")))
        return Result(parts[0], dict(zip(names[1:], parts[1:], strict=True)))

    def _hand_over(self, theirs: socket.socket, slot: int) -> None:
        """Fork a child that serves a socket; the process that forks is started again where it has died."""
        with self._handing_over:
            self._send(theirs, slot)

    def _send(self, theirs: socket.socket, slot: int) -> None:
        bounds = self.bounds
        told = ORDER.pack(slot, bounds.check_seconds, bounds.address_space_bytes, 2 * bounds.request_bytes)
        for is_last_try in (False, True):
            if self._control is None or self._process is None or self._process.poll() is not None:
                self.start()
            assert self._control is not None  # noqa: S101 - it was started
            try:
                socket.send_fds(self._control, [told], [theirs.fileno()])
            except OSError:
                if is_last_try:
                    raise
                self.start()
            else:
                return

    async def _converse(
        self, own: socket.socket, header: dict[str, Any], blobs: Sequence[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(own, opening(header, blobs))
        for blob in blobs:
            await loop.sock_sendall(own, blob)
        length = header_length(await _read(own, LENGTH.size))
        told, sizes = header_of(await _read(own, length), self.bounds.answer_bytes)
        return told, [await _read(own, size) for size in sizes]


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Return whether a process has ended; its children may be seen to end a moment before it."""
    try:
        process.wait(_SEEN_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


async def _read(own: socket.socket, count: int) -> bytes:
    loop = asyncio.get_running_loop()
    data = bytearray()
    while len(data) < count:
        piece = await loop.sock_recv(own, min(_PIECE, count - len(data)))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def environment_of(bounds: Bounds) -> dict[str, str]:
    """Give the environment of the checks' process: none of the operator's own settings, keys among them."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("JOBFIRST_", "PREFECT_"))}
    memory = max(1, int(bounds.address_space_bytes * _MEMORY_SHARE / 1_000_000))
    return {**others, **_FRUGAL, "JOBFIRST_MEMORY": f"{memory}MB"}

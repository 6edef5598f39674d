"""A connection to the page: whoever sends its request, or takes its answer, too slowly is let go."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from flows.web.door import log_line

if TYPE_CHECKING:
    from tasks.web.bounds import Bounds


def connections(bounds: Bounds) -> type[Connection]:
    """Give the connections of a server with these bounds."""
    return type("Connection", (Connection,), {"bounds": bounds})


class Connection(H11Protocol):
    """HTTP as uvicorn speaks it, with an end to waiting.

    An upload has its own time (`flows.web.door.Upload`). What is sent comes in pieces, and the next is not sent before
    the reader has taken the one before.
    """

    bounds: ClassVar[Bounds]
    _timers: dict[str, asyncio.TimerHandle]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Begin to wait for a head; hear of all that a reader has not taken yet."""
        self._timers = {}
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)
        self._wait("head", self.bounds.head_seconds)

    def data_received(self, data: bytes) -> None:
        """Wait on where no head is whole."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait_no_longer("head")
        else:
            self._wait("head", self.bounds.head_seconds)

    def pause_writing(self) -> None:
        """Wait for the reader."""
        super().pause_writing()
        self._wait("reader", self.bounds.taken_seconds)

    def resume_writing(self) -> None:
        """Wait no longer for the reader."""
        super().resume_writing()
        self._wait_no_longer("reader")

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing."""
        for name in tuple(self._timers):
            self._wait_no_longer(name)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, and log that it came."""
        super().send_400_response(msg)
        log_line("/-", 400, 0)

    def _wait(self, name: str, seconds: float) -> None:
        if name not in self._timers and not (name == "head" and self.transport.is_closing()):
            self._timers[name] = self.loop.call_later(seconds, self.transport.abort)

    def _wait_no_longer(self, name: str) -> None:
        if timer := self._timers.pop(name, None):
            timer.cancel()

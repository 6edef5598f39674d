"""What every request passes: the headers of every answer, the log, and what is refused before it is read."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from tasks.base.failure import place_of
from tasks.base.standard_error import tell
from tasks.web.page import ASSETS, page

if TYPE_CHECKING:
    from starlette.requests import Request

    from tasks.web.bounds import Bounds

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_KNOWN = re.compile(
    r"/|/svar|/vejledning|/skabelon|/sundhed|/regler(?:/[A-Z][0-9]{2})?"
    r"|/eksempel/(?:uden|med)-fejl/indberetning\.xlsx|/(?:" + "|".join(map(re.escape, ASSETS)) + ")"
)
_DOWNLOAD = re.compile(r"/svar/[^/]+/(fejl-markeret\.xlsx|svar\.json|kvittering\.txt)")
_DRAINED_REQUESTS = 3
_DRAIN_SECONDS = 20
# What is sent at a time: the next piece waits until the reader has taken this one, and only this one is copied.
_SENT_BYTES = 65_536


class TooLarge(Exception):  # noqa: N818 - the answer is a page
    """An upload is larger than it may be."""


class TooSlow(Exception):  # noqa: N818 - the answer is a page
    """An upload did not arrive in its time."""


class CutOff(Exception):  # noqa: N818 - nobody is there to be answered
    """The sender went away."""


def logged_path(path: str) -> str:
    """Give a path as the log may have it: of a download not whose it is, and nothing of what is no page."""
    if download := _DOWNLOAD.fullmatch(path):
        return f"/svar/-/{download[1]}"
    return path if _KNOWN.fullmatch(path) else "/-"


def log_line(path: str, status: int, seconds: float) -> None:
    """Log a request: time, path, status, milliseconds."""
    tell(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {path} {status} {seconds * 1000:.0f}")


class Door:
    """Sets the headers of every answer, and logs time, path, status and milliseconds to standard error."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        began = time.perf_counter()
        statuses: list[int] = []

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", []), *own]}
            body = message.get("body", b"")
            while len(body) > _SENT_BYTES:
                await send({"type": message["type"], "body": body[:_SENT_BYTES], "more_body": True})
                body = memoryview(body)[_SENT_BYTES:]
            await send({**message, "body": bytes(body)} if "body" in message else message)

        try:
            await self._application(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - a value of the upload might stand in its text
            tell(f"{type(error).__name__}, {place_of(error)}")
            if not statuses:
                failed = page("besked", heading="Der skete en fejl", text="Fejlen er vores: prøv igen om lidt.")
                await Response(failed, 500, media_type="text/html; charset=utf-8")(scope, receive, send_with_headers)
        finally:
            log_line(logged_path(scope["path"]), (statuses or [499])[0], time.perf_counter() - began)


def declared_length(request: Request) -> int | None:
    """Give the length that a request states."""
    text = request.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class Upload:
    """The content of a request as it arrives."""

    def __init__(self, request: Request, bounds: Bounds) -> None:
        self._request, self._bounds = request, bounds
        self._is_over = False

    async def _next(self) -> bytes | None:
        """Wait for a piece; None where the sender has gone away."""
        message = await self._request.receive()
        is_gone = message["type"] == "http.disconnect"
        self._is_over = is_gone or not message.get("more_body", False)
        return None if is_gone else message.get("body", b"")

    async def pieces(self) -> AsyncIterator[bytes]:
        """Give the pieces.

        Raises TooLarge, TooSlow and CutOff.
        """
        size = 0
        async with _deadline(self._bounds.upload_seconds):
            while not self._is_over:
                try:
                    async with asyncio.timeout(self._bounds.idle_seconds):
                        piece = await self._next()
                except TimeoutError as error:
                    raise TooSlow from error
                if piece is None:
                    raise CutOff
                size += len(piece)
                if size > self._bounds.request_bytes:
                    raise TooLarge
                if piece:
                    yield piece

    async def drain(self) -> None:
        """Let the rest of an upload that is refused arrive, unread and unkept, so that its sender reads the answer.

        Most clients read no answer before all is sent. One that waits for leave to send, or sends without end, is not
        waited for.
        """
        if "100-continue" in self._request.headers.get("expect", "").lower():
            return
        size = 0
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._is_over and size <= _DRAINED_REQUESTS * self._bounds.request_bytes:
                    size += len(await self._next() or b"")
        except TimeoutError:
            return


class _deadline:  # noqa: N801 - used as a statement
    def __init__(self, seconds: float) -> None:
        self._timeout = asyncio.timeout(seconds)

    async def __aenter__(self) -> None:
        await self._timeout.__aenter__()

    async def __aexit__(self, *raised: Any) -> None:
        try:
            await self._timeout.__aexit__(*raised)
        except TimeoutError as error:
            raise TooSlow from error

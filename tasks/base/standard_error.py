"""What a run says on standard error. Its reader may have left (`| head`), its terminal be gone, its disk be full.

None of that stops a run.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell(line: str) -> None:
    """Say a line on standard error."""
    with _written_or_not():
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - its purpose


def flush() -> None:
    """Send on what was said, also by libraries."""
    with _written_or_not():
        sys.stderr.flush()


class Told(io.TextIOBase):
    """A stream for a library that says something on `stream`, which is standard error: it never fails."""

    def __init__(self, stream: TextIO) -> None:
        self._stream: TextIO | None = stream
        self._encoding = stream.encoding

    @property
    def encoding(self) -> str:  # type: ignore[override] # a property here, an attribute there
        """Give the encoding of standard error."""
        return self._encoding

    def isatty(self) -> bool:
        """Say whether there is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def write(self, text: str) -> int:
        """Write, as long as that is possible."""
        try:
            if self._stream is not None:
                self._stream.write(text)
        except OSError:
            self._stream = None
        return len(text)

    def flush(self) -> None:
        """Send on what was written, as long as that is possible."""
        try:
            if self._stream is not None:
                self._stream.flush()
        except OSError:
            self._stream = None


@contextmanager
def _written_or_not() -> Iterator[None]:
    """Say nothing more once it can't be written: what the stream still holds would fail again at each line."""
    try:
        yield
    except OSError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the rest of the process

"""What a run says on standard error. Whoever read it may have left, as behind `| head`: that stops no run."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell(line: str) -> None:
    """Say a line on standard error."""
    with _read_or_not():
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - its purpose


def flush() -> None:
    """Send on what was said, also by libraries."""
    with _read_or_not():
        sys.stderr.flush()


@contextmanager
def _read_or_not() -> Iterator[None]:
    """Say nothing more once nobody reads it: what the stream still holds would fail again at each line."""
    try:
        yield
    except BrokenPipeError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the rest of the process

"""The language that a person is answered in: Danish where the machine speaks it, otherwise English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

VARIABLE = "JOBFIRST_LANGUAGE"
"""Sets the language, whatever the machine's own settings: `da` or `en`."""
_OF_THE_MACHINE = ("LC_ALL", "LC_MESSAGES", "LANG")
_is_page: ContextVar[bool] = ContextVar("is_page", default=False)


@contextmanager
def in_danish() -> Iterator[None]:
    """Write everything in Danish meanwhile, as pages and letters are, whatever the machine speaks."""
    token = _is_page.set(True)
    try:
        yield
    finally:
        _is_page.reset(token)


def is_danish() -> bool:
    """Return whether the answer is in Danish: by JOBFIRST_LANGUAGE, otherwise by the machine's first setting."""
    if _is_page.get():
        return True
    chosen = next((value for name in (VARIABLE, *_OF_THE_MACHINE) if (value := os.environ.get(name, "").strip())), "")
    return chosen.lower().partition(".")[0].partition("_")[0] in ("da", "dansk", "danish")

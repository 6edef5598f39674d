"""Readers that are not Python's own: what happens when a damaged file takes them by surprise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tasks.base.failure import is_panic
from tasks.base.standard_error import flush
from tasks.intake.faults import Unreadable

_STANDARD_ERROR = 2


@contextmanager
def damage_reported(da: str, en: str, *errors: type[BaseException]) -> Iterator[None]:
    """Turn `errors` and Rust panics into Unreadable (F01) with the two texts; keep a panic off the terminal."""
    try:
        with _quiet():
            yield
    except errors as error:
        raise Unreadable(da, en) from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise Unreadable(da, en) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Send standard error nowhere: a panic writes a stack there, from code that Python can't reach."""
    flush()
    kept = os.dup(_STANDARD_ERROR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(nowhere)
        os.close(kept)

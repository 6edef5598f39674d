"""What may be shown of an error: its text, if the project wrote it itself; otherwise its kind and place.

The text of a library's error may quote a value of a delivery.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import traceback
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.paths import own_place
from tasks.base.worded import masked, phrase

P = ParamSpec("P")
R = TypeVar("R")

# DuckDB reports the system's refusals in the text of its own errors.
_SYSTEM_REFUSALS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EIO, errno.EFBIG)
_DAMAGE = re.compile(
    r"Corrupt database file: computed checksum|"
    r'IO Error: Could not read enough bytes from file "[^"]*warehouse\.duckdb"'
)


# DuckDB looks for signals while it computes, and raises an error of its own in place of what a signal's handler raised:
# ctrl-C, or the worker that is told to cancel a run.
_STOPPED = re.compile(
    r"Query interrupted|"
    r"Invalid Input Error: (?:Python exception occurred while executing the UDF|"
    r"reading the schema of the object registered as '\w+' failed): (?:KeyboardInterrupt|TerminationSignal): .*",
    re.DOTALL,
)


def is_stop(error: BaseException) -> bool:
    """Whether `error` is a request to stop, also where DuckDB raised an error in its place."""
    return isinstance(error, KeyboardInterrupt) or any(_STOPPED.fullmatch(str(one)) for one in causes(error))


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust panicked: each has its own class for that, and none can be imported."""
    return type(error).__name__ == "PanicException"


def is_failure(error: BaseException) -> bool:
    """Whether `error` is a failure, not a request to stop: an Exception, or a Rust panic, a BaseException only."""
    return isinstance(error, Exception) or is_panic(error)


def fit_to_report(error: BaseException) -> Exception:
    """Give the error itself, masked, or one to show in its place; names in the system's own message are masked.

    Raises KeyboardInterrupt for a request to stop that came as an error: it says nothing of what was at work then.
    """
    if is_stop(error):
        raise KeyboardInterrupt from None
    if isinstance(error, InputError | BusinessRefusal | InternalFailure):
        error.args = tuple(masked(one) if isinstance(one, str) else one for one in error.args)
        return error
    if isinstance(error, OSError) and error.errno is not None:
        name = error.filename if isinstance(error.filename, str) else str(error.filename)
        names = () if error.filename is None else (masked(name),)
        return OSError(error.errno, error.strerror, *names)
    if (number := system_refusal(error)) is not None:
        return OSError(number, os.strerror(number), phrase("the warehouse or a file beside it"))
    if is_damage(error):
        return damaged()
    if type(error).__name__ == "OutOfMemoryException":
        return InternalFailure(
            phrase("DuckDB's memory is too little for this: set JOBFIRST_MEMORY to more and run again.")
        )
    return InternalFailure(
        phrase(
            "an internal failure, {error} in {place}: report it with this line.",
            error=type(error).__name__,
            place=place_of(error),
        )
    )


def damaged() -> InternalFailure:
    """Give the failure of a warehouse whose file is not as it was written."""
    return InternalFailure(
        phrase(
            "The home's warehouse.duckdb is damaged: a part of it can't be read as it was written. Keep it, and bring "
            "a backup back with jobfirst restore, as a new home."
        )
    )


def is_damage(error: BaseException) -> bool:
    """Whether DuckDB found a part of the warehouse's file changed, or the file too short."""
    return any(_DAMAGE.match(str(one)) for one in causes(error))


def system_refusal(error: BaseException) -> int | None:
    """Give the number of the system error that the text of a library's error, or of one of its causes, names."""
    texts = [str(one) for one in causes(error)]
    return next((number for number in _SYSTEM_REFUSALS if any(os.strerror(number) in text for text in texts)), None)


def tells_no_value(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function raise only errors that may be shown, since Prefect logs and keeps them."""

    @functools.wraps(function)
    def guarded(*given: P.args, **named: P.kwargs) -> R:
        try:
            return function(*given, **named)
        except BaseException as error:
            if not is_failure(error):
                raise
            fit = fit_to_report(error)
            if fit is error:
                raise
            raise fit.with_traceback(error.__traceback__) from None

    return guarded


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and its causes, shown or not."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def place_of(error: BaseException) -> str:
    """Give the last line of the project's own code in an error's traceback."""
    places = [(own_place(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    own = [f"{place}:{line}" for place, line in places if place is not None]
    return own[-1] if own else "a library"

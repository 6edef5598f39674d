"""How a refused run ends: one line and a state of its own name, where a traceback would say nothing more."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from prefect.context import FlowRunContext
from prefect.states import Failed

from tasks.base.errors import BusinessRefusal, InputError

P = ParamSpec("P")
R = TypeVar("R")

REFUSED = "Refused"
"""The name of the state, of type FAILED, of a run that was refused for a reason of the business."""
_TOLD_IN_ONE_LINE = (InputError, BusinessRefusal)


def ends_by_name(function: Callable[P, R]) -> Callable[P, R]:
    """Make a flow's function end with one line where the input is wrong (*Failed*) or it is refused (*Refused*).

    Whoever calls the flow gets the error as before.
    """

    @functools.wraps(function)
    def ending(*given: P.args, **named: P.kwargs) -> R:
        try:
            return function(*given, **named)
        except _TOLD_IN_ONE_LINE as error:
            if FlowRunContext.get() is None:
                raise
            name = REFUSED if isinstance(error, BusinessRefusal) else "Failed"
            return cast(R, Failed(name=name, message=str(error), data=error))

    return ending


_TELLING_AGAIN = ("prefect.task_runs", "prefect.flow_runs", "prefect.engine")
"""The loggers that would report again the error that ended a run: of its tasks, of the run, of the worker's process."""


class _OnlyOnce(logging.Filter):
    """Drops the log records of an error, except the one line that its flow reports."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log it."""
        error = record.exc_info[1] if record.exc_info else None
        names = tuple(f"encountered an exception {one.__name__}:" for one in _TOLD_IN_ONE_LINE)
        return not isinstance(error, _TOLD_IN_ONE_LINE) and not any(name in _text(record) for name in names)


def _text(record: logging.LogRecord) -> str:
    return f"{record.msg} {record.args}"


def tell_once() -> None:
    """Have every run of this process report such an error in its one line alone."""
    for name in _TELLING_AGAIN:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _OnlyOnce) for one in logger.filters):
            logger.addFilter(_OnlyOnce())

"""Measuring a run: what it took, how it ended, and what it came to. Only figures: they identify nobody."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from contextvars import ContextVar
from decimal import Decimal
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.program import program_version
from tasks.base.standard_error import tell
from tasks.telemetry.otlp import Figure, endpoint, message, send

P = ParamSpec("P")
R = TypeVar("R")

ROWS, PROJECTS, HOLDS = "{row}", "{project}", "{hold}"
DELIVERIES, DKK, SECONDS = "{delivery}", "DKK", "s"
_collected: ContextVar[list[Figure] | None] = ContextVar("collected", default=None)


def measure(name: str, value: int | float | Decimal, unit: str, **attributes: str | int) -> None:
    """Report a figure of the run; do nothing where nobody listens. `name`: 'rows.received'."""
    figures = _collected.get()
    if figures is not None:
        figures.append(Figure(f"jobfirst.{name}", unit, value, attributes))


def measured(flow: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a flow's function send its figures when it ends, where an endpoint is named; no run fails because of it."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def measuring(*given: P.args, **named: P.kwargs) -> R:
            address = endpoint()
            if address is None:
                return function(*given, **named)
            figures: list[Figure] = []
            token = _collected.set(figures)
            began, outcome = time.monotonic(), "completed"
            try:
                return function(*given, **named)
            except BaseException as error:
                outcome = _outcome(error)
                raise
            finally:
                _collected.reset(token)
                seconds = time.monotonic() - began
                figures.append(Figure("jobfirst.run.duration", SECONDS, round(seconds, 3), {"outcome": outcome}))
                _tell(address, [_of_flow(one, flow) for one in figures])

        return measuring

    return decorate


def _of_flow(figure: Figure, flow: str) -> Figure:
    return Figure(figure.name, figure.unit, figure.value, {"flow": flow, **figure.attributes})


def _outcome(error: BaseException) -> str:
    if isinstance(error, BusinessRefusal):
        return "refused"
    if isinstance(error, InputError):
        return "wrong_input"
    return "failed" if isinstance(error, Exception) else "ended"


def _tell(address: str, figures: list[Figure]) -> None:
    try:
        send(address, message(figures, version=program_version(), at_nanoseconds=time.time_ns()))
    except Exception as error:  # noqa: BLE001 - whatever it is, the run is over and does not fail because of it
        # The address may hold a password, and an error's text the address.
        tell(f"The run's metrics were not taken by {_host_of(address)}: {type(error).__name__}.")


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or "the endpoint"
    except ValueError:
        return "the endpoint"

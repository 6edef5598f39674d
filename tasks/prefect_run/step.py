"""What every Prefect task of the project shares.

It is always run, never answered from a cache. Its result is not kept, its run is named after its subject, and its
errors quote no value.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.utilities.annotations import opaque

from tasks.base.failure import tells_no_value
from tasks.prefect_run.ended import tell_once

P = ParamSpec("P")
R = TypeVar("R")

tell_once()
_subject: ContextVar[str] = ContextVar("subject", default="")


def about(year: int, projects: int | None = None) -> None:
    """Name the following task runs by year and number of projects: 'letters 2016 · 14 projects'."""
    counted = "" if projects is None else f" · {projects} project{'' if projects == 1 else 's'}"
    _subject.set(f" {year}{counted}")


class _Step(Task[P, R]):
    """A task whose arguments Prefect does not search for results of other tasks: they hold a whole settlement."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call: Callable[..., Any] = super().__call__
        return call(*map(opaque, args), **{name: opaque(value) for name, value in kwargs.items()})


def step(
    name: str, retry_condition_fn: Callable[[Task[..., Any], TaskRun, State[Any]], bool] | None = None
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a task; its run is called `name` and its subject.

    `retry_condition_fn`: which failures are tried again, where the caller asks for retries.
    """

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        return _Step(
            tells_no_value(function),
            name=name,
            task_run_name=lambda: name + _subject.get(),
            cache_policy=NO_CACHE,
            persist_result=False,
            retry_condition_fn=retry_condition_fn,
        )

    return decorate

"""What every Prefect task of the project shares: it is run, never answered from a cache, and its result is not kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a function a task under the name that its run has in the UI."""

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        return Task(function, name=name, cache_policy=NO_CACHE, persist_result=False)

    return decorate

"""A `jobfirst` command in a process of its own, which SIGKILL ends at a step: what a power cut leaves behind.

A step is a Prefect task, or one of the functions that change what is on disk for good. A run that nothing disturbs
shows which steps it passes, so that a new one is found without being named here.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import prefect
import pytest

from flows.commands import cli
from tasks.base.moment import Moment
from tasks.base.run import PREPARED_BY_VARIABLE
from tests.support.files import hashes
from tests.support.plain_command import ANY_DRAFT, approve_any, call_plainly

R = TypeVar("R")

COMMAND = "the command"
LASTING = {
    "announce or acknowledge in ledger.head": "tasks.chain.record:write_head",
    "append to ledger.jsonl": "tasks.chain.record:append_durably",
    "append to the warehouse's ledger": "tasks.ledger.record:insert",
    "publish the release's folder": "tasks.release.task:put_in_place",
    "publish the draft's files": "tasks.draft.task:publish",
    "record the draft": "tasks.draft.task:remember_draft",
}
"""What changes the disk for good, by where the function is called from."""

BEFORE, WITHIN, AFTER = "before", "within", "after"
KILLED = -signal.SIGKILL
LONGEST_SECONDS = 300
MODULES = ("tests.support.crashing", "lets_plot", "polars", "typst", "xlsxwriter")
"""What the server that processes are forked from has imported already."""
_OWN_STATE = ("warehouse.duckdb", "jobfirst.lock", "pseudonym.key", "standing/")


@dataclass(frozen=True)
class Step:
    """A step that a run has passed: which of its passings it was, and how long it took."""

    name: str
    passing: int
    seconds: float


@dataclass(frozen=True)
class Death:
    """Where a run dies. `seconds`: how long after the step began, for a death within it."""

    name: str
    passing: int
    when: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Command:
    """A command as a person gives it at a moment; the folders are those of the place where it runs."""

    now: str
    person: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit status (below zero: the signal), the steps that it passed, and what it printed."""

    status: int | None
    steps: list[Step]
    printed: str


def deaths(steps: list[Step]) -> list[Death]:
    """Give every death that a run with these steps can die at them: before, half-way through, and after each."""
    return [
        Death(step.name, step.passing, when, step.seconds / 2 if when == WITHIN else 0)
        for step in steps
        for when in (BEFORE, WITHIN, AFTER)
    ]


def perform(command: Command, place: Path, death: Death | None = None) -> Ended:
    """Run a command in `place` (register, inbox, home) in a process of its own, and let it die there if it shall."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(MODULES))
    journal, printed = place / "steps.jsonl", place / "printed.txt"
    for path in (journal, printed):
        path.unlink(missing_ok=True)
    process = context.Process(target=_run, args=(command, place, death, journal, printed))
    process.start()
    process.join(LONGEST_SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        raise TimeoutError(f"{command} did not end")
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    steps = [Step(**json.loads(line)) for line in lines]
    return Ended(process.exitcode, steps, printed.read_text(encoding="utf-8") if printed.exists() else "")


def copied(place: Path, target: Path) -> Path:
    """Give a copy of a place to run in."""
    shutil.copytree(place, target)
    return target


def left(place: Path) -> dict[str, str]:
    """Give the hash of every file in a place's home, what is kept for the program alone left aside.

    `standing/` only saves the next run time: where a draft stands that a killed run recorded, it may say less of it.
    """
    return {name: found for name, found in hashes(place / "home").items() if not name.startswith(_OWN_STATE)}


def settings(command: Command, place: Path) -> None:
    """Set this process's environment to the folders of a place, and to who gives the command."""
    for name in ("register", "inbox", "home"):
        os.environ[f"JOBFIRST_{name.upper()}"] = str(place / name)
    os.environ[PREPARED_BY_VARIABLE] = command.person


def _run(command: Command, place: Path, death: Death | None, journal: Path, printed: Path) -> NoReturn:
    descriptor = os.open(printed, os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    settings(command, place)
    with pytest.MonkeyPatch.context() as patch:
        call_plainly(patch, Moment.parse(command.now))
        if ANY_DRAFT in command.arguments:
            approve_any(patch)
        watch = _Watch(death, journal)
        _watch_steps(patch, watch)
        status = watch.passing(COMMAND, lambda: cli.command(list(command.arguments)))
    sys.exit(status)


class _Watch:
    """Sees the steps pass, notes them down, and kills this process where it shall die."""

    def __init__(self, death: Death | None, journal: Path) -> None:
        self.death = death
        self.journal = journal
        self.passed: Counter[str] = Counter()

    def passing(self, name: str, step: Callable[[], R]) -> R:
        """Pass a step."""
        self.passed[name] += 1
        passing = self.passed[name]
        self._die_if(name, passing, BEFORE)
        if self._is(name, passing, WITHIN) and self.death is not None:
            threading.Timer(self.death.seconds, _die).start()
        began = time.monotonic()
        result = step()
        passed = Step(name, passing, time.monotonic() - began)
        with self.journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(passed)) + "\n")
        # A step that was quicker this time is left no chance to be survived.
        self._die_if(name, passing, WITHIN)
        self._die_if(name, passing, AFTER)
        return result

    def _is(self, name: str, passing: int, when: str) -> bool:
        return self.death is not None and (self.death.name, self.death.passing, self.death.when) == (
            name,
            passing,
            when,
        )

    def _die_if(self, name: str, passing: int, when: str) -> None:
        if self._is(name, passing, when):
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _watch_steps(patch: pytest.MonkeyPatch, watch: _Watch) -> None:
    plainly = prefect.Task.__call__
    patch.setattr(
        prefect.Task,
        "__call__",
        lambda task, *given, **named: watch.passing(task.name, partial(plainly, task, *given, **named)),
    )
    for name, place in LASTING.items():
        module_name, function_name = place.split(":")
        module = import_module(module_name)
        patch.setattr(module, function_name, _watched(watch, name, getattr(module, function_name)))


def _watched(watch: _Watch, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given, **named: watch.passing(name, partial(function, *given, **named))

"""Reporting the progress of a run on standard error: as bars on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from tasks.base.lines import visible
from tasks.base.standard_error import Told, tell
from tasks.base.worded import shown, worded

if TYPE_CHECKING:
    from rich.progress import TaskID

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""

_SECONDS_BETWEEN_LINES = 5.0


class Teller:
    """Reports one step after another."""

    def step(self, name: str) -> Progress:
        """Begin a step; give the function to call as it progresses."""
        raise NotImplementedError

    def note(self, text: str) -> None:
        """Report something once."""
        raise NotImplementedError


class Silence(Teller):
    """Reports nothing."""

    def step(self, name: str) -> Progress:  # noqa: ARG002 - a silent step has no use for its name
        """Begin a step without reporting it."""
        return _report_nothing

    def note(self, text: str) -> None:
        """Report nothing."""


class Lines(Teller):
    """Reports in lines: when a step has ended, and now and then while it runs."""

    def step(self, name: str) -> Progress:
        """Begin a step."""
        reported_at = time.monotonic()

        def report(done: int, total: int) -> None:
            nonlocal reported_at
            if done >= total or time.monotonic() - reported_at > _SECONDS_BETWEEN_LINES:
                reported_at = time.monotonic()
                line = worded("{name}: {done} of {total}", name=name, done=done, total=total)
                tell(line)

        return report

    def note(self, text: str) -> None:
        """Report something in one line."""
        tell(visible(text))


class Bars(Teller):
    """Reports in bars, one below the other."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bars = RichProgress(*columns, console=Console(file=cast("IO[str]", Told(sys.stderr))))

    def step(self, name: str) -> Progress:
        """Begin a step."""
        bar: TaskID = self.bars.add_task(str(shown(name)), total=None)
        return lambda done, total: self.bars.update(bar, completed=done, total=total)

    def note(self, text: str) -> None:
        """Report something above the bars."""
        self.bars.console.print(visible(text), markup=False, highlight=False)


def _report_nothing(done: int, total: int) -> None:
    pass


@contextmanager
def telling() -> Iterator[Teller]:
    """Report progress while the block runs."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    bars = Bars()
    with bars.bars:
        yield bars

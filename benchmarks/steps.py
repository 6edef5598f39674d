"""Run a command of `jobfirst`, and report what each task took: `python -m benchmarks.steps FILE settle 2016 ...`.

FILE gets a JSON list, a line for each task, in the order in which they ended: its name, seconds on the clock, seconds
of processor time of this process with all its threads, and the most memory that it had held by then (MB). What comes
before and after the tasks is in the list as `start` and `end`.
"""

from __future__ import annotations

import functools
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

START, END = "start", "end"

Mark = tuple[float, float]


class Steps:
    """What is reported of the tasks that have ended."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self._first_ended: Mark | None = None
        # The interpreter's own start belongs to the command.
        self._last: Mark = (time.monotonic() - time.process_time(), 0.0)

    def mark(self, name: str) -> None:
        """Note what was spent since the mark before."""
        now = time.monotonic(), time.process_time()
        self.told.append(
            {
                "step": name,
                "wall_s": round(now[0] - self._last[0], 4),
                "cpu_s": round(now[1] - self._last[1], 4),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        )
        self._last = now

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Report what each call takes; what lies between two calls is Prefect's, and reported as `between tasks`."""

        @functools.wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            self.mark("between tasks" if self.told else START)
            try:
                return function(*given, **named)
            finally:
                self.mark(function.__name__)

        return call


def main(file: Path, arguments: list[str]) -> None:
    """Run the command, and leave with its exit status."""
    steps = Steps()
    import tasks.base.failure

    guarded = tasks.base.failure.tells_no_value
    import flows.commands.cli

    # `tasks.prefect_run.step.step` wraps every task's function in this before Prefect does.
    if "tasks.prefect_run.step" in sys.modules:
        raise RuntimeError("tasks.prefect_run.step is imported already, and none of its tasks would be timed")
    tasks.base.failure.tells_no_value = lambda function: guarded(steps.timed(function))
    status = flows.commands.cli.command(arguments)
    steps.mark(END)
    file.write_text(json.dumps(steps.told, indent=1), encoding="utf-8")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

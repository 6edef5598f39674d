"""Runs a `jobfirst` command at a moment that the test names, its flow and tasks called plainly: NOW ARGUMENT...

Without Prefect's server, and without Great Expectations, a process takes seconds less; all else is the command's own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import prefect
import pytest

from flows.commands import cli
from flows.server import api
from tasks.base.moment import Moment
from tasks.base.paths import PROJECT
from tests.support.settling import call_tasks_plainly

ANY_DRAFT = "00000000"
"""What `--draft` names where a test approves the newest draft, whichever it is."""


def main() -> None:
    """Run the command that the arguments name, and end the process as it does."""
    now = Moment.parse(sys.argv.pop(1))
    with pytest.MonkeyPatch.context() as monkeypatch:
        call_plainly(monkeypatch, now)
        if ANY_DRAFT in sys.argv:
            approve_any(monkeypatch)
        cli.main()


def call_plainly(monkeypatch: pytest.MonkeyPatch, now: Moment) -> None:
    """Make the commands of this process run without a server, at a moment."""
    call_tasks_plainly(monkeypatch)
    monkeypatch.setattr(prefect.Flow, "__call__", lambda self, *given, **named: self.fn(*given, **named))
    monkeypatch.setattr(api, "prefect_api", lambda *_, **__: nullcontext(""))
    monkeypatch.setattr(Moment, "now", staticmethod(lambda: now))


def approve_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a release of this process go by the newest drafts."""
    from flows import release_choosing

    monkeypatch.setattr(release_choosing, "require_approved", lambda _drafts, _named: None)


def command(
    now: str, *arguments: str | Path, environment: Mapping[str, str], prefix: Sequence[str] = (), timeout: float = 900
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; `prefix`: a program that starts it, with its arguments."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "tests.support.plain_command", now, *map(str, arguments)],
        cwd=PROJECT,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )


if __name__ == "__main__":
    main()

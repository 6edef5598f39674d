"""A command that dies by SIGKILL beside one step of the record that it keeps."""

from __future__ import annotations

import signal
import subprocess
import sys

from tasks.base.paths import PROJECT

_DIES = """
import os, signal, sys
from flows.commands import cli
from tasks.base.moment import Moment
from tasks.chain import record as chain

step, when, now, *command = sys.argv[1:]
call = getattr(chain, step)

def dying(*arguments):
    if when == "after":
        call(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(chain, step, dying)
if now:
    Moment.now = classmethod(lambda cls: cls.parse(now))
cli.command(command)
"""


def die(step: str, when: str, command: list[str], *, now: str = "") -> None:
    """Run a command that is killed before or after a step of `tasks.chain.record`; `now`: when it is run."""
    dead = subprocess.run([sys.executable, "-c", _DIES, step, when, now, *command], cwd=PROJECT, check=False)
    assert dead.returncode == -signal.SIGKILL

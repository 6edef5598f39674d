"""A process that ends when its caller does: `python -m flows.server.leash MODULE ARGUMENT...`.

Its standard input is a pipe from the caller, who never writes to it. The pipe closes when the caller has ended, on
purpose or killed. The process then gets SIGTERM, and is killed if it still runs after SHUTDOWN_SECONDS.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

SHUTDOWN_SECONDS = 20.0


def end_with_the_caller() -> None:
    """Watch standard input from now on."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SHUTDOWN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    end_with_the_caller()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

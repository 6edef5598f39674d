"""What every command that settles pays before it begins: `python -m benchmarks.startup HOME`.

A Prefect API (a server of its own, unless one runs), the imports of every command that writes, Great Expectations
among them, and a flow with one task that does nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flows.server.api import prefect_api


def main(home: Path) -> None:
    """Start all of it, and end it."""
    with prefect_api(home):
        from prefect import flow, task

        @task
        def do_nothing() -> None:
            pass

        @flow
        def trivial() -> None:
            do_nothing()

        trivial()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)

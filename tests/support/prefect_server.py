"""A Prefect server for flows that a test calls. A test's process has threads, and such a process should not fork."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from flows.server.api import prefect_api

_SERVE = """
import json, sys
from pathlib import Path
from flows.server.start import server

with server(Path(sys.argv[1])) as made:
    made.start()
    made.wait()
    print(json.dumps(made.client_settings), flush=True)
    sys.stdin.read()
"""


@contextmanager
def prefect_server(home: Path) -> Iterator[None]:
    """Have a server with its database in `home/prefect`; commands started inside find it by `PREFECT_API_URL`."""
    command = [sys.executable, "-c", _SERVE, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        settings = json.loads(process.stdout.readline())
        with mock.patch.dict(os.environ, settings), prefect_api(home):
            yield
        process.communicate()

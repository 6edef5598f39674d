"""Start a Prefect server for one command, and end it."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from flows.server.database import create_database
from tasks.base.errors import InternalFailure
from tasks.base.paths import PROJECT

START_SECONDS = 180.0
STOP_SECONDS = 30.0

NO_TELEMETRY = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
# What the server of one command does without: block types, automations, live streams to a browser. The recorders
# write at the end or by the thousand: nobody watches, and a write that is under way at the end is lost.
SERVER_SETTINGS = {
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "1000",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "3600",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "1000",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "3600",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_UI_ENABLED": "false",
}
_NO_AUTHORITY = PROJECT / "flows" / "server" / "no_authority.pem"
"""A certificate whose key nobody has, in place of those who vouch for the servers of the world."""


class Server:
    """A server's process; its Prefect home is `home`, and `client_settings` are the settings that reach it."""

    def __init__(self, prefect_home: Path, *, is_database_new: bool) -> None:
        self.home = prefect_home
        self._log = prefect_home / "server.log"
        secret = f"jobfirst:{secrets.token_urlsafe(24)}"
        with self._log.open("w", encoding="utf-8") as log, _listener() as listener:
            port = listener.getsockname()[1]
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.server.process", str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=_environment(prefect_home, secret, is_database_new=is_database_new),
                cwd=PROJECT,
                # ctrl-C reaches the whole process group of a terminal, and the server must outlive the flow.
                start_new_session=True,
                pass_fds=[listener.fileno()],
            )
        self._input = cast(IO[bytes], self._process.stdin)
        self._output = cast(IO[bytes], self._process.stdout)
        self.client_settings = {
            "PREFECT_HOME": str(prefect_home),
            "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            "PREFECT_API_AUTH_STRING": secret,
            "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
            # It is the same Prefect, on loopback and without TLS: yet each of a run's five clients would read all
            # authorities that there are, which takes 20 ms.
            "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
            "PREFECT_API_SSL_CERT_FILE": str(_NO_AUTHORITY),
        }

    def wait(self) -> None:
        """Wait until the server answers. Raises InternalFailure when it ends first, or is not up in time."""
        too_late = threading.Timer(START_SECONDS, self._process.kill)
        too_late.start()
        try:
            is_ready = self._output.readline()
        finally:
            too_late.cancel()
        if not is_ready:
            self.stop()
            raise InternalFailure(
                f"Prefect's server did not start, and what it said is in {self._log}: mend that, or move {self.home} "
                "away, and a new history of runs begins."
            )

    def stop(self) -> None:
        """Let the server write what it holds, and end it."""
        self._input.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        finally:
            self._output.close()


def _listener() -> socket.socket:
    """Take a free port of loopback, which the server gets: so its address is known before it has started."""
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it, each answer takes 40 ms more.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """Have a server with its database in `home/prefect`; it starts while the caller goes on, see `Server.wait`."""
    prefect_home = home.resolve() / "prefect"
    prefect_home.mkdir(parents=True, exist_ok=True)
    started = Server(prefect_home, is_database_new=create_database(prefect_home / "prefect.db"))
    try:
        yield started
    finally:
        started.stop()


def is_foreign_setting(name: str) -> bool:
    """Return whether the variable belongs to some other Prefect than the one of this command."""
    return name.startswith("PREFECT_") and not name.startswith("PREFECT_LOGGING_")


def _environment(prefect_home: Path, secret: str, *, is_database_new: bool) -> dict[str, str]:
    """Give the environment of the server; a new database has all migrations, and is not asked for them."""
    return {
        **{name: value for name, value in os.environ.items() if not is_foreign_setting(name)},
        **NO_TELEMETRY,
        **SERVER_SETTINGS,
        "PREFECT_API_DATABASE_MIGRATE_ON_START": str(not is_database_new).lower(),
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_SERVER_API_AUTH_STRING": secret,
    }

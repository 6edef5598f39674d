"""Start a Prefect server for one command, and end it.

The server is a fork of the command's process, which has by then imported what both need: three quarters of the server's
modules. The command has no second thread yet.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.context import ForkProcess
from pathlib import Path
from urllib.parse import quote

from flows.server.database import create_database
from flows.server.left_out import UNUSED_BLOCKS, leaving_out
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
_NEEDED_BY_BOTH = ("prefect.flow_engine", "sqlalchemy.orm")
_NO_AUTHORITY = PROJECT / "flows" / "server" / "no_authority.pem"
"""A certificate whose key nobody has, in place of those who vouch for the servers of the world."""


class Server:
    """The server of one command.

    `home`: its Prefect home; `environment`: its own; `client_settings`: with which a client reaches it.
    """

    def __init__(self, prefect_home: Path, *, is_database_new: bool) -> None:
        self.home = prefect_home
        self._log = prefect_home / "server.log"
        secret = f"jobfirst:{secrets.token_urlsafe(24)}"
        self.environment = _environment(prefect_home, secret, is_database_new=is_database_new)
        self._listener = _listener()
        self._process: ForkProcess | None = None
        port = self._listener.getsockname()[1]
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

    def start(self) -> None:
        """Import what both need, and start; `client_settings` are in the environment, where Prefect looks for them."""
        with leaving_out(UNUSED_BLOCKS.__contains__):
            for name in _NEEDED_BY_BOTH:
                import_module(name)
        from flows.server.process import serve

        fork = multiprocessing.get_context("fork")
        self._to_server, to_caller = fork.Pipe()
        with self._log.open("w", encoding="utf-8") as log, self._listener, to_caller:
            arguments = (self._listener, self.environment, log, to_caller, self._to_server)
            self._process = fork.Process(target=serve, args=arguments)
            self._process.start()

    def wait(self) -> None:
        """Wait until the server answers. Raises InternalFailure when it ends first, or is not up in time."""
        if not self._is_ready():
            self.stop()
            raise InternalFailure(
                f"Prefect's server did not start, and what it said is in {self._log}: mend that, or move {self.home} "
                "away, and a new history of runs begins."
            )

    def _is_ready(self) -> bool:
        try:
            return self._to_server.poll(START_SECONDS) and bool(self._to_server.recv_bytes())
        except EOFError:
            return False

    def stop(self) -> None:
        """Let the server write what it holds, and end it."""
        self._listener.close()
        if self._process is None:
            return
        self._to_server.close()
        self._process.join(STOP_SECONDS)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


def _listener() -> socket.socket:
    """Take a free port of loopback, which the server gets: so its address is known before it has started."""
    # asyncio switches Nagle's algorithm off only where the protocol is named; with it, each answer takes 40 ms more.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


@contextmanager
def server(home: Path) -> Iterator[Server]:
    """Have a server with its database in `home/prefect`; between `start` and `wait`, it starts beside the caller."""
    prefect_home = home.resolve() / "prefect"
    prefect_home.mkdir(parents=True, exist_ok=True)
    made = Server(prefect_home, is_database_new=create_database(prefect_home / "prefect.db"))
    try:
        yield made
    finally:
        made.stop()


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
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database_url(prefect_home),
        "PREFECT_SERVER_API_AUTH_STRING": secret,
    }


def database_url(prefect_home: Path) -> str:
    """Give the address of the database in a Prefect home; Prefect's own takes `%20` in a folder's name for a space."""
    return f"sqlite+aiosqlite:///{quote(str(prefect_home / 'prefect.db'))}"

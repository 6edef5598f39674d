"""Serve everything on one machine: a Prefect server with its page, all deployments and automations, and a worker.

`python -m flows.server.serve`, or `make serve`. The database is in `HOME/prefect`; the server listens on loopback.
ctrl-C, or SIGTERM, ends all of it. Settings of Prefect in the environment hold, such as another database.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from filelock import Timeout

from flows.commands.common import DONE, Parser, add_folders, folder, port_number
from flows.server.database import create_database
from flows.server.reported import ended
from flows.server.running import SERVED_URL, answers, require_text, served_lock
from flows.server.start import NO_TELEMETRY, database_url
from tasks.base.durable import FILE_CREATION_MASK
from tasks.base.errors import InputError, InternalFailure
from tasks.base.paths import PROJECT, top_file
from tasks.base.standard_error import tell
from tasks.base.system import told_by_system
from tasks.warehouse.lock import WAIT_SECONDS

POOL = "jobfirst"
DEPLOYMENTS = top_file("prefect.yaml")
SERVER_LOG = {"PREFECT_LOGGING_SETTINGS_PATH": str(PROJECT / "flows" / "server" / "serve_logging.yaml")}
LATE_SECONDS = 4 * 3600
"""How long a run may wait before it is late: one waits for its turn behind another, whose worker is at work."""
KEPT_SECONDS = 400 * 86_400
"""How long a run's history is kept: until the same settlement of the next year is over."""
START_SECONDS = 180.0
STOP_SECONDS = 40.0
_OF_A_DATABASE = ("PREFECT_SERVER_DATABASE_", "PREFECT_API_DATABASE_", "PREFECT_HOME")


def main(arguments: list[str] | None = None) -> int:
    """Serve until asked to end, and give the exit status."""
    os.umask(FILE_CREATION_MASK)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return ended("serve", lambda: _serve_as_asked(parser().parse_args(arguments)))
    except KeyboardInterrupt:
        return DONE


def parser() -> argparse.ArgumentParser:
    """Make the parser."""
    made = Parser(
        prog="jobfirst-serve",
        description="Serve everything on one machine: a Prefect server with its page, all deployments and automations, "
        "and a worker. The database is in HOME/prefect; the server listens on loopback. ctrl-C, or SIGTERM, ends all "
        "of it. Settings of Prefect in the environment hold, such as another database.",
        epilog="Example: jobfirst-serve --register register --inbox inbox --home var. Exit status: 0 asked to end, 1 "
        "refused, 2 wrong input, 3 internal failure.",
        allow_abbrev=False,
    )
    add_folders(made, "register", "inbox", "home")
    made.add_argument("--port", type=port_number, default=4200, metavar="N", help="the port; 0 takes a free one (4200)")
    return made


def _serve_as_asked(options: argparse.Namespace) -> None:
    serve(folder(options, "register"), folder(options, "inbox"), options.home, options.port)


def serve(register: Path, inbox: Path, home: Path, port: int) -> NoReturn:
    """Serve until interrupted.

    Raises InputError when a setting is no text, the port is taken, a folder is missing, or another serves on the home;
    InternalFailure when a part fails or ends by itself.
    """
    require_text()
    for name, path in (("register", register), ("inbox", inbox)):
        if not path.is_dir():
            raise InputError(f"The {name} is not a folder: {path}.")
    if answers(url := f"http://127.0.0.1:{port}/api"):
        raise InputError(f"A Prefect server answers at {url} already: end it, or choose another --port.")
    port = _free(port)
    url = f"http://127.0.0.1:{port}/api"
    prefect_home = home.resolve() / "prefect"
    prefect_home.mkdir(parents=True, exist_ok=True)
    create_database(prefect_home / "prefect.db")
    environment = {
        **_settings(prefect_home, port),
        "PREFECT_API_URL": url,
        "JOBFIRST_REGISTER": str(register.resolve()),
        "JOBFIRST_INBOX": str(inbox.resolve()),
        "JOBFIRST_HOME": str(home.resolve()),
    }
    if not environment.get("PREFECT_SERVER_API_AUTH_STRING"):
        _say(
            "whoever has an account on this machine can start and deploy runs here: PREFECT_SERVER_API_AUTH_STRING "
            "keeps others out (docs/operations.md)"
        )
    with ExitStack() as stack:
        stack.enter_context(_named(prefect_home, url))
        _say(f"starting a Prefect server at http://127.0.0.1:{port}")
        server = stack.enter_context(
            _part(SERVER_LOG | environment, "server", "start", "--host", "127.0.0.1", "--port", str(port))
        )
        _await(server, url)
        _run(environment, "flows.server.killed", str(home.resolve()))
        _run(environment, "flows.server.automations")
        _run(environment, "prefect", "work-pool", "create", POOL, "--type", "process", "--overwrite")
        _run(environment, "prefect", "work-pool", "set-concurrency-limit", POOL, "1")
        _run(environment, "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(DEPLOYMENTS))
        _run(environment, "flows.server.schedules")
        worker = stack.enter_context(_part(environment, "worker", "start", "--pool", POOL, "--type", "process"))
        _say(f"ready: http://127.0.0.1:{port}; ctrl-C ends it")
        while server.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    raise InternalFailure("Prefect's server or its worker ended by itself: what they said above tells why.")


def _settings(prefect_home: Path, port: int) -> dict[str, str]:
    """Give the environment of all parts; what the operator's own has of Prefect's settings holds."""
    secret = os.environ.get("PREFECT_SERVER_API_AUTH_STRING")
    # Another database may be named by its address, by its parts, or by the folder that it is in.
    is_database_named = any(name.startswith(_OF_A_DATABASE) for name in os.environ)
    return {
        **NO_TELEMETRY,
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS": str(LATE_SECONDS),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_SECONDS),
        # Prefect's own lets the pages of every site ask, in the browser of whoever sits at this machine.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port},http://localhost:{port}",
        **({} if is_database_named else {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database_url(prefect_home)}),
        **({"PREFECT_API_AUTH_STRING": secret} if secret else {}),
        **os.environ,
    }


def _free(port: int) -> int:
    """Give a port that nothing listens on: this one, or any for 0. Raises InputError where a program has it."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError as error:
            raise InputError(
                f"Port {port} of 127.0.0.1 can't be listened on ({told_by_system(error)}): choose another --port."
            ) from None
        return int(tried.getsockname()[1])


@contextmanager
def _part(environment: Mapping[str, str], *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Have a `prefect` command run, in a session of its own so that ctrl-C reaches it only through this process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.server.leash", "prefect", *command],
        env=environment,
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(environment: Mapping[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        tell(f"{done.stdout}{done.stderr}".rstrip())
        raise InternalFailure(f"{' '.join(command)} failed: what it says above tells why.")


def _await(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise InternalFailure("Prefect's server did not start: what it says above tells why.")
        time.sleep(0.2)


@contextmanager
def _named(prefect_home: Path, url: str) -> Iterator[None]:
    """Leave the server's address where the commands on this home look for it, as long as this process lives.

    Raises InputError where another serves on this home.
    """
    path = prefect_home / SERVED_URL
    try:
        held = served_lock(prefect_home).acquire(timeout=WAIT_SECONDS)
    except Timeout:
        raise InputError(f"Another jobfirst-serve serves on {prefect_home.parent}: end it first.") from None
    with held:
        path.write_text(url + "\n", encoding="utf-8")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _say(text: str) -> None:
    tell(f"serve: {text}")


if __name__ == "__main__":
    sys.exit(main())

"""Serve everything on one machine: a Prefect server with its page, all deployments and automations, and a worker.

`python -m flows.server.serve`, or `make serve`. The database is in `HOME/prefect`; the server listens on loopback.
ctrl-C, or SIGTERM, ends all of it. Settings of Prefect in the environment hold, such as another database.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flows.commands.common import add_folders, folder
from flows.server.database import create_database
from flows.server.running import SERVED_URL, answers
from flows.server.start import NO_TELEMETRY
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.paths import PROJECT, top_file

POOL = "jobfirst"
DEPLOYMENTS = top_file("prefect.yaml")
SERVER_LOG = {"PREFECT_LOGGING_SETTINGS_PATH": str(PROJECT / "flows" / "server" / "serve_logging.yaml")}
LATE_SECONDS = 4 * 3600
"""How long a run may wait before it is late: one waits for its turn behind another, whose worker is at work."""
KEPT_SECONDS = 400 * 86_400
"""How long a run's history is kept: until the same settlement of the next year is over."""
START_SECONDS = 180.0
STOP_SECONDS = 40.0


def main(arguments: list[str] | None = None) -> int:
    """Serve until asked to end, and give the exit status."""
    options = _parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        serve(folder(options, "register"), folder(options, "inbox"), options.home, options.port)
    except InputError as error:
        _say(str(error))
        return 2
    except BusinessRefusal as refusal:
        _say(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 0
    return 3


def serve(register: Path, inbox: Path, home: Path, port: int) -> None:
    """Serve until interrupted.

    Raises InputError when the port is taken or a folder is missing, RuntimeError when a part ends by itself.
    """
    for name, path in (("register", register), ("inbox", inbox)):
        if not path.is_dir():
            raise InputError(f"The {name} is not a folder: {path}.")
    url = f"http://127.0.0.1:{port}/api"
    if answers(url):
        raise InputError(f"A Prefect server answers at {url} already: end it, or choose another --port.")
    prefect_home = home.resolve() / "prefect"
    prefect_home.mkdir(parents=True, exist_ok=True)
    create_database(prefect_home / "prefect.db")
    environment = {
        **NO_TELEMETRY,
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS": str(LATE_SECONDS),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_SECONDS),
        **os.environ,
        "PREFECT_API_URL": url,
        "JOBFIRST_REGISTER": str(register.resolve()),
        "JOBFIRST_INBOX": str(inbox.resolve()),
        "JOBFIRST_HOME": str(home.resolve()),
    }
    with ExitStack() as stack:
        _say(f"starting a Prefect server at http://127.0.0.1:{port}")
        server = stack.enter_context(
            _part(SERVER_LOG | environment, "server", "start", "--host", "127.0.0.1", "--port", str(port))
        )
        _await(server, url)
        stack.enter_context(_named(prefect_home / SERVED_URL, url))
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
    raise RuntimeError("Prefect's server or its worker ended by itself")


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
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def _await(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers(url):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Prefect's server did not start")
        time.sleep(0.2)


@contextmanager
def _named(path: Path, url: str) -> Iterator[None]:
    """Leave the server's address where the commands on this home look for it."""
    path.write_text(url + "\n", encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="serve", description=__doc__)
    add_folders(parser, "register", "inbox", "home")
    parser.add_argument("--port", type=int, default=4200)
    return parser


def _say(text: str) -> None:
    sys.stderr.write(f"serve: {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())

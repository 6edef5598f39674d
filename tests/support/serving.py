"""Everything served on this machine, as `make serve` does, with a webhook that remembers what it was sent."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

from tasks.base.paths import PROJECT
from tests.support.portfolio import Portfolio

T = TypeVar("T")
START_SECONDS = 300
RUN_SECONDS = 300
BUSY_SECONDS = 300
# Runs are late after a second here, and looked for every second.
SETTINGS = {
    "PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS": "1",
    "PREFECT_API_SERVICES_LATE_RUNS_LOOP_SECONDS": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_WORKER_PREFETCH_SECONDS": "1",
}


class Refused(Exception):  # noqa: N818 - as the API says it
    """The API did not do what it was asked for; the argument is the HTTP status."""


class Served:
    """A running `python -m flows.server.serve`."""

    def __init__(self, portfolio: Portfolio, home: Path, webhook: str) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "JOBFIRST_"))}
        self.environment = kept | SETTINGS | {"JOBFIRST_WEBHOOK_URL": webhook, "PREFECT_API_URL": ""}
        folders = {"register": portfolio.register, "inbox": portfolio.inbox, "home": home}
        given = [part for name, folder in folders.items() for part in (f"--{name}", str(folder))]
        with (home.parent / "serve.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.server.serve", *given, "--port", str(port)],
                cwd=PROJECT,
                env=self.environment,
                stderr=log,
                stdout=log,
                start_new_session=True,
            )
        self.log = home.parent / "serve.log"
        self._said_before = self.log.read_text(encoding="utf-8").count("ready:")
        wait_for(self._is_ready, START_SECONDS)

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        return self.log.read_text(encoding="utf-8").count("ready:") > self._said_before

    def ask(self, path: str, method: str = "POST", **body: Any) -> Any:
        """Send to the API."""
        return self._send(path, method, json.dumps(body).encode())

    def get(self, path: str) -> Any:
        """Read from the API."""
        return self._send(path, "GET")

    def _send(self, path: str, method: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(  # noqa: S310 - the address is this test's own
            f"{self.url}{path}", body, {"Content-Type": "application/json"}, method=method
        )
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - see above
                    return json.loads(answer.read() or "null")
            except urllib.error.HTTPError as error:
                with error:
                    # So answers a server whose database is busy; Prefect's own client tries again as well.
                    if error.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > deadline:
                        raise Refused(error.code) from None
            time.sleep(0.5)

    def pause(self, *, is_paused: bool) -> None:
        """Let the worker start no run, or let it go on."""
        self.ask("/work_pools/jobfirst", "PATCH", is_paused=is_paused)

    def start_run(self, flow: str, **parameters: Any) -> str:
        """Ask for a run of a deployment; give its id."""
        deployment = self.get(f"/deployments/name/{flow}/jobfirst")["id"]
        return str(self.ask(f"/deployments/{deployment}/create_flow_run", parameters=parameters)["id"])

    def state(self, run: str) -> dict[str, Any]:
        """Give a run's state."""
        state: dict[str, Any] = self.get(f"/flow_runs/{run}")["state"]
        return state

    def ended(self, run: str) -> str:
        """Wait for a run's end; give its state's name."""
        final = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        wait_for(lambda: self.state(run)["type"] in final, RUN_SECONDS)
        return str(self.state(run)["name"])

    def artifacts(self, run: str) -> list[dict[str, Any]]:
        """Give what a run has shown, in order."""
        found: list[dict[str, Any]] = self.ask(
            "/artifacts/filter", artifacts={"flow_run_id": {"any_": [run]}}, sort="CREATED_DESC"
        )
        return found[::-1]

    def holder(self) -> int:
        """Wait for a run to have the lock, and give its process."""
        path = self.home / "jobfirst.lock.json"

        def named() -> int | None:
            # It may not be there, be half written, or be that of a process which was killed.
            with suppress(FileNotFoundError, json.JSONDecodeError):
                process = int(json.loads(path.read_bytes())["pid"])
                return process if is_alive(process) else None
            return None

        return wait_for(named, RUN_SECONDS)

    def processes(self) -> list[int]:
        """Give the process and all under it."""
        return _descendants(self.process.pid)

    def end(self) -> int:
        """End it as ctrl-C does; give its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(RUN_SECONDS)

    def kill(self) -> None:
        """End all of it as a power cut does."""
        # What does not run can't start another while it is looked for.
        self._send_to_all(signal.SIGSTOP)
        self._send_to_all(signal.SIGKILL)
        self.process.wait()

    def _send_to_all(self, sent: signal.Signals) -> None:
        reached: set[int] = set()
        while missing := set(self.processes()) - reached:
            for process in missing:
                with suppress(ProcessLookupError):
                    os.kill(process, sent)
            reached |= missing


_ENDED = (FileNotFoundError, ProcessLookupError)


def _descendants(process: int) -> list[int]:
    children: list[str] = []
    # A process may end while it is looked at, and so may one of its threads.
    with suppress(*_ENDED):
        for task in list(Path(f"/proc/{process}/task").iterdir()):
            with suppress(*_ENDED):
                children += (task / "children").read_text().split()
    return [process, *(one for child in children for one in _descendants(int(child)))]


def is_alive(process: int) -> bool:
    """Return whether a process runs; one that only waits to be taken note of does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except _ENDED:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def wait_for(found: Callable[[], T], seconds: float) -> T:
    """Wait until something is there, and give it."""
    deadline = time.monotonic() + seconds
    while not (one := found()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)
    return one


@contextmanager
def webhook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Listen on loopback; give the address, and the messages, which come in as they are sent."""
    told: list[dict[str, str]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/jobfirst", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

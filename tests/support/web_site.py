"""Runs the page as a user's server does, in a process of its own, with bounds that a test names."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from tasks.base.paths import PROJECT

HANG_SECONDS = 600
"""Nothing is measured by it: it ends what hangs, on a loaded machine too."""
UNHURRIED = {
    "workers": 2,
    "upload_seconds": 600,
    "idle_seconds": 120,
    "head_seconds": 600,
    "taken_seconds": 600,
    "check_seconds": 600,
}
"""Bounds that no load of the machine reaches; a test of a bound names its own."""
_CLOCK = "seconds-passed"
Files = Sequence[tuple[str, str, bytes]]
"""Field, file name, bytes."""


@dataclass
class Answer:
    """What the page answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode()

    @property
    def verdict(self) -> str:
        """The first heading, which is the verdict."""
        found = re.search(r"<h1>(.*?)</h1>", self.text, re.DOTALL)
        assert found, self.text
        return unescape(found[1])

    def link(self, name: str) -> str:
        """Give the address of a download."""
        found = re.search(rf'href="([^"]*/{re.escape(name)})"', self.text)
        assert found, self.text
        return found[1]


@dataclass
class Site:
    """A running page."""

    port: int
    process: subprocess.Popen[str]
    log: Path
    own: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET") -> Answer:
        """Ask for a page."""
        return self.send(method, path, b"", {})

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANG_SECONDS)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, files: Files, headers: Mapping[str, str] | None = None, **fields: str) -> Answer:
        """Send the form."""
        body, kind = form(files, {"projekt": "-", "opgjort_pr": "2016-12-31"} | fields)
        return self.send("POST", "/svar", body, {"Content-Type": kind} | dict(headers or {}))

    def let_pass(self, seconds: float) -> None:
        """Let time pass for what is kept, by the clock that it is kept by."""
        (self.log.parent / _CLOCK).write_text(str(seconds))

    def wait_for_connections(self, count: int) -> None:
        """Wait until the server holds so many connections."""
        while self._connections() != count:
            time.sleep(0.05)

    def _connections(self) -> int:
        own, established = f":{self.port:04X}", "01"
        lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
        return sum(line.split()[1].endswith(own) and line.split()[3] == established for line in lines)

    def logged(self) -> str:
        """Give what was logged."""
        return self.log.read_text(encoding="utf-8")


def form(files: Files, fields: Mapping[str, str]) -> tuple[bytes, str]:
    """Write a form as a browser does: its body and its type."""
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, file_name, data in files:
        shown = file_name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{shown}"\r\n'
        parts += [
            head.encode(errors="surrogateescape"),
            b"Content-Type: application/octet-stream\r\n\r\n",
            data,
            b"\r\n",
        ]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def delivery(files: Mapping[str, bytes]) -> Files:
    """Give the files of a delivery as the form sends them."""
    return [("indberetning", name, data) for name, data in files.items()]


@contextmanager
def running(
    folder: Path, register: Path | None = None, *, rules_url: str | None = None, **bounds: Any
) -> Iterator[Site]:
    """Run the page; `folder` takes its log."""
    log = folder / "web.log"
    told = json.dumps(
        {
            "register": str(register) if register else None,
            "rules_url": rules_url,
            "bounds": bounds,
            "folder": str(folder),
        }
    )
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.web_site", told],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout
    try:
        line = process.stdout.readline()
        assert line, log.read_text()
        yield Site(int(re.findall(r":(\d+)/", line)[0]), process, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(HANG_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        process.stdout.close()
        assert process.returncode == 0, log.read_text()


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """Let a process not run."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def processes() -> dict[int, tuple[int, str]]:
    """Give the parent and the state of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            found[int(entry.name)] = (int(parent), state)
    return found


def children(parent: int) -> list[int]:
    """Give the processes that a process has started and that run."""
    return [number for number, (of, state) in processes().items() if of == parent and state != "Z"]


def main() -> None:
    """Serve."""
    from flows.web import app
    from flows.web.serve import serve
    from tasks.web.bounds import Bounds

    told = json.loads(sys.argv[1])
    register = Path(told["register"]) if told["register"] else None
    passed = Path(told["folder"]) / _CLOCK

    def clock() -> float:
        return time.monotonic() + (float(passed.read_text()) if passed.exists() else 0)

    app.monotonic = clock  # type: ignore[attr-defined] # the test moves it
    serve(
        host="127.0.0.1",
        port=0,
        register=register,
        rules_url=told["rules_url"],
        bounds=Bounds(**(UNHURRIED | told["bounds"])),
    )


if __name__ == "__main__":
    main()

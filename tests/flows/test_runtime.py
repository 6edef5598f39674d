"""A command's own Prefect server: it records what happened, stays silent, and ends with the command."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.server.running import answers
from tasks.base.paths import PROJECT

PREAMBLE = """
import sys, time, urllib.error, urllib.request
from pathlib import Path
from flows.server import api
from tasks.base.errors import InputError

if "light" in sys.argv:
    api.import_what_a_run_needs = lambda: None
with api.prefect_api(Path(sys.argv[1])) as url:
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE
"""

REFUSED = """
    @task(cache_policy=NO_CACHE)
    def read(row):
        if row == 2:
            raise InputError("row 2 is unreadable")

    @flow
    def settle():
        for row in range(3):
            read(row)

    try:
        settle()
    except InputError as error:
        print(type(error) is InputError, error.args)
    try:
        urllib.request.urlopen(url + "/admin/version")
    except urllib.error.HTTPError as error:
        print(error.code, url.startswith("http://127.0.0.1:"))
"""

ENDLESS = """
    @task(cache_policy=NO_CACHE)
    def wait():
        print(url, flush=True)
        time.sleep(600)

    @flow
    def settle():
        wait()

    settle()
"""

FULL = """
    @flow
    def settle():
        pass

    try:
        with Path(sys.argv[1], "filler").open("wb", buffering=0) as file:
            while file.write(bytes(4096)) == 4096:
                pass
    except OSError:
        pass
    while True:
        settle()
"""
MOUNTING = ("unshare", "--map-root-user", "--mount")
MAY_MOUNT = (
    shutil.which("unshare") is not None
    and subprocess.run([*MOUNTING, "true"], capture_output=True, check=False).returncode == 0
)

TRUSTING = """
    import ssl
    from prefect.settings import get_current_settings

    settings = get_current_settings()
    read = ssl.create_default_context(cafile=settings.api.ssl_cert_file).get_ca_certs()
    print(len(read), settings.client.server_version_check_enabled)
"""

ALONE = """
import threading
from flows.server.start import Server

start = Server.start
Server.start = lambda made: print(threading.active_count(), "polars" in sys.modules, start(made))
"""


def _command(
    body: str, home: Path, *, imports_all: bool = False, prefix: Sequence[str] = (), before: str = ""
) -> subprocess.Popen[str]:
    """Start a command; most tests need nothing that a settlement imports, which takes seconds."""
    return subprocess.Popen(
        [
            *prefix,
            sys.executable,
            "-c",
            before + PREAMBLE + textwrap.dedent(body).replace("\n", "\n    "),
            str(home),
            "" if imports_all else "light",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
    )


def _start_endless(home: Path) -> tuple[subprocess.Popen[str], str]:
    command = _command(ENDLESS, home)
    assert command.stdout
    return command, command.stdout.readline().strip()


def _await_end_of(url: str) -> None:
    """Wait until the server is gone; where it outlives its command, the test hangs and is ended as hanging."""
    while answers(url):
        time.sleep(0.1)


def _states(home: Path, table: str) -> list[str]:
    database = sqlite3.connect(home / "prefect" / "prefect.db")
    try:
        return sorted(state for (state,) in database.execute(f"SELECT state_type FROM {table}"))  # noqa: S608 - fixed
    finally:
        database.close()


def test_a_run_is_recorded_and_an_expected_error_reaches_the_command_without_noise(tmp_path: Path) -> None:
    home = tmp_path / "100%20 #1 hjemløs"
    home.mkdir()
    out, err = _command(REFUSED, home, imports_all=True).communicate()

    assert out.splitlines() == ["True ('row 2 is unreadable',)", "401 True"]
    assert err == ""
    assert _states(home, "flow_run") == ["FAILED"]
    assert _states(home, "task_run") == ["COMPLETED", "COMPLETED", "FAILED"]


@pytest.mark.skipif(not MAY_MOUNT, reason="this machine lets no process mount a disk of its own")
def test_a_full_disk_is_told_as_that_where_the_server_fails_at_it(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=20m tmpfs {shlex.quote(str(tmp_path))} && exec "$@"'
    out, err = _command(FULL, tmp_path, prefix=(*MOUNTING, "sh", "-c", mount, "sh")).communicate()
    assert out == ""
    assert err.splitlines()[-1] == "OSError: [Errno 28] No space left on device"


def test_what_only_the_servers_of_the_world_need_is_not_read_for_a_server_of_its_own(tmp_path: Path) -> None:
    assert _command(TRUSTING, tmp_path).communicate() == ("1 False\n", "")


def test_a_command_is_forked_for_its_server_before_it_has_a_second_thread(tmp_path: Path) -> None:
    command = _command("", tmp_path, imports_all=True, before="import sys\n" + ALONE)
    assert command.communicate() == ("1 False None\n", "")


@pytest.mark.long
def test_the_server_ends_with_a_killed_command_and_the_next_command_tells_of_it(tmp_path: Path) -> None:
    command, url = _start_endless(tmp_path)
    assert answers(url)
    assert _command("", tmp_path).communicate() == ("", "")
    assert _states(tmp_path, "flow_run") == ["RUNNING"], "a command took a run for killed that another one runs"
    command.kill()
    command.communicate()

    _await_end_of(url)
    assert _states(tmp_path, "flow_run") == ["RUNNING"]

    assert _command("", tmp_path).communicate() == ("", "")
    assert _states(tmp_path, "flow_run") == ["CRASHED"]


def test_sigterm_ends_the_command_and_its_server_and_the_run_is_told_to_have_crashed(tmp_path: Path) -> None:
    command, url = _start_endless(tmp_path)
    command.terminate()
    command.communicate()

    assert command.returncode == 128 + signal.SIGTERM
    assert not answers(url)
    assert _states(tmp_path, "flow_run") == ["CRASHED"]
    assert _states(tmp_path, "task_run") == ["CRASHED"]


def test_a_server_that_does_not_start_is_an_error_that_names_its_log(tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "prefect.db").write_text("not a database" * 100)

    command = _command("", tmp_path)
    _, err = command.communicate()

    assert command.returncode == 1
    log = tmp_path / "prefect" / "server.log"
    assert f"InternalFailure: Prefect's server did not start, and what it said is in {log}" in err

"""The wheel works alone: built and installed as the Dockerfile does it, and used from an empty folder."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tasks.base import program
from tasks.base.paths import PROJECT

HANG_SECONDS = 900
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
PACKAGES = ("expectations", "flows", "rules", "sql", "tasks", "templates")

pytestmark = pytest.mark.long


def instructions(name: str) -> list[str]:
    """Give what the Dockerfile says under one instruction, each on one line."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)


@dataclass(frozen=True)
class Installed:
    """The program in an environment of its own; `wheel` is what it was installed from."""

    wheel: Path
    environment: Path

    def run(self, *command: str, folder: Path) -> str:
        """Run a program of the environment in a folder, which is its user's home too, and give what it printed."""
        done = subprocess.run(
            [self.environment / "bin" / command[0], *command[1:]],
            cwd=folder,
            env=self.variables(folder),
            capture_output=True,
            text=True,
            timeout=HANG_SECONDS,
            check=False,
        )
        assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout

    def variables(self, folder: Path) -> dict[str, str]:
        """Give the variables of the container, and its own user's home."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JOBFIRST_"))}
        return kept | {"HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}

    @property
    def files(self) -> set[str]:
        """All files of the environment."""
        return {str(path) for path in self.environment.rglob("*")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Replay what the Dockerfile runs; the libraries are those of this environment, by a path."""
    folder = tmp_path_factory.mktemp("wheel")
    environment, wheels = folder / "environment", folder / "wheels"
    (steps,) = [one for one in instructions("RUN") if "uv build" in one]
    for step in steps.split("&&"):
        words = [word.replace("/opt/jobfirst", str(environment)) for word in shlex.split(step)]
        words = [word.replace("/dist", str(wheels)) for word in words if word not in {"--compile-bytecode"}]
        if words[:2] == ["uv", "build"]:
            words += ["--no-build-isolation", "--python", sys.executable]
        elif words[:2] == ["uv", "venv"]:
            words += ["--python", sys.executable]
        else:
            assert words[:3] == ["uv", "pip", "install"]
            words = ["uv", "pip", "install", "--no-deps", *words[3:-1], *map(str, wheels.glob("*.whl"))]
        command = [sys.executable, "-m", *words, "--offline"]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
        assert done.returncode == 0, (step, done.stderr)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (wheel,) = wheels.glob("*.whl")
    return Installed(wheel, environment)


def test_the_wheel_holds_what_the_program_reads_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    own = {
        path.relative_to(PROJECT).as_posix()
        for name in PACKAGES
        for path in (PROJECT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    built_from = {program.BUILT_FROM} if program.program_commit() else set()
    assert held == own | built_from | {"jobfirst/prefect.yaml", "jobfirst/automations.yaml"}


def test_it_settles_from_an_empty_folder_and_changes_nothing_of_its_own(installed: Installed, tmp_path: Path) -> None:
    before = installed.files
    assert installed.run("jobfirst", "--version", folder=tmp_path) == f"jobfirst {program.program_name()}\n"
    installed.run("jobfirst", "sample", "s", "--projects", "2", "--citizens", "12", "--seed", "1", folder=tmp_path)
    first, *_ = sorted((tmp_path / "s" / "inbox").glob("*/*"))
    told = json.loads(installed.run("jobfirst", "check", str(first), "--json", folder=tmp_path))
    assert told["is_accepted"]
    settled = installed.run(
        "jobfirst", "settle", "2016", "--register", "s/register", "--inbox", "s/inbox", "--home", "h", folder=tmp_path
    )
    assert "jobfirst release 2016" in settled
    assert (tmp_path / "h" / "out" / "2016" / "settlement.csv").exists()
    assert installed.files == before


def test_it_is_the_same_program_and_finds_what_prefect_reads(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An editable installation remembers the requirements of when it was made.
    monkeypatch.setattr(program, "libraries", list)
    script = (
        "from flows.server.serve import DEPLOYMENTS; from flows.server.automations import FILE; import tasks;"
        "from tasks.base import program; program.libraries = list;"
        "print(tasks.__file__, program.source_sha256(), DEPLOYMENTS.exists(), FILE.exists())"
    )
    file, sha256, *found = installed.run("python", "-c", script, folder=tmp_path).split()
    assert Path(file).is_relative_to(installed.environment)
    assert sha256 == program.source_sha256.__wrapped__()
    assert found == ["True", "True"]
    assert "--inbox" in installed.run("jobfirst-serve", "--help", folder=tmp_path)


@contextmanager
def served(installed: Installed, folder: Path) -> Iterator[tuple[int, str]]:
    """Run the page: its process, and its port."""
    command = [installed.environment / "bin" / "python", installed.environment / "bin" / "jobfirst", "web"]
    process = subprocess.Popen(
        [*command, "--port", "0"],
        cwd=folder,
        env=installed.variables(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        yield process.pid, re.findall(r":(\d+)/", process.stdout.readline())[0]
    finally:
        process.terminate()
        process.wait(HANG_SECONDS)
        process.stdout.close()


def test_the_container_is_healthy_while_the_page_answers(installed: Installed, tmp_path: Path) -> None:
    (check,) = instructions("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]

    def is_healthy(process: int, port: str) -> bool:
        script = command[2].replace("/proc/1/", f"/proc/{process}/").replace(":4300/", f":{port}/")
        script = script.replace("timeout=5", f"timeout={HANG_SECONDS}")
        asked = [installed.environment / "bin" / "python", "-c", script]
        return subprocess.run(asked, capture_output=True, timeout=HANG_SECONDS, check=False).returncode == 0

    with served(installed, tmp_path) as (process, port):
        assert is_healthy(process, port)
        # Nothing listens on port 1.
        assert not is_healthy(process, "1")
    # Another command than the page is healthy while it runs.
    assert is_healthy(os.getpid(), "1")


def test_the_container_runs_as_nobody_in_particular() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", final, re.MULTILINE)
    assert re.search(r'^ENTRYPOINT \["jobfirst"\]$', final, re.MULTILINE)
    assert "COPY . ." not in final

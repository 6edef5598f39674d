"""Measure a settlement beside what one would write instead: `python -m benchmarks.bench` (what `make bench` runs).

All are given the same register and inbox, made up by `jobfirst sample` with three errors in a hundred rows; all judge
the rows, and must give the same `settlement.csv`, `citizens.csv` and `violations.csv` cell for cell, except for the two
columns of messages, which ours alone writes. They run in turn, so that whatever else the machine does meets all of
them; medians are reported.

wall: seconds on the clock. CPU: seconds of processor time, user and system, of the process, its threads, and the
processes that it started and waited for. MB: the most memory that the largest of those processes held.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.again import change
from benchmarks.tables import (
    BASE,
    CHANGED,
    DBT,
    OURS,
    PANDAS,
    PARSED,
    STARTUP,
    Round,
    Series,
    as_markdown,
    bars_as_markdown,
    put_into,
)
from tasks.base.paths import PROJECT

SIZES = {"S": (14, 220), "M98": (98, 2_041), "L": (98, 20_410)}
CONTESTANTS = (OURS, CHANGED, STARTUP, BASE, "polars", PANDAS, DBT, PARSED)
GOES_ON = {CHANGED: OURS, PARSED: DBT}
"""The contestants that go on in the folder that another has left; all others begin from nothing."""
SEED, ERRORS, YEAR = 1, 0.03, 2016
FILES = {"settlement.csv": None, "citizens.csv": None, "violations.csv": 6}
"""What is compared, and how many columns of it; None: all."""


@dataclass(frozen=True)
class Input:
    """A made-up portfolio. changed: an inbox of the same files but one."""

    folder: Path

    @property
    def register(self) -> Path:
        """STAR's register."""
        return self.folder / "register"

    @property
    def inbox(self) -> Path:
        """The deliveries."""
        return self.folder / "inbox"

    @property
    def changed(self) -> Path:
        """The deliveries, in one of which a spell begins a day earlier."""
        return self.folder / "changed"


def main(arguments: list[str]) -> int:
    """Measure what is asked for; 1 where two settlements differ."""
    options = _parser().parse_args(arguments)
    measured: list[Series] = []
    for size in options.size or ("S", "M98"):
        rounds = run_rounds(sample(options.work, size), options)
        measured.append(Series(size, *SIZES[size], YEAR, os.getloadavg(), rounds))
        if not options.json:
            say(as_markdown(measured[-1]) + "\n")
    if options.into:
        put_into(options.into, measured)
    say(json.dumps([asdict(one) for one in measured], indent=1) if options.json else bars_as_markdown(measured))
    return 0 if all(one.is_alike for one in measured) else 1


def run_rounds(given: Input, options: argparse.Namespace) -> list[Round]:
    """Run each contestant once a round."""
    rounds = []
    for number in range(options.repeats):
        for name in options.only:
            sys.stderr.write(f"{given.folder.name}: round {number + 1} of {options.repeats}, {name}\n")
            rounds.append(measure(name, given, options.work / "out", options.peers_python))
    return rounds


def measure(name: str, given: Input, into: Path, peers_python: Path) -> Round:
    """Run a contestant once, into a folder of its own below `into`, or that of the one whose work it GOES_ON with.

    Raises SystemExit when it fails.
    """
    program = GOES_ON.get(name, name)
    out = into / program
    if program == name:
        shutil.rmtree(out, ignore_errors=True)
    steps, log_file = into / f"{name}.steps.json", into / f"{name}.log"
    inbox = given.changed if name == CHANGED else given.inbox
    settle = [
        "settle",
        str(YEAR),
        "--register",
        str(given.register),
        "--inbox",
        str(inbox),
        "--home",
        str(out),
        "--json",
    ]
    peer = PROJECT / "benchmarks" / "peers" / f"with_{program}.py"
    command = {
        OURS: [sys.executable, "-m", "benchmarks.steps", str(steps), *settle],
        CHANGED: [sys.executable, "-m", "benchmarks.steps", str(steps), *settle],
        STARTUP: [sys.executable, "-m", "benchmarks.startup", str(out)],
    }.get(name) or [str(peers_python), str(peer), str(YEAR), str(given.register), str(inbox), str(out)]
    into.mkdir(parents=True, exist_ok=True)
    with log_file.open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=PROJECT, env=_environment())
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} failed: see {log_file}")
    return Round(
        name=name,
        wall_s=wall,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        cells=None if name in (STARTUP, CHANGED) else cells_of(out / "out" / str(YEAR) if name == OURS else out),
        steps=json.loads(steps.read_text(encoding="utf-8")) if name in (OURS, CHANGED) else [],
    )


def cells_of(written: Path) -> str:
    """Give a hash over the cells of the FILES in a folder."""
    cells = hashlib.sha256()
    for name, columns in FILES.items():
        with (written / name).open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                cells.update(repr(row[:columns]).encode())
    return cells.hexdigest()


def sample(work: Path, size: str) -> Input:
    """Make a portfolio up, unless it is there: of each project its last delivery, which has all of its rows."""
    folder = work / size
    if not folder.exists():
        projects, citizens = map(str, SIZES[size])
        half_made = work / "half-made"
        shutil.rmtree(half_made, ignore_errors=True)
        asked = ["--projects", projects, "--citizens", citizens, "--errors", str(ERRORS), "--form", "csv"]
        subprocess.run(
            [sys.executable, "-m", "flows.commands.cli", "sample", str(half_made), *asked, "--seed", str(SEED)],
            check=True,
            cwd=PROJECT,
        )
        made = Input(half_made)
        for project in made.inbox.iterdir():
            for older in sorted(project.iterdir())[:-1]:
                shutil.rmtree(older)
        shutil.copytree(made.inbox, made.changed)
        change(next(min(made.changed.iterdir()).iterdir()))
        half_made.rename(folder)
    return Input(folder)


def _environment() -> dict[str, str]:
    """Give what a user's shell would have: bytecode is kept, and no Prefect server is named."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "PREFECT_API_URL")
    return {name: value for name, value in os.environ.items() if name not in left_out}


def _contestants(text: str) -> list[str]:
    """Give the contestants that an argument names. Raises ArgumentTypeError for a name that none has."""
    names = text.split(",")
    if unknown := [name for name in names if name not in CONTESTANTS]:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}: name some of {', '.join(CONTESTANTS)}")
    return names


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__, allow_abbrev=False)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--size", action="append", choices=SIZES, help="repeatable (default S and M98)")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="rounds (default 5)")
    parser.add_argument("--only", type=_contestants, default=CONTESTANTS, help=f"of {','.join(CONTESTANTS)}")
    parser.add_argument("--json", action="store_true", help="print JSON, each run by itself, in place of tables")
    parser.add_argument("--into", type=Path, metavar="FILE", help="put the tables into this document too")
    parser.add_argument("--work", type=Path, default=PROJECT / "var" / "bench", help="samples and output")
    parser.add_argument("--peers-python", type=Path, default=PROJECT / "var" / "bench-venv" / "bin" / "python")
    return parser


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Measure a settlement beside what one would write instead: `python -m benchmarks.bench` (what `make bench` runs).

All are given the same register and inbox, made up by `jobfirst sample` without errors, and all must write the same
`settlement.csv`. They run in turn, so that whatever else the machine does meets all of them; medians are reported.

wall: seconds on the clock. CPU: seconds of processor time, user and system, of the process, its threads, and the
processes that it started and waited for. MB: the most memory that the largest of those processes held.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.tables import BASE, OURS, STARTUP, Round, Series, as_markdown, put_into
from flows.server.start import server
from tasks.base.paths import PROJECT

SIZES = {"S": (14, 220), "M": (98, 2_000), "L": (98, 20_000)}
CONTESTANTS = (OURS, STARTUP, BASE, "polars", "pandas", "dbt")
SEED = 1


@dataclass(frozen=True)
class Input:
    """A made-up portfolio, and the year that is settled."""

    folder: Path
    year: int

    @property
    def register(self) -> Path:
        """STAR's register."""
        return self.folder / "register"

    @property
    def inbox(self) -> Path:
        """The deliveries."""
        return self.folder / "inbox"


def main(arguments: list[str]) -> int:
    """Measure what is asked for; 1 where two settlements differ."""
    options = _parser().parse_args(arguments)
    measured: list[Series] = []
    with ExitStack() as stack:
        settings = _api(stack, options.work) if options.with_api else {}
        for size in options.size or ("S", "M"):
            given = sample(options.work, size, options.form, options.year)
            rounds = run_rounds(given, options, settings)
            measured.append(
                Series(
                    size=size,
                    projects=SIZES[size][0],
                    citizens=SIZES[size][1],
                    form=options.form,
                    deliveries=len(list(given.inbox.glob("*/*"))),
                    year=options.year,
                    with_api=options.with_api,
                    load=os.getloadavg(),
                    rounds=rounds,
                )
            )
            if not options.json:
                say(as_markdown(measured[-1]))
            if options.into:
                put_into(options.into, measured[-1])
    if options.json:
        say(json.dumps([asdict(one) for one in measured], indent=1))
    return 0 if all(one.is_alike for one in measured) else 1


def run_rounds(given: Input, options: argparse.Namespace, settings: dict[str, str]) -> list[Round]:
    """Run each contestant once a round."""
    rounds = []
    for number in range(options.repeats):
        for name in options.only:
            sys.stderr.write(f"{given.folder.name}: round {number + 1} of {options.repeats}, {name}\n")
            out = options.work / "out" / name
            shutil.rmtree(out, ignore_errors=True)
            rounds.append(measure(name, given, out, options.peers_python, settings))
    return rounds


def measure(name: str, given: Input, out: Path, peers_python: Path, settings: dict[str, str]) -> Round:
    """Run a contestant once, into the empty folder `out`. Raises SystemExit when it fails."""
    steps = out.with_suffix(".steps.json")
    common = [str(given.year), str(given.register), str(given.inbox), str(out)]
    folders = ["--register", common[1], "--inbox", common[2], "--home", common[3]]
    command = {
        OURS: [sys.executable, "-m", "benchmarks.steps", str(steps), "settle", common[0], *folders, "--json"],
        STARTUP: [sys.executable, "-m", "benchmarks.startup", str(out)],
    }.get(name) or [str(peers_python), str(PROJECT / "benchmarks" / "peers" / f"with_{name}.py"), *common]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.with_suffix(".log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=PROJECT, env=_environment(settings))
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} failed: see {out.with_suffix('.log')}")
    written = out / "out" / str(given.year) if name == OURS else out
    settlement = written / "settlement.csv"
    return Round(
        name=name,
        wall_s=wall,
        cpu_s=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
        settlement=settlement.read_text(encoding="utf-8") if name != STARTUP else None,
        steps=json.loads(steps.read_text(encoding="utf-8")) if name == OURS else [],
    )


def sample(work: Path, size: str, form: str, year: int) -> Input:
    """Make a portfolio up, unless it is there: of each project its last delivery, which tells all of its rows."""
    folder = work / f"{size}-{form}"
    if not folder.exists():
        projects, citizens = map(str, SIZES[size])
        half_made = work / "half-made"
        shutil.rmtree(half_made, ignore_errors=True)
        asked = ["--projects", projects, "--citizens", citizens, "--form", form, "--seed", str(SEED)]
        subprocess.run(
            [sys.executable, "-m", "flows.commands.cli", "sample", str(half_made), *asked], check=True, cwd=PROJECT
        )
        for project in (half_made / "inbox").iterdir():
            for older in sorted(project.iterdir())[:-1]:
                shutil.rmtree(older)
        half_made.rename(folder)
    return Input(folder, year)


def _api(stack: ExitStack, work: Path) -> dict[str, str]:
    if url := os.environ.get("PREFECT_API_URL"):
        return {"PREFECT_API_URL": url}
    started = stack.enter_context(server(work / "api"))
    started.wait()
    return started.client_settings


def _environment(settings: dict[str, str]) -> dict[str, str]:
    """Give what a user's shell would have: bytecode is kept, and no Prefect server is named but the asked-for one."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "PREFECT_API_URL")
    return {name: value for name, value in os.environ.items() if name not in left_out} | settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__, allow_abbrev=False)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--size", action="append", choices=SIZES, help="repeatable (default S and M)")
    parser.add_argument("--form", choices=("csv", "parquet"), default="csv", help="of the deliveries (default csv)")
    parser.add_argument("--year", type=int, default=2016, help="to settle (default 2016)")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="rounds (default 5)")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), default=CONTESTANTS, help=f"of {','.join(CONTESTANTS)}"
    )
    parser.add_argument(
        "--with-api", action="store_true", help="have a Prefect API running: PREFECT_API_URL, else one of its own"
    )
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

"""Measure a settlement made again: `python -m benchmarks.again [CITIZENS]` (of each of 98 projects; 200).

980 deliveries, ten a project: settled from nothing, then of an unchanged state, then after one delivery has changed.
The last must write the same bytes as a settlement from nothing, and read one delivery.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

from tasks.base.paths import PROJECT

YEAR = 2016
EARLIER = [f"2016-{month:02}-01" for month in range(4, 12)]
"""As-of dates of deliveries that are in force no more: the year's own, copied."""


def jobfirst(*arguments: str) -> Any:
    """Run a command; give what it prints as JSON, and print what it took."""
    before, began = getrusage(RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "flows.commands.cli", *arguments, "--json"], cwd=PROJECT, check=True, capture_output=True
    )
    wall, after = time.monotonic() - began, getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stdout.write(f"{wall:8.2f} s {cpu:8.2f} CPU s   ")
    return json.loads(done.stdout)


def change(delivery: Path) -> None:
    """Let a delivery's first spell begin a day earlier."""
    path = delivery / "forloeb.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
    at = rows[0].index("startdato")
    rows[1][at] = str(date.fromisoformat(rows[1][at]) - timedelta(days=1))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def main(citizens: str = "200") -> None:
    """Measure it."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        jobfirst("sample", str(made), "--projects", "98", "--citizens", citizens, "--form", "csv")
        sys.stdout.write("made up\n")
        projects = sorted((made / "inbox").iterdir())
        for project in projects:
            for as_of in EARLIER:
                shutil.copytree(project / "2016-12-31", project / as_of)

        def settle(home: str, told: str) -> Any:
            inputs = ("--register", str(made / "register"), "--inbox", str(made / "inbox"))
            summary = jobfirst("settle", str(YEAR), *inputs, "--home", str(made / home))
            sys.stdout.write(f"{told}\n")
            return summary

        settle("home", f"{len(projects) * (len(EARLIER) + 2)} deliveries, from nothing")
        if not settle("home", "unchanged")["is_unchanged"]:
            sys.exit("the draft does not stand")
        change(projects[0] / "2017-12-31")
        settle("home", "after one has changed")
        settle("fresh", "the same from nothing")
        if subprocess.run(["diff", "-rq", made / "home" / "out", made / "fresh" / "out"], check=False).returncode:
            sys.exit("the files differ")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Receives each delivery of an inbox by itself; reports its codes, its seconds and the most memory so far.

A program of its own, so that the memory is the intake's alone. Seconds are the processor's: a machine that is busy with
other things is no fault of the intake.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb
import polars as pl  # noqa: F401 - its import is not the first delivery's fault
import python_calamine  # noqa: F401 - likewise

from tasks.base.progress import Silence
from tasks.intake.inbox import Place
from tasks.intake.receive import receive_places
from tasks.rules.model import load_rules
from tasks.warehouse.connection import prepare
from tests.torture.receiving import KEY, NOW


def main(inbox: Path) -> None:
    """Print a JSON object for each delivery."""
    words = load_rules().vocabulary.words
    with duckdb.connect(config={"memory_limit": "200MB", "temp_directory": ""}) as connection:
        prepare(connection)
        for path in sorted(path for project in inbox.iterdir() for path in project.iterdir()):
            project = path.parent.name
            begun = time.process_time()
            receive_places(
                connection,
                [Place(project, path.name, path)],
                project_ids=frozenset({project}),
                words=words,
                now=NOW,
                key=KEY,
                progress=Silence().step(""),
            )
            told = {
                "project": project,
                "seconds": time.process_time() - begun,
                "peak_bytes": _peak_bytes(),
                "codes": [
                    code
                    for (code,) in connection.execute(
                        "SELECT DISTINCT code FROM core_faults "
                        "WHERE receipt_no = (SELECT max(receipt_no) FROM core_receipts) ORDER BY code"
                    ).fetchall()
                ],
            }
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


def _peak_bytes() -> int:
    """Give the most memory of this program; what getrusage gives begins with what its parent had."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))

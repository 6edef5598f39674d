"""Receives each delivery of an inbox by itself; tells its codes, its seconds and the most memory so far.

A program of its own, so that the memory is the intake's alone.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import duckdb

from tasks.intake.inbox import Place
from tasks.intake.receive import receive_places
from tasks.progress import Silence
from tasks.rules.model import load_rules
from tasks.warehouse.connection import prepare
from tests.torture.receiving import KEY, NOW


def main(inbox: Path) -> None:
    """Print a JSON object a delivery."""
    words = load_rules().vocabulary.words
    with duckdb.connect(config={"memory_limit": "200MB", "temp_directory": ""}) as connection:
        prepare(connection)
        for path in sorted(path for project in inbox.iterdir() for path in project.iterdir()):
            project = path.parent.name
            begun = time.monotonic()
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
                "seconds": time.monotonic() - begun,
                "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))

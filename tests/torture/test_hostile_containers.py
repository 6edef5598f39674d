"""Bombs, paths, links, nested and encrypted archives, macros, entities: refused before unpacking, in 2 s and 512 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tasks.base.paths import PROJECT
from tests.torture.deliveries import csv_files
from tests.torture.hostile import hostile_deliveries
from tests.torture.receiving import AS_OF, write_delivery

MOST_SECONDS = 5
MOST_BYTES = 512_000_000


def run(inbox: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """Receive what lies in the inbox in a process of its own; give what it said by project, and its standard error."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.torture.receive_hostile", str(inbox)],
        check=False,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    return {one["project"]: one for one in told}, ended.stderr


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    files = csv_files()
    outside.write_bytes(files.pop("borgere.csv"))
    folder = write_delivery(tmp_path / "inbox" / "P0" / AS_OF, files)
    (folder / "borgere.csv").symlink_to(outside)
    (folder / "bilag").symlink_to(tmp_path)
    told, error = run(tmp_path / "inbox")
    assert error == ""
    assert "F06" in told["P0"]["codes"]


def test_what_is_hostile_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    hostile = hostile_deliveries()
    names = {f"P{number}": name for number, name in enumerate(hostile)}
    for project, name in names.items():
        write_delivery(tmp_path / project / AS_OF, hostile[name].files)
    before = sorted(tmp_path.rglob("*"))
    by_project, error = run(tmp_path)
    told = {names[project]: one for project, one in by_project.items()}
    assert error == ""
    assert told.keys() == hostile.keys()
    assert {name: one["codes"] for name, one in told.items() if not hostile[name].codes & set(one["codes"])} == {}
    assert {name: one["seconds"] for name, one in told.items() if one["seconds"] > MOST_SECONDS} == {}
    assert {name: one["peak_bytes"] for name, one in told.items() if one["peak_bytes"] > MOST_BYTES} == {}
    assert sorted(tmp_path.rglob("*")) == before, "something was unpacked"

"""Settles and releases on a disk of its own that is in trouble, then once more when that is mended: FOLDER TROUBLE.

TROUBLE: `none` (then once is all), so many bytes of room, `read-only` (the home), `read-only-out` (the output alone),
or `files-N` (so many files may be open). Runs where it may mount: `unshare --map-root-user --mount`. Prints what the
commands said, and the hashes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.files import hashes
from tests.support.plain_command import ANY_DRAFT, command

ROOM_BYTES = 1 << 30
PROGRESS = re.compile(r"[a-z ]+: \d+ of \d+|(?:Settling|Releasing) \d+\.")
KEY = "a key for tests, of thirty-two bytes or more"


def mount(*options: str) -> None:
    """Mount."""
    subprocess.run(["mount", *options], check=True)


def office(folder: Path, home: Path, prefix: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    """Settle and release as two persons; give the exit status of each command and what it said of an error."""
    folders = ("--register", folder / "register", "--inbox", folder / "inbox", "--home", home)
    environment = {**os.environ, "JOBFIRST_PREPARED_BY": "Anna", "JOBFIRST_KEY": KEY}
    done = [
        command("2018-02-15T12:00", "settle", "2016", *folders, environment=environment, prefix=prefix),
        command(
            *(
                "2018-02-16T12:00",
                "release",
                "2016",
                "--draft",
                ANY_DRAFT,
                "--approved-by",
                "Bo",
                "--accept",
                "H03",
                "--reason",
                "En prøve på én maskine.",
                *folders,
            ),
            environment=environment,
            prefix=prefix,
        ),
    ]
    return [
        (one.returncode, "\n".join(line for line in one.stderr.splitlines() if not PROGRESS.fullmatch(line)))
        for one in done
    ]


def kept(home: Path) -> dict[str, str]:
    """Give the hashes of everything that the two commands leave, except the warehouse's own file and what stands.

    A draft that is made again after its release rests on the ledger's entries too.
    """
    aside = ("warehouse", "jobfirst.lock", "standing/")
    return {name: found for name, found in hashes(home).items() if not name.startswith(aside)}


def main(folder: Path, trouble: str) -> None:
    """Run in trouble, and again without; print what came of it as JSON."""
    disk = folder / "disk"
    disk.mkdir()
    size = trouble if trouble.isdigit() else str(ROOM_BYTES)
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))
    home, prefix = disk / "home", ()
    if trouble == "read-only":
        mount("-o", "remount,ro", str(disk))
    elif trouble == "read-only-out":
        (home / "out").mkdir(parents=True)
        mount("-t", "tmpfs", "-o", "ro", "tmpfs", str(home / "out"))
    elif trouble.startswith("files-"):
        prefix = ("prlimit", f"--nofile={trouble.removeprefix('files-')}")
    troubled = office(folder, home, prefix)
    used_bytes = shutil.disk_usage(disk).used
    if trouble == "read-only-out":
        subprocess.run(["umount", str(home / "out")], check=True)
    else:
        mount("-o", f"remount,rw,size={ROOM_BYTES}", str(disk))
    ledger = (home / "ledger.jsonl").read_text() if (home / "ledger.jsonl").exists() else ""
    mended = [] if trouble == "none" else office(folder, home)
    came = {"troubled": troubled, "used_bytes": used_bytes, "ledger": ledger, "mended": mended, "kept": kept(home)}
    print(json.dumps(came))  # noqa: T201 - its purpose


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

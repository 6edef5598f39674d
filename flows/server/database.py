"""The empty database of a new home, without Prefect's two hundred migrations, which take six seconds.

They are run once for each version of Prefect: by `python -m flows.server.database`, as when the environment is set up,
or otherwise when the first home is made. What they made is kept in the user's cache folder (`XDG_CACHE_HOME`, or
`~/.cache`), and each new home gets a copy. A database names the migration that it stands at, so that a newer Prefect
goes on from there, and an older one is refused.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase

_REVISION = re.compile(r"^revision\b[^=\n]*=\s*[\"'](\w+)[\"']", re.MULTILINE)
_MIGRATE = """
import asyncio
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""


def create_database(path: Path) -> bool:
    """Make an empty Prefect database at `path`, whole or not at all, unless there is one; return whether it was made.

    Raises BusinessRefusal when that one is of a newer Prefect, RuntimeError when Prefect's migrations fail.
    """
    if path.exists():
        _refuse_newer(path)
        return False
    with tempfile.TemporaryDirectory(prefix=".new-", dir=path.parent) as folder:
        new = Path(folder) / path.name
        shutil.copyfile(kept_database() or migrated(Path(folder)), new)
        return _put(new, path)


def kept_database() -> Path | None:
    """Give the empty database of the installed Prefect in the cache folder, made there where it is missing or damaged.

    None where nothing can be kept, as in a read-only folder. Raises RuntimeError when Prefect's migrations fail.
    """
    folder = cache_folder()
    if folder is None:
        return None
    kept = folder / f"prefect-{version('prefect')}.db"
    if _is_whole(kept):
        return kept
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(folder), tempfile.TemporaryDirectory(dir=folder) as temporary:
            if not _is_whole(kept):
                migrated(Path(temporary)).replace(kept)
    except OSError:
        return None
    return kept


def cache_folder() -> Path | None:
    """Give the program's folder in the user's cache; None for a user without a home folder."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():
        return named / "jobfirst"
    try:
        return Path.home() / ".cache" / "jobfirst"
    except RuntimeError:
        return None


def migrated(folder: Path) -> Path:
    """Have Prefect's own migrations make an empty database in a folder, and give it as one file.

    Raises RuntimeError when they fail.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    home = folder / "migrated"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _MIGRATE],
        env=kept | {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1"},
        cwd=home,
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(f"Prefect's migrations failed: {done.stderr.strip()[-2000:]}")
    database = folder / "empty.db"
    # What the migrations left may have a log of writes beside it; a copy made by SQLite has none.
    with closing(sqlite3.connect(home / "prefect.db")) as connection:
        connection.execute("VACUUM INTO ?", [str(database)])
    return database


def _refuse_newer(database: Path) -> None:
    """Refuse a database that stands at a migration which the installed Prefect does not have."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            stands_at = {str(name) for (name,) in connection.execute("SELECT version_num FROM alembic_version")}
    except sqlite3.DatabaseError:
        # The server finds out what it is, and says so in its log.
        return
    if not all(map(_is_known, stands_at)):
        raise BusinessRefusal(
            phrase(
                "The history of runs {path} was written by a newer Prefect than {own}: use the newer program, or move "
                "that file away, and a new history begins.",
                path=database,
                own=version("prefect"),
            )
        )


def _is_known(migration: str) -> bool:
    """Return whether the installed Prefect has a migration, without importing it, which takes a second.

    The newest are looked at first: a database of this version is known by the first file.
    """
    spec = find_spec("prefect")
    places = (spec and spec.submodule_search_locations) or []
    folders = (Path(place) / "server" / "database" / "_migrations" / "versions" / "sqlite" for place in places)
    scripts = (file for folder in folders for file in sorted(folder.glob("*.py"), reverse=True))
    found = (_REVISION.search(file.read_text(encoding="utf-8")) for file in scripts)
    return any(revision.group(1) == migration for revision in found if revision)


def _is_whole(database: Path) -> bool:
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            is_sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            stands_at = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            return is_sound and len(stands_at) == 1
    except sqlite3.DatabaseError:
        return False


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Let one process migrate while others wait. Where nothing can be locked, each does: what they make is the same."""
    lock = FileLock(folder / "prefect.lock", fallback_to_soft=False)
    try:
        lock.acquire()
    except (OSError, NotImplementedError):
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _put(new: Path, path: Path) -> bool:
    """Put a file at `path` in one move; what another process has put there stays. Return whether it was put."""
    try:
        os.link(new, path)
    except FileExistsError:
        return False
    except OSError:
        new.replace(path)
    return True


if __name__ == "__main__":
    kept_database()

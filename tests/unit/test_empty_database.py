"""A new home gets a copy of the empty database that Prefect's own migrations made once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from flows.server import database
from flows.server.start import server
from tasks.base.errors import BusinessRefusal

Migrations = list[Path]


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a cache folder that nothing is kept in yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jobfirst"


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """Count what stands in for Prefect's migrations, which take six seconds."""
    run: Migrations = []

    def migrate(folder: Path) -> Path:
        run.append(folder)
        made = folder / "empty.db"
        with closing(sqlite3.connect(made)) as connection:
            connection.executescript(
                "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('head')"
            )
        return made

    monkeypatch.setattr(database, "migrated", migrate)
    return run


def test_prefects_own_migrations_make_it(tmp_path: Path) -> None:
    pytest.importorskip("alembic")
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from prefect.server.database import _migrations

    scripts = Path(next(iter(_migrations.__path__)))
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("version_locations", str(scripts / "versions" / "sqlite"))
    config.set_main_option("path_separator", "os")

    database.create_database(tmp_path / "prefect.db")

    assert revision(tmp_path / "prefect.db") == ScriptDirectory.from_config(config).get_current_head()


def test_one_of_a_newer_prefect_is_refused_and_stays(tmp_path: Path) -> None:
    history = tmp_path / "prefect.db"
    database.create_database(history)
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of_a_newer_one'")
    before = history.read_bytes()

    with pytest.raises(BusinessRefusal, match="newer Prefect"):
        database.create_database(history)

    assert history.read_bytes() == before


@pytest.mark.parametrize("homes", [1, 3])
def test_the_migrations_are_run_once(tmp_path: Path, cache: Path, migrations: Migrations, homes: int) -> None:
    for number in range(homes):
        database.create_database(tmp_path / f"{number}.db")

    assert len(migrations) == 1
    assert [path.name for path in cache.glob("*.db")] == [f"prefect-{version('prefect')}.db"]
    assert sorted(path.name for path in tmp_path.glob("*")) == sorted(
        ["cache", *(f"{number}.db" for number in range(homes))]
    )


def test_another_prefect_has_another(
    tmp_path: Path, cache: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.create_database(tmp_path / "before.db")
    monkeypatch.setattr(database, "version", lambda _name: "99.0")
    database.create_database(tmp_path / "after.db")

    assert len(migrations) == 2
    assert len(list(cache.glob("*.db"))) == 2


def test_two_at_once_make_it_once(tmp_path: Path, cache: Path, migrations: Migrations) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: database.create_database(tmp_path / f"{number}.db"), range(8)))

    assert len(migrations) == 1
    assert {revision(tmp_path / f"{number}.db") for number in range(8)} == {"head"}


def test_two_that_can_lock_nothing_both_make_it(
    tmp_path: Path, cache: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    assert database.create_database(tmp_path / "prefect.db")

    assert revision(tmp_path / "prefect.db") == "head"
    assert len(list(cache.glob("*.db"))) == 1


def test_the_database_of_a_home_stays(tmp_path: Path, cache: Path, migrations: Migrations) -> None:
    (tmp_path / "prefect.db").write_text("of the home")
    assert not database.create_database(tmp_path / "prefect.db")

    assert (tmp_path / "prefect.db").read_text() == "of the home"
    assert not migrations


def test_what_another_process_made_meanwhile_stays(
    tmp_path: Path, cache: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prefect.db"
    copy = shutil.copyfile

    def with_another(source: Path, target: Path) -> object:
        path.write_text("of the other")
        return copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", with_another)
    assert not database.create_database(path)

    assert path.read_text() == "of the other"


def _emptied(kept: Path) -> None:
    kept.write_bytes(b"")


def _cut(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:4096])


def _scribbled(kept: Path) -> None:
    kept.write_bytes(b"not a database" * 1000)


@pytest.mark.parametrize("damage", [_emptied, _cut, _scribbled])
def test_a_damaged_one_is_made_anew(
    tmp_path: Path, cache: Path, migrations: Migrations, damage: Callable[[Path], None]
) -> None:
    kept = database.kept_database()
    assert kept is not None
    damage(kept)
    database.create_database(tmp_path / "prefect.db")

    assert len(migrations) == 2
    assert revision(tmp_path / "prefect.db") == "head"


def test_where_nothing_can_be_kept_each_home_has_its_own(tmp_path: Path, cache: Path, migrations: Migrations) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    for number in range(2):
        database.create_database(tmp_path / f"{number}.db")

    assert len(migrations) == 2
    assert revision(tmp_path / "1.db") == "head"


def test_a_user_without_a_home_folder_keeps_none(
    tmp_path: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    database.create_database(tmp_path / "prefect.db")

    assert database.cache_folder() is None
    assert revision(tmp_path / "prefect.db") == "head"


@pytest.mark.parametrize("named", ["", "relative/folder"])
def test_only_a_whole_path_names_the_cache(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert database.cache_folder() == tmp_path / ".cache" / "jobfirst"


def test_migrations_that_fail_say_why(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_MIGRATE", "raise SystemExit('no such table: flow')")

    with pytest.raises(RuntimeError, match="Prefect's migrations failed: no such table: flow"):
        database.create_database(tmp_path / "prefect.db")
    assert not list(cache.glob("*.db"))
    assert not list(tmp_path.glob("*.db"))


def test_a_server_migrates_every_database_but_a_new_one(
    tmp_path: Path, cache: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_is_known", lambda _migration: True)
    asked: list[str] = []
    for _ in range(2):
        with server(tmp_path) as made:
            asked.append(made.environment["PREFECT_API_DATABASE_MIGRATE_ON_START"])

    assert asked == ["false", "true"]

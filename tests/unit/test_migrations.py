"""A home of an older version is brought to the newest, whole or not at all; one of a newer program is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tasks.base.errors import BusinessRefusal
from tasks.base.program import program_version
from tasks.warehouse import migrations
from tasks.warehouse.connection import FILE_NAME, open_warehouse, prepare
from tasks.warehouse.statements import execute
from tests.support.spilling import spilled_bytes

COPY = f"{FILE_NAME}.before"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Give every column that is kept, and every constraint."""
    columns = """
        SELECT table_name, column_index, column_name, data_type, is_nullable, column_default, comment
        FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' ORDER BY ALL
    """
    constraints = """
        SELECT table_name, constraint_type, constraint_column_names
        FROM duckdb_constraints() WHERE schema_name = 'main' ORDER BY ALL
    """
    return connection.execute(columns).fetchall() + connection.execute(constraints).fetchall()


def _old(home: Path) -> None:
    """Make a home of the first version, with a draft."""
    with duckdb.connect(str(home / FILE_NAME)) as opened:
        execute(opened, "migrations/001_first")
        opened.execute("""
            INSERT INTO core_drafts (draft_no, year, fingerprint, parts, prepared_by, prepared_at)
            VALUES (1, 2016, 'f', '{}', 'Anna', TIMESTAMP '2017-02-01')
        """)


def _versions(connection: duckdb.DuckDBPyConnection) -> list[int]:
    rows = connection.execute("SELECT version FROM core_migrations ORDER BY version").fetchall()
    return [version for (version,) in rows]


def test_the_schema_and_the_migrations_lead_to_the_same_tables(connection: duckdb.DuckDBPyConnection) -> None:
    prepare(connection)
    with duckdb.connect() as old:
        execute(old, "migrations/001_first")
        prepare(old)
        assert _tables(old) == _tables(connection), "a change of sql/schema/ needs a file in sql/migrations/"


def test_a_new_home_is_of_the_newest_version(connection: duckdb.DuckDBPyConnection) -> None:
    prepare(connection)
    assert _versions(connection) == [migrations.newest()]
    prepare(connection)
    assert _versions(connection) == [migrations.newest()]


def test_an_old_home_keeps_what_it_holds_and_its_copy_goes(tmp_path: Path, with_a_second: None) -> None:
    _old(tmp_path)
    with open_warehouse(tmp_path) as connection:
        assert connection.execute("SELECT prepared_by, added FROM core_drafts").fetchall() == [("Anna", None)]
        assert _versions(connection) == [2]
    assert not (tmp_path / COPY).exists()


def test_a_failed_migration_leaves_the_home_as_it_was_and_a_copy(
    tmp_path: Path, with_a_second: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _old(tmp_path)
    run = migrations.execute

    def failing(connection: duckdb.DuckDBPyConnection, name: str, /, **values: object) -> duckdb.DuckDBPyConnection:
        done = run(connection, name, **values)
        if name == "warehouse/keep_version":
            raise OSError("the disk is full")
        return done

    monkeypatch.setattr(migrations, "execute", failing)
    with pytest.raises(OSError, match="full"), open_warehouse(tmp_path):
        pass
    for name in (FILE_NAME, COPY):
        with duckdb.connect(str(tmp_path / name), read_only=True) as connection:
            assert migrations.version_of(connection) == 1
            assert connection.execute("SELECT count(*) FROM core_drafts").fetchall() == [(1,)]
    monkeypatch.setattr(migrations, "execute", run)
    with open_warehouse(tmp_path) as connection:
        assert _versions(connection) == [2]
    assert not (tmp_path / COPY).exists()


def test_a_home_of_a_newer_program_is_refused_and_stays(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as connection:
        execute(connection, "warehouse/keep_version", version=9_000, name="later", program="99.1.0")
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(BusinessRefusal) as refused, open_warehouse(tmp_path):
        pass
    assert "JobFirst 99.1.0" in str(refused.value)
    assert f"JobFirst {program_version()}" in str(refused.value)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_gap_in_the_numbers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "names", lambda _folder: ["migrations/001_first", "migrations/003_later"])
    with pytest.raises(ValueError, match="not numbered"):
        migrations.newest()


@pytest.fixture
def with_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a program whose second and newest version adds a column."""
    monkeypatch.setattr(migrations, "names", lambda _folder: ["migrations/001_first", "migrations/002_added"])
    monkeypatch.setattr(migrations, "DESCRIBED", ())
    run = migrations.execute

    def executed(connection: duckdb.DuckDBPyConnection, name: str, /, **values: object) -> duckdb.DuckDBPyConnection:
        if name == "migrations/002_added":
            return connection.execute("ALTER TABLE core_drafts ADD COLUMN added VARCHAR")
        return run(connection, name, **values)

    monkeypatch.setattr(migrations, "execute", executed)


def test_what_a_killed_process_spilled_is_removed_when_the_home_is_opened(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    (spill / "duckdb_temp_storage_DEFAULT-0.tmp").write_bytes(b"rows")
    with open_warehouse(tmp_path):
        assert spilled_bytes(tmp_path) == 0

"""A thousand CPR numbers handed in, in every form and place: none in any file, message, log or database afterwards."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.paths import PROJECT
from tasks.check import text as check_text
from tasks.check.as_object import as_object
from tasks.check.check import check
from tasks.check.marked import marked_copy
from tasks.explain import text as explain_text
from tasks.explain.read import read_explanation
from tasks.register.read import read_register, register_files
from tasks.rules.model import load_rules
from tasks.warehouse.connection import FILE_NAME, open_warehouse, prepare
from tests.support.effort import IS_LONG
from tests.support.portfolio import Portfolio
from tests.support.releasing import Office
from tests.support.settling import call_tasks_plainly
from tests.torture.planted import MUNICIPALITIES, Planter, plant

NOW = Moment.parse("2018-02-15T12:00")


def leaks(planter: Planter, folder: Path) -> dict[str, set[str]]:
    """Give the planted numbers that stand in the files of a folder or in their names."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        contents = [name.encode()]
        if path.is_file():
            contents += _contents(path)
        if numbers := set().union(*map(planter.found_in, contents)):
            found[name] = numbers
    return found


def _contents(path: Path) -> Iterator[bytes]:
    """Give a file's bytes, and what they hold packed: the parts of a workbook, the streams of a PDF."""
    yield from _unpacked(path.read_bytes())


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from map(archive.read, archive.namelist())
    if data.startswith(b"%PDF"):
        import pypdf

        yield "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).encode()


def _leaks_of_the_warehouse(planter: Planter, path: Path) -> dict[str, set[str]]:
    """Give the planted numbers in the warehouse's tables, which are packed in the file."""
    found = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema, table in tables:
            rows = connection.execute(f'FROM "{schema}"."{table}"').fetchall()
            text = "\n".join(" | ".join(map(_plain, row)) for row in rows)
            if numbers := planter.found_in(text.encode()):
                found[f"{schema}.{table}"] = numbers
    return found


def _plain(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Portfolio, Planter]:
    portfolio = Portfolio(tmp_path_factory.mktemp("planted"))
    return portfolio, plant(portfolio)


def test_a_thousand_numbers_are_planted(planted: tuple[Portfolio, Planter]) -> None:
    portfolio, planter = planted
    assert len(planter.planted) >= 1000
    delivered = {number for numbers in leaks(planter, portfolio.folder).values() for number in numbers}
    assert len(delivered) >= 1000, "the search does not find what is there"


def test_no_number_is_in_anything_that_a_settlement_leaves(
    planted: tuple[Portfolio, Planter],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    portfolio, planter = planted
    call_tasks_plainly(monkeypatch)
    caplog.set_level(logging.DEBUG)
    office = Office(portfolio, monkeypatch)
    summary = office.settle(2017, now="2018-02-15T12:00", by=planter.text("Anna {0}-{1}"))
    shown = [str(asdict(summary))]
    if IS_LONG:
        holds = [(project, code) for project, codes in summary.holds.items() for code in codes]
        waivers = [(*hold, planter.text("Set, se {0}{1}")) for hold in holds]
        approver = planter.text("Bo {0} {1}")
        shown.append(str(asdict(office.release(2017, now="2018-03-15T12:00", by=approver, waivers=waivers))))
        assert list(office.out(2017).glob("released/*/letters/*.pdf"))
    with open_warehouse(office.home) as connection:
        counts = connection.execute("SELECT is_accepted, count(*) FROM core_receipts GROUP BY ALL ORDER BY ALL")
        assert counts.fetchall() == [(False, 11), (True, 4)]
        explained = [
            explain_text.as_text(read_explanation(connection, f"JF-{number}", 2017, NOW))
            for number in range(len(MUNICIPALITIES))
        ]
    assert leaks(planter, office.home) == {}
    assert _leaks_of_the_warehouse(planter, office.home / FILE_NAME) == {}
    shown += [*explained, caplog.text, *capfd.readouterr()]
    assert planter.found_in("\n".join(shown).encode()) == set()


def test_no_number_is_in_what_a_check_tells(planted: tuple[Portfolio, Planter]) -> None:
    portfolio, planter = planted
    deliveries = [path for project in portfolio.inbox.iterdir() if project.is_dir() for path in project.iterdir()]
    for path in deliveries[:: 1 if IS_LONG else 4]:
        found = check(path, project_id=None, as_of=None, register=None, now=NOW)
        shown = check_text.as_text(found, 100) + json.dumps(as_object(found), default=str, ensure_ascii=False)
        assert planter.found_in(shown.encode()) == set(), path.name
        assert set().union(*map(planter.found_in, _unpacked(marked_copy(found)))) == set(), path.name


@pytest.mark.parametrize("file", ["projekter.csv", "maalgrupper.csv"])
def test_no_number_is_in_an_error_of_the_register(
    file: str, planted: tuple[Portfolio, Planter], tmp_path: Path
) -> None:
    portfolio, planter = planted
    whole = {path.name: path.read_text(encoding="utf-8") for path in portfolio.register.iterdir()}
    header, first, *rest = whole[file].splitlines()
    rules, errors = load_rules(), list[str]()
    with duckdb.connect() as connection:
        prepare(connection)
        for form in ("{0}{1}", "{0}-{1}", "a {0} {1}"):
            for at in range(len(header.split(";"))):
                cells = first.split(";")
                cells[at] = planter.text(form)
                register = tmp_path / f"{form} {at}"
                register.mkdir()
                for name, text in {**whole, file: "\n".join([header, ";".join(cells), *rest])}.items():
                    (register / name).write_text(text, encoding="utf-8")
                try:
                    read_register(connection, register_files(register), rules)
                except InputError as error:
                    errors.append(str(error))
    assert len(errors) >= 3
    assert [error for error in errors if planter.found_in(error.encode())] == []


@pytest.mark.torture
def test_no_number_is_in_what_the_command_leaves(planted: tuple[Portfolio, Planter], tmp_path: Path) -> None:
    portfolio, planter = planted
    home = tmp_path / "home"
    command = [sys.executable, "-m", "flows.commands.cli", "settle", "2017", "--home", str(home)]
    folders = ["--register", str(portfolio.register), "--inbox", str(portfolio.inbox)]
    ended = subprocess.run([*command, *folders], cwd=PROJECT, capture_output=True, check=False, timeout=900)
    assert ended.returncode == 0, ended.stderr.decode()
    assert (home / "prefect" / "prefect.db").stat().st_size > 0
    assert leaks(planter, tmp_path) == {}
    assert _leaks_of_the_warehouse(planter, home / FILE_NAME) == {}
    assert planter.found_in(ended.stdout + ended.stderr) == set()

"""What is reported of an error: never a value that a library's text quotes."""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import duckdb
import pytest

from flows.commands.cli import command
from tasks.base.cpr import MASK
from tasks.base.errors import BusinessRefusal, InputError, InternalFailure
from tasks.base.failure import fit_to_report, tells_no_value
from tasks.base.worded import phrase, shown, text_of
from tasks.warehouse.connection import FILE_NAME, MEMORY_VARIABLE, open_warehouse
from tasks.warehouse.reading import read_warehouse
from tests.support.portfolio import cpr

NUMBER = cpr(5)


@tells_no_value
def fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("kind", [InputError, BusinessRefusal, InternalFailure])
def test_the_projects_own_errors_are_told_as_they_are(kind: type[Exception]) -> None:
    error = kind("Row 7 has no date.")
    with pytest.raises(kind) as told:
        fail(error)
    assert told.value is error


@pytest.mark.parametrize(("language", "words"), [("en", "is no whole number"), ("da", "er ikke et helt tal")])
def test_the_projects_own_errors_are_masked_in_both_languages(
    language: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", language)
    with pytest.raises(InputError) as told:
        fail(InputError(phrase("{given} is no whole number", given=NUMBER)))
    assert str(told.value) == f"{MASK} is no whole number"
    assert shown(text_of(told.value)) == f"{MASK} {words}"
    assert NUMBER not in "".join(traceback.format_exception(told.value))


def test_a_refusal_without_a_number_keeps_its_danish_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    with pytest.raises(BusinessRefusal) as told:
        fail(BusinessRefusal(phrase("{given} is no whole number", given="x")))
    assert shown(text_of(told.value)) == "x er ikke et helt tal"


def test_an_unknown_error_is_told_by_kind_and_place_and_keeps_its_trace() -> None:
    with pytest.raises(
        InternalFailure, match=r"an internal failure, ValueError in tests/unit/test_failure\.py"
    ) as told:
        fail(ValueError(f"could not convert {NUMBER}"))
    text = "".join(traceback.format_exception(told.value))
    assert NUMBER not in text
    assert "raise error" in text


def test_a_failure_of_the_system_keeps_its_kind_and_its_file_is_masked() -> None:
    with pytest.raises(FileNotFoundError) as told:
        fail(FileNotFoundError(errno.ENOENT, "No such file or directory", f"inbox/{NUMBER}"))
    assert (told.value.errno, told.value.filename) == (errno.ENOENT, "inbox/******-****")
    assert NUMBER not in "".join(traceback.format_exception(told.value))


def test_an_error_of_the_system_without_a_number_may_quote_anything() -> None:
    assert isinstance(fit_to_report(OSError(f"bad {NUMBER}")), InternalFailure)


def test_ctrl_c_goes_through() -> None:
    @tells_no_value
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()


def _stopped_in_a_function(connection: duckdb.DuckDBPyConnection) -> None:
    connection.create_function("stopped", _stop, ["VARCHAR"], "VARCHAR")
    connection.execute("SELECT stopped('a')")


def _stopped_in_a_frame(connection: duckdb.DuckDBPyConnection) -> None:
    class Frame:
        __arrow_c_stream__ = _stop

    connection.register("frame", Frame())


def _stopped_in_a_query(_: duckdb.DuckDBPyConnection) -> None:
    raise RuntimeError("Query interrupted")


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("stopped", [_stopped_in_a_function, _stopped_in_a_frame, _stopped_in_a_query])
def test_ctrl_c_that_duckdb_met_is_ctrl_c(
    stopped: Callable[[duckdb.DuckDBPyConnection], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """DuckDB raises an error of its own then; the first two are as it words them now."""

    def work(_: object = None) -> None:
        with duckdb.connect() as connection:
            stopped(connection)

    with pytest.raises(KeyboardInterrupt):
        tells_no_value(work)()
    monkeypatch.setattr("flows.commands.status.run", work)
    assert command(["status"]) == 3
    assert capsys.readouterr().err.startswith("jobfirst: Stopped: ")


def test_what_only_quotes_ctrl_c_is_a_failure() -> None:
    quoted = duckdb.ConversionException('Could not convert string "x KeyboardInterrupt: " to DATE')
    assert isinstance(fit_to_report(quoted), InternalFailure)


def test_too_little_memory_is_told_with_what_mends_it() -> None:
    limit = {"memory_limit": "20MB", "temp_directory": ""}
    with duckdb.connect(config=limit) as connection, pytest.raises(duckdb.OutOfMemoryException) as caught:
        connection.execute("CREATE TABLE much AS SELECT md5(i::VARCHAR) AS text FROM range(2_000_000) AS r(i)")
    told = fit_to_report(caught.value)
    assert isinstance(told, InternalFailure)
    assert f"set {MEMORY_VARIABLE} to more" in str(told)


DAMAGED = "The home's warehouse.duckdb is damaged: a part of it can't be read as it was written. Keep it, and bring"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home with a table of a few megabytes in its warehouse."""
    with open_warehouse(tmp_path) as connection:
        connection.execute("CREATE TABLE much AS SELECT md5(i::VARCHAR) AS text FROM range(200_000) AS r(i)")
    return tmp_path


def test_a_damaged_part_of_the_warehouse_is_told_as_that(home: Path) -> None:
    with (home / FILE_NAME).open("r+b") as file:
        file.seek(3_000_000)
        file.write(b"\xff" * 1_000_000)
    with pytest.raises(duckdb.Error) as caught, open_warehouse(home) as connection:
        connection.execute("SELECT max(text) FROM much").fetchall()
    told = fit_to_report(caught.value)
    assert isinstance(told, InternalFailure)
    assert str(told).startswith(DAMAGED)


def test_a_warehouse_that_was_cut_off_is_told_as_that(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(home / FILE_NAME, 1_000_000)
    assert command(["status", "--home", str(home)]) == 3
    assert capsys.readouterr().err.startswith(f"jobfirst: {DAMAGED}")
    with pytest.raises(duckdb.Error) as caught, read_warehouse(home):
        pass
    assert str(fit_to_report(caught.value)).startswith(DAMAGED)


def test_a_warehouse_that_was_emptied_is_told_as_that(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.truncate(home / FILE_NAME, 0)
    assert command(["status", "--home", str(home)]) == 3
    assert capsys.readouterr().err.startswith(f"jobfirst: {DAMAGED}")
    with pytest.raises(InternalFailure, match=DAMAGED), read_warehouse(home):
        pass


def test_what_only_quotes_the_words_is_no_damage() -> None:
    for text in (
        "row 7: Corrupt database file: computed checksum",
        'IO Error: Could not read enough bytes from file "x"',
    ):
        assert "damaged" not in str(fit_to_report(ValueError(text)))

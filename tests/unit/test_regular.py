"""What a person names as a file is read only where it is one: a pipe or a device may never end."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tasks.base.errors import InputError
from tasks.base.regular import read_file
from tasks.base.worded import shown, text_of
from tasks.check.asked import asked
from tasks.hearing.answer import read_answer
from tasks.register.read import register_files


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "projekter.csv"
    os.mkfifo(path)
    return path


def test_a_pipe_and_a_device_are_no_files(pipe: Path) -> None:
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(OSError, match="it is no file"):
            read_file(path)


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert read_file(tmp_path / "link") == b"a"


def test_what_is_missing_or_a_folder_is_reported_as_that(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "missing")
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path)


def test_who_names_a_pipe_reads_one_sentence(pipe: Path) -> None:
    with pytest.raises(InputError, match=r"projekter\.csv can't be read \(it is no file\)"):
        register_files(pipe.parent)
    with pytest.raises(InputError, match=r"projekter\.csv can't be read \(it is no file\)"):
        read_answer(pipe)
    with pytest.raises(InputError, match="er ikke en indberetning"):
        asked(pipe, project_id=None, as_of=None, otherwise=date(2016, 12, 31))


def test_who_names_a_pipe_in_danish_reads_no_english(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as refused:
        register_files(pipe.parent)
    monkeypatch.setenv("JOBFIRST_LANGUAGE", "da")
    assert "projekter.csv kan ikke læses (er ikke en fil)" in str(shown(text_of(refused.value)))

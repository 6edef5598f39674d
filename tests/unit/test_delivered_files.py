"""The files of a delivery: which there are, in what order, and what is read of each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks.intake import delivery
from tasks.intake.delivery import files_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "2016-12-31"
    for name in ("forloeb.csv", "a.csv", "a/z.csv", "a/b/c.csv", "B.csv", ".hidden/x.csv", "a/.DS_Store", "Thumbs.db"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (folder / "empty").mkdir()
    return folder


def test_all_files_are_read_in_the_order_of_their_paths(folder: Path) -> None:
    found = files_of(folder)
    expected = ["B.csv", "a/b/c.csv", "a/z.csv", "a.csv", "forloeb.csv"]
    assert [(file.name, file.data) for file in found] == [(name, name.encode()) for name in expected]
    assert expected == [path.as_posix() for path in sorted(map(Path, expected))]


def test_a_link_is_told_and_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "other.csv").write_text("not delivered", encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "elsewhere" / "other.csv")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "nowhere").symlink_to(tmp_path / "missing")
    links = {file.name for file in files_of(folder) if file.data is None}
    assert links == {"link.csv", "linked", "nowhere"}


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    assert "pipe.csv" not in {file.name for file in files_of(folder)}


def test_a_folder_that_cannot_be_read_is_not_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refused(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(delivery.os, "scandir", refused)
        with pytest.raises(PermissionError):
            files_of(folder)


def test_an_archive_is_one_file(tmp_path: Path) -> None:
    archive = tmp_path / "2016-12-31.zip"
    archive.write_bytes(b"PK")
    (found,) = files_of(archive)
    assert (found.name, found.data) == ("2016-12-31.zip", b"PK")

"""Deliveries are read ahead, and no further than memory allows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tasks.intake import read_ahead as module
from tasks.intake.inbox import Place
from tasks.intake.read_ahead import READERS, read_ahead


def _places(inbox: Path, count: int) -> list[Place]:
    places = [Place(f"JF-{number:03}", "2016-12-31", inbox / f"JF-{number:03}") for number in range(count)]
    for place in places:
        place.path.mkdir()
        (place.path / "borgere.csv").write_text(place.project_folder)
    return places


def test_each_place_comes_with_its_own_files_in_order(tmp_path: Path) -> None:
    places = _places(tmp_path, 20)
    read = [(place, read.result()) for place, read in read_ahead(places)]
    assert [place for place, _ in read] == places
    for place, (file,) in read:
        assert file.data == place.project_folder.encode()
        assert file.sha256 == hashlib.sha256(place.project_folder.encode()).hexdigest()


def test_one_that_cannot_be_read_is_its_own_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = _places(tmp_path, 5)
    files_of = module.files_of

    def failing(path: Path) -> object:
        if path == places[2].path:
            raise OSError(5, "Input/output error")
        return files_of(path)

    monkeypatch.setattr(module, "files_of", failing)
    errors = {place.project_folder: read.exception() for place, read in read_ahead(places)}
    assert [name for name, error in errors.items() if error] == ["JF-002"]
    assert isinstance(errors["JF-002"], OSError)


def test_no_more_is_read_than_is_looked_at_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Path] = []
    monkeypatch.setattr(module, "files_of", lambda path: begun.append(path) or [])
    reading = read_ahead(_places(tmp_path, 10))
    next(reading)
    reading.close()  # type: ignore[attr-defined] # a generator
    assert len(begun) == READERS + 1

"""What the path of a checked delivery says, and what the options say instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tasks.base.errors import InputError
from tasks.check.asked import Asked, asked

OTHERWISE = date(2017, 12, 31)


def told(asked_for: Asked) -> tuple[str | None, str | None]:
    """Give the project and the as-of folder that are reported."""
    place = asked_for.place
    return (
        place.project_folder if asked_for.is_project_told else None,
        place.as_of_folder if asked_for.is_as_of_told else None,
    )


@pytest.mark.parametrize(
    ("path", "project", "as_of"),
    [
        ("JF-187/2016-12-31/", "JF-187", "2016-12-31"),
        ("JF-187/2016-12-31.zip", "JF-187", "2016-12-31.zip"),
        ("JF-187/2016-12-31.ZIP", "JF-187", "2016-12-31.ZIP"),
        ("JF-187/2016-12-31/indberetning.xlsx", "JF-187", "2016-12-31"),
        ("JF-187/31-12-2016/", "JF-187", "31-12-2016"),  # meant to be a date: F05 says what is wrong with it
        ("JF-187/2016-12-31 ny.zip", "JF-187", "2016-12-31 ny.zip"),
        ("skrivebord/levering/", None, None),
        ("skrivebord/levering.zip", None, None),
        ("skrivebord/levering.ZIP", None, None),
        ("skrivebord/indberetning.xlsx", None, None),
    ],
)
def test_the_path_tells(tmp_path: Path, path: str, project: str | None, as_of: str | None) -> None:
    lay(tmp_path / path, is_folder=path.endswith("/"))
    assert told(asked(tmp_path / path, project_id=None, as_of=None, otherwise=OTHERWISE)) == (project, as_of)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("levering/", "2016-12-31"),
        ("levering.zip", "2016-12-31.zip"),
        ("levering.Zip", "2016-12-31.zip"),
        ("indberetning.xlsx", "2016-12-31"),
        ("JF-1/31-12-2016/", "2016-12-31"),
    ],
)
def test_the_options_tell_instead(tmp_path: Path, path: str, folder: str) -> None:
    lay(tmp_path / path, is_folder=path.endswith("/"))
    found = asked(tmp_path / path, project_id="JF-187", as_of="2016-12-31", otherwise=OTHERWISE)
    assert told(found) == ("JF-187", folder)


def test_what_is_not_told_is_stood_in_for(tmp_path: Path) -> None:
    found = asked(tmp_path, project_id=None, as_of=None, otherwise=OTHERWISE).place
    assert (found.as_of_date, found.is_archive, found.path) == (OTHERWISE, False, tmp_path)


def test_a_relative_path_tells_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "JF-187" / "2016-12-31"
    lay(folder, is_folder=True)
    monkeypatch.chdir(folder)
    for path in (Path(), Path("../2016-12-31"), Path("../../JF-187/2016-12-31")):
        assert told(asked(path, project_id=None, as_of=None, otherwise=OTHERWISE)) == ("JF-187", "2016-12-31")


@pytest.mark.parametrize("name", ["2016-12-31.zip", "2016-12-31.ZIP"])
def test_folder_and_archive_beside_each_other_are_noticed(tmp_path: Path, name: str) -> None:
    folder, archive = tmp_path / "JF-187" / "2016-12-31", tmp_path / "JF-187" / name
    lay(folder, is_folder=True)
    assert asked(folder, project_id=None, as_of=None, otherwise=OTHERWISE).beside == frozenset()
    lay(archive, is_folder=False)
    assert asked(folder, project_id=None, as_of=None, otherwise=OTHERWISE).beside == {name}
    assert asked(archive, project_id=None, as_of=None, otherwise=OTHERWISE).beside == {"2016-12-31"}


@pytest.mark.parametrize("path", ["mangler", "borgere.csv", "levering.7z", "x" * 300, "levering/f.csv"])
def test_what_is_no_delivery_is_refused_in_a_sentence(tmp_path: Path, path: str) -> None:
    for name in ("borgere.csv", "levering.7z"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match=r"^.*: angiv .*\.$"):
        asked(tmp_path / path, project_id=None, as_of=None, otherwise=OTHERWISE)


def test_a_project_s_folder_is_refused_with_its_newest_delivery(tmp_path: Path) -> None:
    project = tmp_path / "JF-187"
    lay(project / "2016-12-31", is_folder=True)
    lay(project / "2017-12-31.zip", is_folder=False)
    with pytest.raises(InputError, match=r"JF-187 er et projekts mappe: angiv .* fx .*JF-187/2017-12-31\.zip\.$"):
        asked(project, project_id=None, as_of=None, otherwise=OTHERWISE)
    lay(project / "2018-12-31", is_folder=False)
    assert asked(project, project_id=None, as_of=None, otherwise=OTHERWISE).place.path == project


def test_a_delivery_one_folder_too_deep_is_checked_as_it_would_be_received(tmp_path: Path) -> None:
    outer = tmp_path / "JF-187" / "2017-12-31"
    lay(outer / "2017-12-31", is_folder=True)
    assert told(asked(outer, project_id=None, as_of=None, otherwise=OTHERWISE)) == ("JF-187", "2017-12-31")


@pytest.mark.parametrize("as_of", ["31-12-2016", "20161231", "2016-W01-1", "2016-02-30", "", "2016-12-31T00"])
def test_an_as_of_that_is_no_date_is_refused(tmp_path: Path, as_of: str) -> None:
    with pytest.raises(InputError, match="åååå-mm-dd"):
        asked(tmp_path, project_id=None, as_of=as_of, otherwise=OTHERWISE)


def test_an_error_never_tells_a_personal_number(tmp_path: Path) -> None:
    for path, as_of in ((tmp_path / "611270-1234", None), (tmp_path, "6112701234")):
        with pytest.raises(InputError) as error:
            asked(path, project_id=None, as_of=as_of, otherwise=OTHERWISE)
        assert "1234" not in str(error.value)


def lay(path: Path, *, is_folder: bool) -> None:
    """Lay an empty folder or file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_folder:
        path.mkdir()
    else:
        path.write_bytes(b"")

"""Which archives are opened: none that leaves its folder, hides what it holds, or unpacks to too much.

Source: the intake, 'A delivery is refused whole', F06.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from tasks.intake import archive
from tasks.intake.archive import name_of, open_archive, read_entry
from tasks.intake.faults import Damaged, Unsafe

KILOBYTE = bytes(1000)


def zipped(*entries: tuple[str, bytes], mode: int = 0o644, comment_bytes: int = 0) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = b"x" * comment_bytes
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            made.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def lying(data: bytes, held: int, told: int) -> bytes:
    """Give an archive that tells another size of an entry than it holds."""
    assert data.count(struct.pack("<I", held)) == 2
    return data.replace(struct.pack("<I", held), struct.pack("<I", told))


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "x/../../a.csv", "x/..", "/a.csv", "..\\a.csv", "x\\..\\a.csv", "\\a.csv", "C:\\a.csv", "c:a.csv"],
)
def test_a_path_that_leaves_the_folder_is_unsafe(name: str) -> None:
    with pytest.raises(Unsafe, match="leaves the folder"):
        open_archive(zipped(("borgere.csv", b"x"), (name, b"x")))


@pytest.mark.parametrize("name", ["a..csv", "..a.csv", "x/a...csv", "x/ab.csv"])
def test_dots_in_a_name_lead_nowhere(name: str) -> None:
    assert open_archive(zipped((name, b"x"))).namelist() == [name]


@pytest.mark.parametrize(
    "decoded",
    ["forløb.csv", "forløb.csv".encode().decode("cp437"), "forløb.csv".encode("cp850").decode("cp437")],
    ids=["from its extra field", "UTF-8 without the flag", "cp850"],
)
def test_a_name_is_read_however_zipfile_decoded_it(decoded: str) -> None:
    assert name_of(zipfile.ZipInfo(decoded)) == "forløb.csv"


def test_a_link_and_macros_are_unsafe() -> None:
    with pytest.raises(Unsafe, match="holds a link"):
        open_archive(zipped(("a.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777))
    with pytest.raises(Unsafe, match="macros"):
        open_archive(zipped(("xl/vbaProject.bin", b"x")))


def test_entries_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert archive.MOST_UNPACKED_BYTES == 200_000_000
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", 2000)
    assert len(open_archive(zipped(("a.csv", KILOBYTE), ("b.csv", KILOBYTE))).namelist()) == 2
    with pytest.raises(Unsafe, match="unpacks to 2001 bytes"):
        open_archive(zipped(("a.csv", KILOBYTE), ("b.csv", KILOBYTE), ("c.csv", b"x")))


def test_entries_together_are_too_much_for_the_files_size() -> None:
    entries = ("a.csv", 50 * KILOBYTE), ("b.csv", 50 * KILOBYTE)
    bare = len(zipped(*entries))
    assert bare < 999
    open_archive(zipped(*entries, comment_bytes=1001 - bare))
    with pytest.raises(Unsafe, match="999 bytes"):
        open_archive(zipped(*entries, comment_bytes=999 - bare))


@pytest.mark.parametrize("told", [5000, 7000])
def test_an_entry_of_another_size_than_it_says_is_not_read(told: int) -> None:
    opened = open_archive(lying(zipped(("a.csv", bytes(range(256)) * 20 + bytes(880))), 6000, told))
    (entry,) = opened.infolist()
    with pytest.raises((Damaged, Unsafe)):
        read_entry(opened, entry)

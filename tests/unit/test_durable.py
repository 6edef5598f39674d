"""Writing files that survive a crash."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from tasks.base.durable import append_durably, cut_durably, replace_durably


def test_replaced_appended_cut(tmp_path: Path) -> None:
    path = tmp_path / "file"
    cut_durably(path, 3)
    assert not path.exists()
    replace_durably(path, b"first")
    replace_durably(path, b"new")
    append_durably(path, b", more")
    assert path.read_bytes() == b"new, more"
    cut_durably(path, 3)
    cut_durably(path, 9)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) & 0o137 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_the_old_contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    replace_durably(path, b"old")

    def full(descriptor: int, contents: memoryview) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space") as told:
        replace_durably(path, b"new")
    assert told.value.filename == f"{path}.new"
    assert path.read_bytes() == b"old"


def test_contents_names_and_order_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is synced before it takes its name, and the folder after."""
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def tell_fsync(descriptor: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def tell_replace(source: Path, target: Path) -> None:
        calls.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", tell_fsync)
    monkeypatch.setattr(os, "replace", tell_replace)
    replace_durably(tmp_path / "file", b"contents")
    append_durably(tmp_path / "file", b"more")
    cut_durably(tmp_path / "file", 2)
    assert calls == ["file", "name", "folder", "file", "folder", "file"]

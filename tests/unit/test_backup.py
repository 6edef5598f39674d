"""A home goes into one file and comes back from it as it was, or not at all."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from flows.commands.cli import command
from tasks.backup.archive import LIST_NAME, restore_backup, write_backup
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.paths import PROJECT
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.lock import HomeHeld, hold_lock

NOW = datetime(2017, 3, 1, 12, tzinfo=UTC)
KEY = "k" * 64


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a home with a warehouse, a key, output, and what a backup leaves out."""
    home = tmp_path / "home"
    home.mkdir()
    with open_warehouse(home) as connection:
        connection.execute(
            "INSERT INTO core_drafts (draft_no, year, fingerprint, parts, prepared_by, prepared_at)"
            " VALUES (1, 2016, 'f', '{}', 'Anna', TIMESTAMP '2017-02-01')"
        )
    for name, contents in {
        "pseudonym.key": KEY,
        "ledger.jsonl": '{"number": 1}\n',
        "out/2016/settlement.csv": "project;entitlement\n",
        "out/2016/letters/JF-187.html": "Kære kommune – æøå",
        "prefect/prefect.db": "history",
        "spill/part": "rows",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(contents, encoding="utf-8")
    (home / "pseudonym.key").chmod(0o600)
    return home


def backed_up(home: Path, *, with_key: bool = False) -> Path:
    file = home.parent / "backup.tar.gz"
    write_backup(home, file, NOW, with_key=with_key, wait_seconds=0)
    return file


def contents_of(home: Path) -> dict[str, bytes]:
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def without(contents: dict[str, bytes], *starts: str) -> dict[str, bytes]:
    return {name: held for name, held in contents.items() if not name.startswith(starts)}


@pytest.mark.parametrize("with_key", [False, True])
def test_it_comes_back_as_it_was(home: Path, with_key: bool) -> None:
    restored = home.parent / "new" / "home"
    made = restore_backup(backed_up(home, with_key=with_key), restored)

    left_out = ("prefect/", "spill/", "jobfirst.lock", *(() if with_key else ("pseudonym.key",)))
    assert contents_of(restored) == without(contents_of(home), *left_out)
    assert made.has_key is with_key
    assert made.files == len(contents_of(restored))
    with open_warehouse(restored) as connection:
        assert connection.execute("SELECT prepared_by FROM core_drafts").fetchall() == [("Anna",)]


def test_the_key_is_in_it_only_when_asked_for_and_comes_back_as_secret(home: Path) -> None:
    assert KEY.encode() not in gzip.decompress(backed_up(home).read_bytes())
    (home.parent / "backup.tar.gz").unlink()
    restore_backup(backed_up(home, with_key=True), home.parent / "restored")
    assert stat.S_IMODE((home.parent / "restored" / "pseudonym.key").stat().st_mode) == 0o600


def test_it_is_read_by_its_owner_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        file = backed_up(home)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_run_that_works_is_waited_for(home: Path) -> None:
    file = home.parent / "backup.tar.gz"
    with hold_lock(home, "settle 2016", NOW):
        waiting = threading.Thread(
            target=write_backup, args=(home, file, NOW), kwargs={"with_key": False, "wait_seconds": 600}
        )
        waiting.start()
        (home / "out" / "2016" / "settlement.csv").write_text("written by the run that works")
        assert not file.exists()
    waiting.join()
    restore_backup(file, home.parent / "restored")
    assert (home.parent / "restored/out/2016/settlement.csv").read_text() == "written by the run that works"


def test_a_run_that_works_too_long_is_named(home: Path) -> None:
    with hold_lock(home, "settle 2016", NOW), pytest.raises(HomeHeld, match="settle 2016"):
        backed_up(home)
    assert list(home.parent.glob("backup*")) == []


def test_a_full_disk_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    with pytest.raises(OSError, match="No space"):
        backed_up(home)
    assert list(home.parent.glob("backup*")) == []


def test_a_full_disk_is_told_with_the_file_that_was_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, restored = backed_up(home), home.parent / "restored"

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfileobj", full)
        with pytest.raises(OSError, match=r"No space.*ledger\.jsonl"):
            restore_backup(file, restored)
    with monkeypatch.context() as patch:
        patch.setattr(tarfile.TarFile, "addfile", full)
        with pytest.raises(OSError, match=r"No space.*other\.tar\.gz"):
            write_backup(home, home.parent / "other.tar.gz", NOW, with_key=False, wait_seconds=0)
    assert sorted(path.name for path in home.parent.iterdir()) == ["backup.tar.gz", "home"]


def changed(file: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> None:
    """Write a backup again with some of its members changed."""
    with tarfile.open(file) as archive:
        members = [(one, (archive.extractfile(one) or io.BytesIO()).read()) for one in archive]
    change(members)
    with tarfile.open(file, "w:gz") as archive:
        for one, held in members:
            one.size = len(held)
            archive.addfile(one, io.BytesIO(held))


def _another_letter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    place = next(n for n, (one, _) in enumerate(members) if one.name.endswith("JF-187.html"))
    members[place] = (members[place][0], b"Kaere kommune")


def _one_fewer(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.pop()


def _one_more(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.append((tarfile.TarInfo("home/more"), b"more"))


def _elsewhere(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    listed = json.loads(members[0][1])
    listed["files"]["../outside"] = listed["files"].pop("ledger.jsonl")
    members[0] = (members[0][0], json.dumps(listed).encode())
    for one, _ in members:
        if one.name == "home/ledger.jsonl":
            one.name = "home/../outside"


def _no_list(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    members.pop(0)


@pytest.mark.parametrize("change", [_another_letter, _one_fewer, _one_more, _elsewhere, _no_list])
def test_a_changed_backup_is_refused_and_nothing_is_restored(
    home: Path, change: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]
) -> None:
    file = backed_up(home)
    changed(file, change)
    there = sorted(home.parent.iterdir())
    with pytest.raises(InputError, match="no whole backup"):
        restore_backup(file, home.parent / "restored")
    assert sorted(home.parent.iterdir()) == there


@pytest.mark.parametrize(("share", "behind"), [(0, b""), (0.5, b""), (0.99, b""), (0.9999, b""), (0.5, b"\xff" * 200)])
def test_a_backup_that_is_cut_or_scribbled_over_is_refused(home: Path, share: float, behind: bytes) -> None:
    file = backed_up(home)
    held = file.read_bytes()
    cut = held[: int(len(held) * share)] + behind
    file.write_bytes(cut + held[len(cut) :] if behind else cut)
    with pytest.raises(InputError, match="no whole backup"):
        restore_backup(file, home.parent / "restored")
    assert not (home.parent / "restored").exists()


def test_nothing_is_overwritten(home: Path) -> None:
    file = backed_up(home)
    with pytest.raises(InputError, match="there already"):
        backed_up(home)
    with pytest.raises(InputError, match="not empty"):
        restore_backup(file, home)
    with pytest.raises(InputError, match="lies in the home"):
        write_backup(home, home / "out" / "backup.tar.gz", NOW, with_key=False, wait_seconds=0)


@pytest.mark.parametrize("link", ["out/2017", "out/2016/letters/JF-188.html", "approvers"])
def test_a_link_is_refused_and_not_left_out(home: Path, link: str) -> None:
    (home / link).symlink_to(home.parent / "elsewhere" if link == "approvers" else home / "out" / "2016")
    with pytest.raises(InputError, match=f"{link} is a link, and a backup holds none"):
        backed_up(home)
    assert list(home.parent.glob("*backup*")) == []


def test_a_folder_that_cannot_be_read_is_not_left_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(path: Any) -> Any:
        if isinstance(path, str) and Path(path) == home / "out" / "2016" / "letters":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refusing)
        with pytest.raises(PermissionError, match="letters"):
            backed_up(home)


def test_two_names_of_one_file_come_back_as_two_files(home: Path) -> None:
    (home / "out" / "2016" / "again.csv").hardlink_to(home / "out" / "2016" / "settlement.csv")
    restored = home.parent / "restored"
    restore_backup(backed_up(home), restored)
    assert (restored / "out/2016/again.csv").read_text() == "project;entitlement\n"
    assert (restored / "out/2016/settlement.csv").read_text() == "project;entitlement\n"


@pytest.mark.parametrize("contents", ["", "another, longer text than the one that was listed"])
def test_what_changes_while_it_is_copied_is_no_backup(
    home: Path, contents: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = tarfile.TarFile.add

    def late(archive: tarfile.TarFile, name: Any, *given: Any, **named: Any) -> None:
        if Path(name).name == "settlement.csv":
            Path(name).write_text(contents, encoding="utf-8")
        add(archive, name, *given, **named)

    monkeypatch.setattr(tarfile.TarFile, "add", late)
    with pytest.raises(BusinessRefusal, match=r"settlement\.csv changed while it was copied"):
        backed_up(home)
    assert list(home.parent.glob("*backup*")) == []


def test_a_file_that_becomes_shorter_while_it_is_read_is_no_backup(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addfile = tarfile.TarFile.addfile

    def late(archive: tarfile.TarFile, member: tarfile.TarInfo, held: Any = None) -> None:
        if member.name.endswith("settlement.csv"):
            os.truncate(home / "out" / "2016" / "settlement.csv", 3)
        addfile(archive, member, held)

    monkeypatch.setattr(tarfile.TarFile, "addfile", late)
    with pytest.raises(BusinessRefusal, match=r"settlement\.csv changed while it was copied"):
        backed_up(home)


def test_it_comes_back_to_where_a_link_leads(home: Path) -> None:
    (home.parent / "disk").mkdir()
    (home.parent / "link").symlink_to(home.parent / "disk")
    restore_backup(backed_up(home), home.parent / "link")
    assert (home.parent / "disk" / "ledger.jsonl").read_bytes() == (home / "ledger.jsonl").read_bytes()
    assert (home.parent / "link").is_symlink()


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tasks.backup import archive

archive.sync_file = lambda _: os.kill(os.getpid(), signal.SIGKILL)
archive.write_backup(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC), with_key=True, wait_seconds=0)
"""


def killed_backup(home: Path, file: Path) -> Path:
    """Kill a backup before its file is whole; give what it left."""
    there = set(home.parent.iterdir())
    dead = subprocess.run([sys.executable, "-c", KILLED, str(home), str(file)], cwd=PROJECT, check=False)
    assert dead.returncode == -signal.SIGKILL
    (left,) = set(home.parent.iterdir()) - there
    return left


@pytest.mark.parametrize("name", ["backup.tar.gz", "yesterday.tar.gz"])
def test_what_a_killed_backup_left_is_gone_after_the_next(home: Path, name: str) -> None:
    there = sorted(home.parent.iterdir())
    left = killed_backup(home, home.parent / name)
    assert stat.S_IMODE(left.stat().st_mode) == 0o700

    file = backed_up(home)
    assert sorted(home.parent.iterdir()) == sorted([*there, file])


def test_two_homes_do_not_share_a_file(home: Path) -> None:
    other = home.parent / "other"
    other.mkdir()
    file = home.parent / "backup.tar.gz"
    left = killed_backup(home, file)
    with hold_lock(left, "backing-up", NOW), pytest.raises(HomeHeld, match=r"\(backing-up\)"):
        write_backup(other, file, NOW, with_key=False, wait_seconds=0)
    with hold_lock(left, "backing-up", NOW):
        write_backup(other, home.parent / "other.tar.gz", NOW, with_key=False, wait_seconds=0)
        assert left.is_dir()
    assert not file.exists()


def test_another_backup_may_end_while_what_was_left_is_looked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = home.parent / ".other.tar.gz.backing-up"
    glob = Path.glob

    def ending(folder: Path, pattern: str) -> list[Path]:
        found = list(glob(folder, pattern))
        shutil.rmtree(other)
        return found

    with hold_lock(other, "backing-up", NOW):
        monkeypatch.setattr(Path, "glob", ending)
        assert backed_up(home).exists()


def test_nothing_is_written_into_what_another_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, restored = backed_up(home), home.parent / "restored"
    for name in (".restored.restoring", ".new.backing-up"):
        (home.parent / name).mkdir(mode=0o777)
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid + 1)
    with pytest.raises(InputError, match="another user's"):
        restore_backup(file, restored)
    with pytest.raises(InputError, match="another user's"):
        write_backup(home, home.parent / "new", NOW, with_key=True, wait_seconds=0)
    monkeypatch.undo()
    (home.parent / ".new.backing-up").rmdir()
    (home.parent / ".new.backing-up").symlink_to(restored)
    restored.mkdir()
    with pytest.raises(InputError, match="another user's"):
        write_backup(home, home.parent / "new", NOW, with_key=True, wait_seconds=0)
    assert list(restored.iterdir()) == []


def test_what_is_not_left_by_a_killed_call_stays(home: Path) -> None:
    file = backed_up(home)
    for name in (".restored.restoring", ".new.backing-up"):
        (home.parent / name / "made").mkdir(parents=True)
        (home.parent / name / "made" / "mine.txt").write_text("the only copy")
    with pytest.raises(InputError, match="holds something else"):
        restore_backup(file, home.parent / "restored")
    with pytest.raises(InputError, match="holds something else"):
        write_backup(home, home.parent / "new", NOW, with_key=True, wait_seconds=0)
    assert len(list(home.parent.glob(".*/made/mine.txt"))) == 2


def test_a_lock_goes_last_so_that_what_a_kill_leaves_is_known(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, rmtree = {"jobfirst.lock", "jobfirst.lock.json"}, shutil.rmtree
    removed = []

    def remove(folder: Path, **given: Any) -> None:
        if folder.name.endswith(".backing-up"):
            removed.append({path.name for path in folder.iterdir()})
        rmtree(folder, **given)

    killed_backup(home, home.parent / "yesterday.tar.gz")
    monkeypatch.setattr(shutil, "rmtree", remove)
    backed_up(home)
    assert removed == [there, there]


DIES = """
import os, signal, sys
from pathlib import Path
from tasks.backup import archive

archive._read_to_the_end = lambda _: os.kill(os.getpid(), signal.SIGKILL)
archive.restore_backup(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_what_a_killed_restore_left_is_gone_after_the_next(home: Path) -> None:
    file, restored = backed_up(home), home.parent / "restored"
    there = sorted(home.parent.iterdir())
    dead = subprocess.run([sys.executable, "-c", DIES, str(file), str(restored)], cwd=PROJECT, check=False)
    assert dead.returncode == -signal.SIGKILL
    assert not restored.exists()
    (left,) = set(home.parent.iterdir()) - set(there)
    assert stat.S_IMODE(left.stat().st_mode) == 0o700

    restore_backup(file, restored)
    assert sorted(home.parent.iterdir()) == sorted([*there, restored])
    assert (restored / "ledger.jsonl").read_bytes() == (home / "ledger.jsonl").read_bytes()


def test_two_restores_to_one_home_do_not_mix(home: Path) -> None:
    file, restored = backed_up(home), home.parent / "restored"
    with hold_lock(home.parent / ".restored.restoring", "restore", NOW), pytest.raises(HomeHeld, match=r"\(restore\)"):
        restore_backup(file, restored)
    assert not restored.exists()


def test_a_restore_does_not_wait_for_another_whose_folder_goes_with_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, restored = backed_up(home), home.parent / "restored"
    aside = home.parent / ".restored.restoring"
    acquire = FileLock.acquire

    def ends_meanwhile(lock: FileLock, timeout: float) -> Any:
        if timeout:
            shutil.rmtree(aside)
        return acquire(lock, timeout)

    with hold_lock(aside, "restoring", NOW):
        monkeypatch.setattr(FileLock, "acquire", ends_meanwhile)
        with pytest.raises(HomeHeld, match=r"\(restoring\)"):
            restore_backup(file, restored)


def test_the_list_is_the_first_member(home: Path) -> None:
    with tarfile.open(backed_up(home)) as archive:
        first = archive.next()
        assert first is not None
        assert first.name == LIST_NAME


def test_the_commands_tell_what_was_done(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, restored = home.parent / "b.tar.gz", home.parent / "restored æ"

    assert command(["backup", str(file), "--home", str(home), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["file"], told["has_key"]) == (str(file), False)

    assert command(["restore", str(file), "--home", str(restored)]) == 0
    text = capsys.readouterr().out
    assert "Its key is not in it" in text
    assert f"Next: jobfirst ledger verify --home '{restored}'" in text


@pytest.mark.parametrize("arguments", [["backup", "b.tar.gz", "--home", "none"], ["restore", "none"]])
def test_what_is_not_there_is_named(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(arguments) == 2
    assert "none" in capsys.readouterr().err

"""What the commands write: nothing holds the key of the pseudonyms, and nobody beyond the owner's group can read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tasks.intake.key import KEY_VARIABLE, PseudonymKey
from tests.support.plain_command import ANY_DRAFT, command
from tests.support.portfolio import Portfolio

KEY = "the key that no file may hold, however it is written"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of a settlement that was released."""
    made = Portfolio(tmp_path_factory.mktemp("portfolio"))
    delivery = made.project("JF-1", municipalities=("101",)).delivery("2016-12-31")
    delivery.completed(12, "2016-03-26", "2016-10-31")
    delivery.write(made.inbox)
    made.write_register()
    home = made.folder / "home"
    folders = ("--register", made.register, "--inbox", made.inbox, "--home", home)
    environment = {**os.environ, KEY_VARIABLE: KEY, "JOBFIRST_PREPARED_BY": "Anna"}
    for done in (
        command("2018-02-15T12:00", "settle", "2016", *folders, environment=environment),
        command(
            "2018-02-16T12:00",
            "release",
            "2016",
            "--draft",
            ANY_DRAFT,
            "--approved-by",
            "Bo",
            "--accept",
            "H03",
            "--reason",
            "En prøve på én maskine.",
            *folders,
            environment=environment,
        ),
    ):
        assert done.returncode == 0, done.stderr
        assert KEY not in done.stdout + done.stderr
    return home


def files(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_the_key_is_in_none(written: Path) -> None:
    key = PseudonymKey.of(KEY.encode())
    forms = [form for secret in (KEY.encode(), key.inner, key.outer) for form in (secret, secret.hex().encode())]
    assert len(files(written)) > 10
    for path in files(written):
        contents = path.read_bytes()
        assert not [form for form in forms if form in contents], path


def test_none_is_for_everybody(written: Path) -> None:
    open_to_all = [path for path in written.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o027]
    assert open_to_all == []

"""How what serves ends where it can't begin: one sentence on standard error, and the exit status of the commands."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

from flows.server import automations, named, schedules, serve
from flows.server.running import served_lock
from tasks.base.errors import InternalFailure

NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture(autouse=True)
def _of_no_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    for name in ("JOBFIRST_REGISTER", "JOBFIRST_INBOX", "JOBFIRST_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "operator"))
    monkeypatch.setattr("flows.server.serve.signal.signal", lambda *_: None)
    monkeypatch.setattr("flows.server.serve.answers", lambda _: False)


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    for name in ("register", "inbox"):
        (tmp_path / name).mkdir()
    return [part for name in ("register", "inbox", "home") for part in (f"--{name}", str(tmp_path / name))]


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """Give what was said, which is one line."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "serve: No register is named: use --register DIR or set JOBFIRST_REGISTER."),
        (["--port", "x"], "serve: argument --port: 'x' is no port: name a number from 0 to 65535; see jobfirst-serve"),
        (["--port", "99999"], "serve: argument --port: '99999' is no port"),
        (["--home", ""], "serve: argument --home: the name is empty"),
        (["--register", "r", "--inbox", "i", "--home", "i/home"], "serve: The home i/home lies in the inbox i, where"),
        (["later"], "serve: unrecognized arguments: later; see jobfirst-serve --help."),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main(arguments) == 2
    assert told(capsys).startswith(sentence)


def test_a_port_that_another_program_has_is_named(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main([*folders, "--port", str(port)]) == 2
    assert told(capsys) == (
        f"serve: Port {port} of 127.0.0.1 can't be listened on ({os.strerror(errno.EADDRINUSE)}): choose another "
        "--port."
    )


def test_a_home_that_the_system_refuses_is_a_failure(
    folders: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(database: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(database))

    monkeypatch.setattr(serve, "create_database", full)
    assert serve.main([*folders, "--port", "0"]) == 3
    line = told(capsys)
    assert line.startswith(f"serve: the system failed: {os.strerror(errno.ENOSPC)} (")
    assert line.endswith("; solve that and run again.")


def test_a_home_that_it_makes_is_nobody_elses(
    folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(database: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(database))

    monkeypatch.setattr(serve, "create_database", full)
    before = os.umask(0)
    try:
        serve.main([*folders, "--port", "0"])
    finally:
        os.umask(before)
    assert (tmp_path / "home").stat().st_mode & 0o027 == 0


def test_a_part_that_fails_says_why_above(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InternalFailure, match=r"^flows\.nowhere failed: what it says above tells why\.$"):
        serve._run({}, "flows.nowhere")
    assert "No module named flows.nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("main", [lambda: automations.main([]), schedules.main])
def test_without_a_server_nothing_is_brought(
    main: Callable[[], int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect would start a server of its own, and what was brought to it would be gone with it."""
    assert main() == 2
    assert "No Prefect server is named: set PREFECT_API_URL, such as http://127.0.0.1:4200/api." in told(capsys)

    def nobody(**_: Any) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(named, "get_client", nobody)
    monkeypatch.setenv("PREFECT_API_URL", NOBODY)
    assert main() == 2
    assert f"No Prefect server answers at {NOBODY}: start it, or name another by PREFECT_API_URL." in told(capsys)
    monkeypatch.setenv("PREFECT_API_URL", "prefect.example")
    assert main() == 2
    assert "PREFECT_API_URL is prefect.example, and that is no address" in told(capsys)


def test_an_unknown_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert automations.main(["--webhook", "x"]) == 2
    assert told(capsys).startswith("automations: unrecognized arguments: --webhook x; see python -m")


def test_the_pages_of_other_sites_may_not_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PREFECT_SERVER_CORS_ALLOWED_ORIGINS", raising=False)
    settings = serve._settings(tmp_path, 4271)
    assert settings["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4271,http://localhost:4271"
    monkeypatch.setenv("PREFECT_SERVER_CORS_ALLOWED_ORIGINS", "https://prefect.example")
    assert serve._settings(tmp_path, 4271)["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "https://prefect.example"


def test_the_database_is_in_the_home_unless_another_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PREFECT_HOME", raising=False)
    home = tmp_path / "100%20 #1"
    named = make_url(serve._settings(home, 4271)["PREFECT_SERVER_DATABASE_CONNECTION_URL"])
    assert named.database == str(home / "prefect.db")
    for name in ("PREFECT_SERVER_DATABASE_HOST", "PREFECT_HOME"):
        monkeypatch.setenv(name, "elsewhere")
        assert "PREFECT_SERVER_DATABASE_CONNECTION_URL" not in serve._settings(home, 4271)
        monkeypatch.delenv(name)


def test_two_do_not_serve_on_one_home(
    folders: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "star:secret")
    monkeypatch.setattr(serve, "create_database", lambda _: True)
    (tmp_path / "home" / "prefect").mkdir(parents=True)
    with served_lock(tmp_path / "home" / "prefect"):
        assert serve.main([*folders, "--port", "0"]) == 2
    assert told(capsys) == f"serve: Another jobfirst-serve serves on {tmp_path / 'home'}: end it first."


@pytest.mark.parametrize(("secret", "says"), [(None, True), ("", True), ("star:secret", False)])
def test_where_no_secret_keeps_others_out_it_says_so(
    secret: str | None,
    says: bool,
    folders: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PREFECT_SERVER_API_AUTH_STRING", raising=False)
    if secret is not None:
        monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", secret)
    monkeypatch.setattr(serve, "create_database", lambda _: True)
    monkeypatch.setattr(serve, "WAIT_SECONDS", 0)
    (tmp_path / "home" / "prefect").mkdir(parents=True)
    with served_lock(tmp_path / "home" / "prefect"):
        assert serve.main([*folders, "--port", "0"]) == 2
    assert ("whoever has an account on this machine" in capsys.readouterr().err) is says


def test_all_parts_know_the_servers_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PREFECT_SERVER_API_AUTH_STRING", raising=False)
    assert "PREFECT_API_AUTH_STRING" not in serve._settings(tmp_path, 4271)
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "star:secret")
    assert serve._settings(tmp_path, 4271)["PREFECT_API_AUTH_STRING"] == "star:secret"

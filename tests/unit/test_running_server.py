"""Which Prefect server a command uses, when one is running already."""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.server import running
from flows.server.running import SERVED_LOCK, running_server, served_lock
from tasks.base.errors import InputError

NOBODY = "http://127.0.0.1:9/api"


@pytest.fixture(autouse=True)
def _no_prefect_of_the_operator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "operator"))


@pytest.fixture
def api() -> Iterator[str]:
    class Healthy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.headers.get("Authorization", "Basic c3Rhcjpzw6Zy") == "Basic c3Rhcjpzw6Zy"
            found = {"/api/health": 200, "/api/admin/version": 200 if is_known else 401}
            self.send_response(found.get(self.path, 404))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Healthy)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def of_another_protocol() -> Iterator[str]:
    """Give an address where something answers that is no HTTP, as SSH does."""

    def answer() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                caller.recv(65_536)
                caller.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def _profile(tmp_path: Path, url: str) -> None:
    (tmp_path / "operator").mkdir()
    (tmp_path / "operator" / "profiles.toml").write_text(
        f'active = "local"\n[profiles.local]\nPREFECT_API_URL = "{url}"\n'
    )


def test_no_server_runs(tmp_path: Path) -> None:
    assert running_server(tmp_path) is None


def test_the_environment_comes_first(tmp_path: Path, api: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", api)
    assert running_server(tmp_path) == {"PREFECT_API_URL": api}


def test_an_environment_that_names_nobody_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", NOBODY)
    with pytest.raises(InputError, match="no Prefect server answers there"):
        running_server(tmp_path)


def test_what_speaks_another_protocol_is_no_server(
    tmp_path: Path, of_another_protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _profile(tmp_path, of_another_protocol)
    assert running_server(tmp_path) is None
    monkeypatch.setenv("PREFECT_API_URL", of_another_protocol)
    with pytest.raises(InputError, match="no Prefect server answers there"):
        running_server(tmp_path)
    monkeypatch.setattr(running, "_is_local", lambda _: False)
    assert running_server(tmp_path) == {"PREFECT_API_URL": of_another_protocol}


@pytest.mark.parametrize(
    "url",
    ["garbage", "127.0.0.1:4200/api", "ftp://prefect.example", "http://", "http://a:b/api", "http://[", "http://a b"],
)
def test_an_environment_that_names_no_address_is_an_error(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", url)
    with pytest.raises(InputError, match="that is no address: write it as http"):
        running_server(tmp_path)


def test_a_wrong_authentication_string_is_told_as_that(
    tmp_path: Path, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", api)
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "star:sær")
    assert running_server(tmp_path) == {"PREFECT_API_URL": api}
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "star:hemmelig")
    with pytest.raises(InputError, match="PREFECT_API_AUTH_STRING is another than the server's") as refused:
        running_server(tmp_path)
    assert "hemmelig" not in str(refused.value)


@pytest.mark.parametrize("name", ["PREFECT_API_AUTH_STRING", "PREFECT_LOGGING_LEVEL", "JOBFIRST_OUT_URL"])
def test_a_setting_that_is_no_text_is_told(
    tmp_path: Path, api: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", api)
    monkeypatch.setenv(name, os.fsdecode(b"star:s\xe6r"))
    for asked in (lambda: running_server(tmp_path), running.named_url):
        with pytest.raises(InputError, match=rf"^{name} holds bytes that are no text \(UTF-8\): set it again") as told:
            asked()
        assert "star" not in str(told.value)


def test_the_server_of_this_home_is_used_while_it_answers(tmp_path: Path, api: str) -> None:
    served = tmp_path / "prefect" / "served.url"
    served.parent.mkdir()
    served.write_text(api)
    assert running_server(tmp_path) == {"PREFECT_API_URL": api, "PREFECT_HOME": str(served.parent)}
    served.write_text(NOBODY)
    assert running_server(tmp_path) is None


def test_a_server_that_ends_while_a_command_asks_is_none(
    tmp_path: Path, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What serves takes its address away at its end, at any moment of the question."""
    served = tmp_path / "prefect" / "served.url"
    served.parent.mkdir()
    served.write_text(api)

    def ends(_: Path) -> bool:
        served.unlink()
        return False

    monkeypatch.setattr(running, "_was_killed", ends)
    assert running_server(tmp_path) == {"PREFECT_API_URL": api, "PREFECT_HOME": str(served.parent)}
    assert running_server(tmp_path) is None


def test_a_server_at_the_address_of_one_that_was_killed_is_not_this_homes(tmp_path: Path, api: str) -> None:
    served = tmp_path / "prefect" / "served.url"
    served.parent.mkdir()
    served.write_text(api)
    with served_lock(served.parent):
        assert running_server(tmp_path) == {"PREFECT_API_URL": api, "PREFECT_HOME": str(served.parent)}
    assert running_server(tmp_path) is None


def test_commands_that_ask_at_once_do_not_take_each_other_for_the_server(tmp_path: Path, api: str) -> None:
    served = tmp_path / "prefect" / "served.url"
    served.parent.mkdir()
    served.write_text(api)
    lock = served.with_name(SERVED_LOCK)
    lock.touch(mode=0o440)
    with lock.open("rb") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)
        assert running_server(tmp_path) is None


def test_a_profile_is_used_for_a_server_of_this_machine_that_answers(tmp_path: Path, api: str) -> None:
    _profile(tmp_path, api)
    assert running_server(tmp_path) == {"PREFECT_API_URL": api}


@pytest.mark.parametrize("url", [NOBODY, "https://api.prefect.cloud/api/accounts/1/workspaces/2"])
def test_a_profile_of_a_dead_or_distant_server_is_not(tmp_path: Path, url: str) -> None:
    _profile(tmp_path, url)
    assert running_server(tmp_path) is None


def test_an_unreadable_profile_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "operator").mkdir()
    (tmp_path / "operator" / "profiles.toml").write_text("active = ")
    with pytest.raises(InputError, match="not readable as TOML"):
        running_server(tmp_path)

"""Find a Prefect server that is already running."""

from __future__ import annotations

import fcntl
import os
import re
import tomllib
import urllib.error
import urllib.request
from base64 import b64encode
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock

from tasks.base.durable import FILE_MODE
from tasks.base.errors import InputError
from tasks.base.lines import is_text

ANSWER_SECONDS = 2.0
SERVED_URL = "served.url"
SERVED_LOCK = "served.lock"
"""Beside the address: `make serve` holds it as long as it lives."""
_OF_RUNS = frozenset({"JOBFIRST_OUT_URL", "JOBFIRST_WEBHOOK_URL", "XDG_CACHE_HOME"})
_BLANK = re.compile(r"\s")
_NO_ANSWER = (OSError, ValueError, HTTPException)
"""What an address raises where no server listens, or one of another protocol does."""


def running_server(home: Path) -> dict[str, str] | None:
    """Give the Prefect settings that reach a running server, or None.

    It looks, in this order, for `PREFECT_API_URL`; the server that `make serve` runs on this home; a server on this
    machine that the active Prefect profile names.

    Raises InputError when a setting is no text, `PREFECT_API_URL` is no address or names a server of this machine that
    does not answer, the server does not take the authentication string, or the profile is unreadable.
    """
    require_text()
    if url := os.environ.get("PREFECT_API_URL", ""):
        _require_address(url)
        if _is_local(url) and not answers(url):
            raise InputError(
                f"PREFECT_API_URL is {url}, but no Prefect server answers there: start it, or unset the variable."
            )
        _require_accepted(url)
        return {"PREFECT_API_URL": url}
    prefect_home = home.resolve() / "prefect"
    served = _served_url(prefect_home)
    if served and answers(served):
        _require_accepted(served)
        return {"PREFECT_API_URL": served, "PREFECT_HOME": str(prefect_home)}
    named = _profile_url()
    if named and _is_local(named) and answers(named):
        return {"PREFECT_API_URL": named}
    return None


def require_text() -> None:
    """Raise InputError for a setting of Prefect, or of what it runs, that holds bytes which are no text."""
    for name, value in os.environ.items():
        if (name.startswith("PREFECT_") or name in _OF_RUNS) and not is_text(value):
            raise InputError(f"{name} holds bytes that are no text (UTF-8): set it again, or unset it.")


def served_lock(prefect_home: Path) -> FileLock:
    """Give the lock of what serves on a home."""
    return FileLock(prefect_home / SERVED_LOCK, mode=FILE_MODE, thread_local=False, fallback_to_soft=False)


def _served_url(prefect_home: Path) -> str | None:
    """Give the address that `make serve` left; None where nothing serves, also where it ends just now."""
    try:
        url = (prefect_home / SERVED_URL).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return None if _was_killed(prefect_home / SERVED_LOCK) else url


def _was_killed(lock: Path) -> bool:
    """Return whether nobody holds the lock any more: whoever answers at the address now is another's server.

    It is shared, so that two commands that ask at once do not take each other for what serves.
    """
    with suppress(FileNotFoundError, BlockingIOError), lock.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return True
    return False


def named_url() -> str:
    """Give the address of the server that `PREFECT_API_URL`, or else the active Prefect profile, names.

    Raises InputError when none is named, a setting is no text, the address is none, the server does not take the
    authentication string, or the profile is unreadable.
    """
    require_text()
    url = os.environ.get("PREFECT_API_URL") or _profile_url()
    if not url:
        raise InputError("No Prefect server is named: set PREFECT_API_URL, such as http://127.0.0.1:4200/api.")
    _require_address(url)
    _require_accepted(url)
    return url


def answers(url: str) -> bool:
    """Return whether a Prefect API answers at `url`."""
    try:
        # The address is the operator's own setting.
        with urllib.request.urlopen(f"{url}/health", timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - see above
            return bool(answer.status == 200)
    except _NO_ANSWER:
        return False


def _require_accepted(url: str) -> None:
    """Ask the server for something that it gives only to those it knows. Raises InputError where it refuses."""
    told = os.environ.get("PREFECT_API_AUTH_STRING", "")
    headers = {"Authorization": f"Basic {b64encode(told.encode()).decode()}"} if told else {}
    if os.environ.get("PREFECT_API_KEY"):
        return
    try:
        # The address is the operator's own setting.
        asked = urllib.request.Request(f"{url}/admin/version", headers=headers)  # noqa: S310 - see above
        with urllib.request.urlopen(asked, timeout=ANSWER_SECONDS):  # noqa: S310 - see above
            return
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            is_told = "is another than the server's" if told else "is not set, and the server asks for it"
            raise InputError(
                f"The Prefect server at {url} refuses this command: PREFECT_API_AUTH_STRING {is_told}. Set it to the "
                "server's PREFECT_SERVER_API_AUTH_STRING."
            ) from None
    except _NO_ANSWER:
        # A server that is slow, or far: Prefect itself waits for it, and reports it.
        return


def _require_address(url: str) -> None:
    if not _is_address(url):
        raise InputError(
            f"PREFECT_API_URL is {url}, and that is no address: write it as http://127.0.0.1:4200/api, or unset "
            "the variable."
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not _BLANK.search(url)
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def _profile_url() -> str | None:
    prefect_home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    path = Path(os.environ.get("PREFECT_PROFILES_PATH", prefect_home / "profiles.toml"))
    if not path.exists():
        return None
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not readable as TOML: {error}.") from error
    active = os.environ.get("PREFECT_PROFILE", content.get("active", ""))
    url = content.get("profiles", {}).get(active, {}).get("PREFECT_API_URL")
    return str(url) if url else None

"""Find a Prefect server that is already running."""

from __future__ import annotations

import os
import tomllib
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from tasks.base.errors import InputError

ANSWER_SECONDS = 2.0
SERVED_URL = "served.url"


def running_server(home: Path) -> dict[str, str] | None:
    """Give the Prefect settings that reach a running server, or None.

    Looked for are, in this order: `PREFECT_API_URL`; the server that `make serve` runs on this home; a server
    on this machine that the active Prefect profile names.

    Raises InputError when `PREFECT_API_URL` names a server of this machine that does not answer, or the
    profile is unreadable.
    """
    if url := os.environ.get("PREFECT_API_URL", ""):
        if _is_local(url) and not answers(url):
            raise InputError(
                f"PREFECT_API_URL is {url}, but no Prefect server answers there: start it, or unset the variable."
            )
        return {"PREFECT_API_URL": url}
    served = home.resolve() / "prefect" / SERVED_URL
    if served.exists() and answers(url := served.read_text(encoding="utf-8").strip()):
        return {"PREFECT_API_URL": url, "PREFECT_HOME": str(served.parent)}
    named = _profile_url()
    if named and _is_local(named) and answers(named):
        return {"PREFECT_API_URL": named}
    return None


def answers(url: str) -> bool:
    """Tell whether a Prefect API answers at `url`."""
    try:
        # The address is the operator's own setting.
        with urllib.request.urlopen(f"{url}/health", timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - see above
            return bool(answer.status == 200)
    except (OSError, ValueError):
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

"""The page's log is no part of an answer: where it can't be written, everybody is answered as before."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from flows.web.door import Door, logged_path
from tasks.web.page import ASSETS


def test_a_log_on_a_full_disk_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answered: list[int] = []

    async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if "status" in message:
            answered.append(message["status"])

    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closing it writes once more, and fails
    monkeypatch.setattr(sys, "stderr", full)
    asyncio.run(Door(failing)({"type": "http", "path": "/", "headers": [], "method": "GET"}, receive, send))
    assert answered == [500]
    assert sys.stderr.name == os.devnull
    sys.stderr.close()
    with suppress(OSError):
        full.close()


@pytest.mark.parametrize("name", ASSETS)
def test_whatever_a_page_loads_is_logged_by_its_name(name: str) -> None:
    assert logged_path(f"/{name}") == f"/{name}"
    assert logged_path(f"/{name}x") == "/-"

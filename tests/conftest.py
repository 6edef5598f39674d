"""What every test shares: no test reads the operator's own settings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tasks.base.program import source_sha256


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGISTER", "INBOX", "HOME", "KEY", "MEMORY", "PREPARED_BY", "OUT_URL", "WEBHOOK_URL"):
        monkeypatch.delenv(f"JOBFIRST_{name}", raising=False)


@pytest.fixture
def one_program() -> Iterator[None]:
    """Have the program hashed anew, before and after a test that may change it: a process keeps the hash."""
    source_sha256.cache_clear()
    yield
    source_sha256.cache_clear()

"""What every test shares: no test reads the operator's own settings."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGISTER", "INBOX", "HOME", "KEY", "MEMORY", "PREPARED_BY", "OUT_URL", "WEBHOOK_URL"):
        monkeypatch.delenv(f"JOBFIRST_{name}", raising=False)

"""What every test shares: no test reads the operator's own settings, state or clock zone."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JOBFIRST_REGISTER", "JOBFIRST_INBOX", "JOBFIRST_HOME", "JOBFIRST_KEY", "JOBFIRST_PREPARED_BY"):
        monkeypatch.delenv(name, raising=False)

"""These tests call flows by a Prefect server; commands that they start find it by `PREFECT_API_URL`."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def _server(prefect_server: None) -> None:
    """Have it before any other fixture."""

"""These tests call flows by a Prefect server; commands that they start find it by `PREFECT_API_URL`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.prefect_server import prefect_server


@pytest.fixture(scope="package", autouse=True)
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have it before any other fixture, and no longer than for them: a server costs something though it is idle."""
    with prefect_server(tmp_path_factory.mktemp("prefect")):
        yield

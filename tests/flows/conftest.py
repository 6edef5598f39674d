"""One Prefect server for all tests of flows; commands started by them find it by `PREFECT_API_URL`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.server.api import prefect_api


@pytest.fixture(scope="session", autouse=True)
def _api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with prefect_api(tmp_path_factory.mktemp("prefect")):
        yield

"""The long form of a test takes its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.effort import IS_LONG

LONGEST_SECONDS = 3600


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of this folder more time, in their long form."""
    for item in items:
        if IS_LONG and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(LONGEST_SECONDS))

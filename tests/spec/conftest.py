"""Spec tests settle small portfolios without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.portfolio import Portfolio
from tests.support.releasing import Office
from tests.support.settling import call_tasks_plainly


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portfolio:
    """Give an empty portfolio."""
    call_tasks_plainly(monkeypatch)
    return Portfolio(tmp_path)


@pytest.fixture
def office(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give STAR's office over an empty portfolio."""
    return Office(portfolio, monkeypatch)

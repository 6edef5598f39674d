"""Spec tests settle small portfolios without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import settle
from tests.support.correcting import without_papers
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


@pytest.fixture
def no_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what `without_papers` leaves out."""
    without_papers(monkeypatch)


@pytest.fixture
def letters_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the annexes and pages of drafts: of their papers, only the letters are written."""
    for name in ("write_annex_files", "write_report", "write_validation_page"):
        monkeypatch.setattr(settle, name, lambda *_: None)

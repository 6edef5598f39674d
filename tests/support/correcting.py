"""Correcting what was released, at moments that the test names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from flows import release_writing, settle
from flows.backfill import Backfilled, backfill_years
from tasks.backfill.plan import years_from
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE, Run
from tasks.register import inputs
from tasks.rules.model import RULES_FILE, load_rules
from tasks.warehouse.connection import open_warehouse
from tests.support.releasing import ANNA, JF, OTHER, Office, deliver


def without_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the letters, annexes and pages of drafts and releases: what is computed and posted is the same."""
    for name, given in (
        ("write_draft_letters", []),
        ("write_annex_files", None),
        ("write_report", None),
        ("write_validation_page", None),
    ):
        monkeypatch.setattr(settle, name, lambda *_, given=given: given)
    for name, given in (("write_final_letters", []), ("write_annex_files", None), ("reconcile_before_posting", None)):
        monkeypatch.setattr(release_writing, name, lambda *_, given=given: given)


def draft_repayment(office: Office, settled: str, released: str, corrected: str) -> None:
    """Release 2016 of two projects, and draft that one of them pays half of it back."""
    jf = office.portfolio.project(JF)
    deliver(office.inbox, jf, starts=2)
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1)
    office.settle(2016, now=settled)
    office.release(2016, now=released)
    deliver(office.inbox, jf, starts=1, as_of="2017-01-31")
    backfill(office, 2016, 2016, corrected)


def backfill(
    office: Office,
    from_year: int,
    to_year: int,
    now: str,
    *,
    projects: Sequence[str] | None = None,
    reason: str = "",
    known_at: str | None = None,
    told: list[str] | None = None,
) -> Backfilled:
    """Backfill years; what is announced is added to `told`."""
    office.monkeypatch.setenv(PREPARED_BY_VARIABLE, ANNA)
    run = Run(
        to_year,
        office.portfolio.register,
        office.inbox,
        office.home,
        Moment.parse(now),
        Moment.parse(known_at) if known_at else None,
        against_ledger_of_now=True,
        projects=tuple(projects) if projects else None,
    )
    announced = [] if told is None else told
    office.home.mkdir(exist_ok=True)
    with open_warehouse(office.home) as connection:
        years = years_from(from_year, to_year, load_rules())
        return backfill_years(connection, run, years, reason, Silence(), announced.append)


def causes(office: Office, year: int, project_id: str) -> list[tuple[str, Decimal]]:
    """Give the causes of the newest draft of a year: Danish text and amount."""
    with open_warehouse(office.home) as connection:
        return connection.execute(
            """
            SELECT c.text_da, c.amount_dkk
            FROM draft_causes AS c
            JOIN core_drafts AS d USING (draft_no)
            WHERE d.year = $year AND c.year = $year AND c.project_id = $project_id
              AND d.draft_no = (SELECT max(draft_no) FROM core_drafts WHERE year = $year)
            ORDER BY c.position
            """,
            {"year": year, "project_id": project_id},
        ).fetchall()


def drafted(office: Office) -> list[tuple[int, list[str] | None]]:
    """Give every draft's year and projects, in order."""
    with open_warehouse(office.home) as connection:
        return connection.execute("SELECT year, projects FROM core_drafts ORDER BY draft_no").fetchall()


def change_rules(monkeypatch: pytest.MonkeyPatch, folder: Path, *changes: tuple[str, str]) -> None:
    """Let the rules file say something else from now on; each change is (what stands there, what shall)."""
    text = inputs.RULES_FILE.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    folder.mkdir(exist_ok=True)
    path = folder / RULES_FILE.name
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(inputs, "RULES_FILE", path)

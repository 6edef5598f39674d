"""Books that do not balance stop a run, and it says where; what was held against what is kept with it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import flows.settle
import tasks.handover.payment_file
import tasks.handover.tables
import tasks.letters.render
from tasks.base.errors import InternalFailure
from tasks.warehouse.connection import open_warehouse
from tests.support.correcting import draft_repayment, without_papers
from tests.support.releasing import JF, OTHER, Office, deliver

WINTER, SPRING = "2017-02-15T08:00", "2017-03-15T08:00"


@pytest.fixture
def drafted(office: Office) -> Office:
    deliver(office.inbox, office.portfolio.project(JF), starts=2, wages="1.000")
    deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=1)
    office.settle(2016, now=WINTER)
    return office


def lose_a_posting(path: Path, entries: Any, recipients: Any) -> None:
    kept = [entry for entry in entries if (entry.project_id, entry.component) != (JF, "fixed")]
    tasks.handover.tables.write_postings(path, kept, recipients)


def misprint_the_letters(facts: Any, directory: Path, progress: Any) -> None:
    tasks.letters.render.render_letters(facts, directory, progress)
    for path in directory.glob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("13.000 kr.", "13.001 kr."), encoding="utf-8")


def pay_too_much(entries: Any, recipients: Any, payments: Any, payer_name: str) -> bytes:
    contents: bytes = RENDER(entries, recipients, payments, payer_name)
    return contents.replace(b"19000.00", b"91000.00").replace(b">13000.00", b">31000.00")


RENDER = tasks.handover.payment_file._render


@pytest.mark.parametrize(
    ("place", "wrong", "said"),
    [
        (
            "tasks.release.hand_over.write_postings",
            lose_a_posting,
            r"At JF-187 2016, settlement = posting basis does not hold: 13000.00 is not 12000.00 \(DKK\)",
        ),
        (
            "tasks.release.task.render_letters",
            misprint_the_letters,
            r"At JF-187 2016, settlement = letter does not hold: 13000.00 is not 13001.00 \(DKK\)",
        ),
        ("tasks.handover.payment_file._render", pay_too_much, "the payment file pays"),
    ],
)
def test_what_would_leave_is_held_against_the_settlement(
    drafted: Office, monkeypatch: pytest.MonkeyPatch, place: str, wrong: Callable[..., Any], said: str
) -> None:
    monkeypatch.setattr(place, wrong)
    with pytest.raises(InternalFailure, match=said):
        drafted.release(2016, now=SPRING)
    assert drafted.posted() == []
    assert not (drafted.out(2016) / "released").exists()


def test_a_claim_that_is_not_handed_over_stops_the_release(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vallensbæk owes 6 000 kr., and the list of repayments does not say so."""
    without_papers(monkeypatch)
    draft_repayment(office, WINTER, SPRING, "2017-05-01T08:00")
    before = office.posted()

    def list_nobody(path: Path, *_: object) -> None:
        path.write_text("payee_cvr,payee_name,amount,projects\n", encoding="utf-8")

    monkeypatch.setattr("tasks.release.hand_over._write_repayments", list_nobody)
    with pytest.raises(InternalFailure, match=r"entries = payments less repayments does not hold: -6000.00 is not 0"):
        office.release(2016, now="2017-05-10T08:00")
    assert office.posted() == before


def test_a_letter_that_can_not_be_made_stops_the_release(drafted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_one(facts: Any, directory: Path, progress: Any) -> None:
        tasks.letters.render.render_letters(facts[1:], directory, progress)
        raise InternalFailure("Letters could not be made: JF-187: LayoutError")

    monkeypatch.setattr("tasks.release.task.render_letters", without_one)
    with pytest.raises(InternalFailure, match="JF-187"):
        drafted.release(2016, now=SPRING)
    assert drafted.posted() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            "UPDATE core_row_counts SET received = received + 1 WHERE table_name = 'udgifter'",
            r"At JF-187 2016-12-31 udgifter, received = accepted \+ rejected does not hold: 2.00 is not 1.00 \(rows\)",
        ),
        (
            "UPDATE run.settlement SET activity_dkk = activity_dkk + 0.01 WHERE project_id = 'JF-187'",
            "At JF-187 2016, activity grant = citizens' amounts after the cap does not hold: 12000.01 is not 12000.00",
        ),
    ],
)
def test_a_settlement_is_held_against_its_rows_and_its_citizens(
    office: Office, monkeypatch: pytest.MonkeyPatch, wrong: str, said: str
) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=2, wages="1.000")
    judge = flows.settle.judge_projects

    def judge_and_tamper(connection: Any) -> None:
        judge(connection)
        connection.execute(wrong)

    monkeypatch.setattr(flows.settle, "judge_projects", judge_and_tamper)
    with pytest.raises(InternalFailure, match=said):
        office.settle(2016, now=WINTER)


def test_what_was_held_against_what_is_kept_with_the_run(drafted: Office) -> None:
    drafted.release(2016, now=SPRING)
    with open_warehouse(drafted.home) as connection:
        kept = connection.execute("FROM core_reconciliations ORDER BY ALL").fetchall()
    by_run = {run: [row for row in kept if row[0] == run] for run, *_ in kept}
    settled, released = (by_run[run] for run in sorted(by_run))
    assert len(settled) == 2 * 3 + 2, "three tables and one grant a project"
    assert [row[2:] for row in released if row[3].startswith(JF) and row[4] == "DKK"] == [
        ("activity grant = citizens' amounts after the cap", "JF-187 2016", "DKK", Decimal(12_000), Decimal(12_000)),
        ("entitlement = ledger with the entries", "JF-187 2016", "DKK", Decimal(13_000), Decimal(13_000)),
        ("settlement = entries", "JF-187 2016", "DKK", Decimal(13_000), Decimal(13_000)),
        ("settlement = letter", "JF-187 2016", "DKK", Decimal(13_000), Decimal(13_000)),
        ("settlement = posting basis", "JF-187 2016", "DKK", Decimal(13_000), Decimal(13_000)),
    ]

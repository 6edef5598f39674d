"""The tasks that show what a run did: on its page in Prefect, and in events that automations act on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from tasks.artifacts.lineage import lineage_key, lineage_text, ways_of
from tasks.artifacts.release import release_text
from tasks.artifacts.tables import forecast_table, plan_table, rejected_table, settlement_table
from tasks.artifacts.texts import beside_text, holds_text, refused_text
from tasks.backfill.plan import sums_as_text
from tasks.base.lines import amount, short
from tasks.forecast.text import backtest_sentence, forecast_sentence
from tasks.ledger.read import read_entries
from tasks.prefect_run.links import LETTERS, REPORT, VALIDATION, address, linked, linked_newest, linked_years
from tasks.prefect_run.page import raise_event, show_table, show_text
from tasks.prefect_run.step import step
from tasks.telemetry.measured import DELIVERIES, DKK, HOLDS, PROJECTS, ROWS, measure

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.artifacts.inbox import InboxSummary
    from tasks.backfill.plan import Plan
    from tasks.base.run import Run
    from tasks.draft.summary import Summary
    from tasks.forecast.forecast import Forecast
    from tasks.release.summary import Released


ZERO = Decimal("0.00")


@step("show the settlement")
def show_settlement(connection: duckdb.DuckDBPyConnection, run: Run, summary: Summary, forecast: Forecast) -> None:
    """Show a draft as it was kept, and what the programme may come to, and raise an event where it has holds."""
    which = f"{run.year}-as-known-at" if run.is_replay else f"{run.year}"
    draft = f"draft {short(summary.fingerprint)}"
    show_table(
        f"settlement-{which}",
        settlement_table(connection, run.year),
        _described(
            f"Settlement {run.year}, {draft}: payable {amount(summary.payable_dkk)} kr., "
            f"of which on hold {amount(summary.held_dkk)} kr.",
            run,
        ),
    )
    show_text(
        f"holds-{which}",
        holds_text(connection, run.year),
        _described(f"What holds the money of {run.year} back, and what each waits for, {draft}", run),
    )
    show_text(
        f"beside-holds-{which}",
        beside_text(summary),
        _described(f"What else {run.year} asks to be decided, {draft}", run),
    )
    show_table(
        f"rejected-rows-{which}",
        rejected_table(summary),
        _described(f"Rejected rows of {run.year} by rule: {sum(summary.rejected.values())}, {draft}", run),
    )
    told = f"{forecast_sentence(forecast)} {backtest_sentence(forecast)}"
    show_table(f"forecast-{which}", forecast_table(forecast), _described(told, run))
    show_text(f"files-{which}", _files(run), f"Files of {run.year}, {draft}")
    if not run.is_replay:
        _measure_draft(summary)
        _show_lineage(connection, run.home, run.year, summary.fingerprint, _release_key([run.year]))
        _raise_held(run, summary)


@step("show that nothing has changed")
def show_unchanged(run: Run, summary: Summary) -> None:
    """Show that the draft before stands, and raise an event where it has holds."""
    draft = f"draft {short(summary.fingerprint)}"
    show_text(f"files-{run.year}", _files(run), f"Nothing has changed since {draft} of {run.year}: its files stand")
    _raise_held(run, summary)
    _measure_draft(summary)


def _raise_held(run: Run, summary: Summary) -> None:
    if summary.holds:
        raise_event(
            "settlement.held",
            f"settlement.{run.year}",
            {
                "year": run.year,
                "held_dkk": summary.held_dkk,
                "holds": summary.holds,
                "text": f"Settlement {run.year} has holds in {len(summary.holds)} of {summary.projects} projects; "
                f"{amount(summary.held_dkk)} kr. wait.",
            },
        )


@step("show what came in")
def show_inbox(summary: InboxSummary, home: Path) -> None:
    """Show what was refused and waits to be delivered again, and raise an event where some of it is new."""
    told = (
        f"Deliveries in the inbox: {summary.deliveries}; accepted by this run: {summary.accepted}, refused: "
        f"{summary.refused}. Files or folders there that are no delivery: {len(summary.strays)}"
    )
    show_text(
        "refused-deliveries",
        refused_text(summary.waiting),
        f"{told}\n\n{linked_newest(home)}",
    )
    measure("inbox.accepted", summary.accepted, DELIVERIES)
    measure("inbox.refused", summary.refused, DELIVERIES)
    new = sorted({one.project_id for one in summary.waiting if one.is_new})
    if new:
        raise_event(
            "delivery.refused",
            "inbox",
            {"projects": new, "text": f"Deliveries refused: {', '.join(new)}."},
        )


@step("show the plan")
def show_plan(plan: Plan, home: Path) -> None:
    """Show what a backfill is going to draft, before it does."""
    told = f"{sums_as_text(plan)}\n\n{linked_years(home, plan.years)}"
    show_table(f"plan-{plan.years[0]}-{plan.years[-1]}", plan_table(plan), told)


@step("show the release")
def show_release(connection: duckdb.DuckDBPyConnection, home: Path, released: Released) -> None:
    """Show what a release posted and where its files lie, and for each year the way from delivery to ledger."""
    key = _release_key(year.year for year in released.years)
    runs = dict.fromkeys(year.run for year in released.years if year.run)
    entries = [entry for run in runs for entry in read_entries(connection, run=run)]
    show_text(key, release_text(home, released, entries), _sums_of(released))
    for year in released.years:
        if year.run and not year.is_replay:
            measure("release.decisions", len(year.decided), PROJECTS, year=year.year)
            measure("release.waived", year.waived, HOLDS, year=year.year)
            _show_lineage(connection, home, year.year, year.fingerprint, key)
    if any(year.run and not year.is_replay for year in released.years):
        measure("release.to_pay", released.to_pay_dkk, DKK)
        measure("release.to_repay", released.to_repay_dkk, DKK)


def _sums_of(released: Released) -> str:
    runs = ", ".join(dict.fromkeys(year.run for year in released.years if year.run))
    if not runs:
        return "Released: nothing, and nothing was posted"
    to_pay, to_repay = amount(released.to_pay_dkk), amount(released.to_repay_dkk)
    return f"Released: {runs}; to pay out {to_pay} kr., to be paid back {to_repay} kr."


def _release_key(years: Iterable[int]) -> str:
    return f"release-{'-'.join(map(str, years))}"


def _show_lineage(connection: duckdb.DuckDBPyConnection, home: Path, year: int, fingerprint: str, release: str) -> None:
    ways = ways_of(connection, year, fingerprint)
    measure("draft.rows.received", sum(way["received"] for way in ways), ROWS, year=year)
    show_text(
        lineage_key(year),
        lineage_text(ways, year, fingerprint, release),
        f"From delivery to ledger, {year}, draft {short(fingerprint)}\n\n{linked_years(home, [year])}",
    )


def _measure_draft(summary: Summary) -> None:
    year = summary.year
    measure("draft.projects", summary.projects, PROJECTS, year=year)
    measure("draft.holds", sum(map(len, summary.holds.values())), HOLDS, year=year)
    measure("draft.entitlement", summary.entitlement_dkk, DKK, year=year)
    measure("draft.payable", summary.payable_dkk, DKK, year=year)
    measure("draft.held", summary.held_dkk, DKK, year=year)
    measure("draft.rows.rejected", sum(summary.rejected.values()), ROWS, year=year)


def _described(text: str, run: Run) -> str:
    """Add to a description the links to the settlement's report, letters and validation."""
    return f"{text}\n\n{linked(run.home, [run.out])}"


def _files(run: Run) -> str:
    """Link the files that a person opens."""
    files = {
        "Report": REPORT,
        "Validation: every rule and its verdict": VALIDATION,
        "Letters": LETTERS,
        "Annexes": "annex/",
        "Settlement as CSV": "settlement.csv",
    }
    root = address(run.home, run.out)
    lines = [f"- [{name}]({root}/{file}): `{run.out.resolve() / file}`" for name, file in files.items()]
    return "\n".join(lines)

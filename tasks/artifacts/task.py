"""The tasks that show what a run did: on its page in Prefect, and in events that automations act on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tasks.artifacts.tables import forecast_table, plan_table, rejected_table, settlement_table
from tasks.artifacts.texts import beside_text, holds_text, refused_text
from tasks.backfill.plan import sums_as_text
from tasks.base.english import amount, short
from tasks.forecast.told import backtest_sentence, forecast_sentence
from tasks.prefect_run.page import raise_event, show_table, show_text
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.artifacts.inbox import InboxSummary
    from tasks.backfill.plan import Plan
    from tasks.base.run import Run
    from tasks.draft.summary import Summary
    from tasks.forecast.forecast import Forecast

OUT_URL_VARIABLE = "JOBFIRST_OUT_URL"
"""Where `HOME/out` can be looked at in a browser; without it, files are linked to where they lie."""


@step("show the settlement")
def show_settlement(connection: duckdb.DuckDBPyConnection, run: Run, summary: Summary, forecast: Forecast) -> None:
    """Show a draft as it was kept, and what the programme may come to, and raise an event where it has holds."""
    which = f"{run.year}-as-known-at" if run.is_replay else f"{run.year}"
    draft = f"draft {short(summary.fingerprint)}"
    show_table(
        f"settlement-{which}",
        settlement_table(connection, run.year),
        f"Settlement {run.year}, {draft}: payable {amount(summary.payable_dkk)} kr., "
        f"of which on hold {amount(summary.held_dkk)} kr.",
    )
    show_text(
        f"holds-{which}",
        holds_text(connection, run.year),
        f"What holds the money of {run.year} back, and what each waits for, {draft}",
    )
    show_text(f"beside-holds-{which}", beside_text(summary), f"What else {run.year} asks to be decided, {draft}")
    show_table(
        f"rejected-rows-{which}",
        rejected_table(summary),
        f"Rejected rows of {run.year} by rule: {sum(summary.rejected.values())}, {draft}",
    )
    told = f"{forecast_sentence(forecast)} {backtest_sentence(forecast)}"
    show_table(f"forecast-{which}", forecast_table(forecast), told)
    show_text(f"files-{which}", _links(run), f"Files of {run.year}, {draft}")
    if not run.is_replay:
        _raise_held(run, summary)


@step("show that nothing has changed")
def show_unchanged(run: Run, summary: Summary) -> None:
    """Show that the draft before stands, and raise an event where it has holds."""
    draft = f"draft {short(summary.fingerprint)}"
    show_text(f"files-{run.year}", _links(run), f"Nothing has changed since {draft} of {run.year}: its files stand")
    _raise_held(run, summary)


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
def show_inbox(summary: InboxSummary) -> None:
    """Show what was refused and waits to be delivered again, and raise an event where some of it is new."""
    show_text(
        "refused-deliveries",
        refused_text(summary.waiting),
        f"{summary.accepted} deliveries accepted and {summary.refused} refused by this run, of {summary.deliveries} in "
        f"the inbox; {len(summary.strays)} files or folders there are no delivery",
    )
    new = sorted({one.project_id for one in summary.waiting if one.is_new})
    if new:
        raise_event(
            "delivery.refused",
            "inbox",
            {"projects": new, "text": f"Deliveries refused: {', '.join(new)}."},
        )


@step("show the plan")
def show_plan(plan: Plan) -> None:
    """Show what a backfill is going to draft, before it does."""
    show_table(f"plan-{plan.years[0]}-{plan.years[-1]}", plan_table(plan), sums_as_text(plan))


def _links(run: Run) -> str:
    """Link what a person opens."""
    base = os.environ.get(OUT_URL_VARIABLE, "").rstrip("/")
    folder = run.out.resolve()
    files = {
        "Report": "report.html",
        "Validation: every rule and its verdict": "validation/index.html",
        "Letters": "letters/",
        "Annexes": "annex/",
        "Settlement as CSV": "settlement.csv",
    }
    within = folder.relative_to((run.home / "out").resolve()).as_posix()
    root = f"{base}/{within}" if base else folder.as_uri()
    lines = [f"- [{name}]({root}/{file}): `{folder / file}`" for name, file in files.items()]
    return "\n".join(lines)

"""The tasks of a release, in the order in which a person would do them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.base.english import amount
from tasks.base.errors import InternalFailure
from tasks.ledger.append import append
from tasks.letters.render import render_letters
from tasks.prefect_run.links import linked_years
from tasks.prefect_run.page import show_table
from tasks.prefect_run.step import step
from tasks.reconcile.reconcile import reconcile_release
from tasks.release.balance import balance
from tasks.release.draft import draft_for_approval
from tasks.release.folder import put_in_place, seal
from tasks.release.hand_over import recipients, write_hand_over
from tasks.release.letters import decision_letters
from tasks.release.messages import write_messages
from tasks.release.text import plan_table

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.progress import Progress
    from tasks.base.run import Run
    from tasks.ledger.entry import Entry, Posting
    from tasks.letters.facts import LetterFacts
    from tasks.register.inputs import Inputs
    from tasks.release.draft import Draft
    from tasks.release.plan import Plan


@step("find the draft that is approved")
def find_draft(connection: duckdb.DuckDBPyConnection, year: int, approved_by: str) -> Draft:
    """Give the newest draft of a year. Raises BusinessRefusal when there is none or its preparer approves."""
    return draft_for_approval(connection, year, approved_by)


@step("show the plan of the release")
def show_release_plan(plan: Plan, home: Path) -> None:
    """Show on the run's page what a release is going to post, before it does."""
    years = "-".join(str(year.year) for year in plan.years)
    show_table(
        f"release-plan-{years}",
        plan_table(plan),
        f"Plan of the release of {years}: to pay out {amount(plan.to_pay_dkk)} kr., to be paid back "
        f"{amount(plan.to_repay_dkk)} kr.; findings: {', '.join(one.code for one in plan.findings) or 'none'}"
        + (f"; signature: {plan.signature.said}" if plan.signature else "")
        + f"\n\n{linked_years(home, [year.year for year in plan.years])}",
    )


@step("final letters")
def write_final_letters(
    connection: duckdb.DuckDBPyConnection, inputs: Inputs, entries: Sequence[Entry], folder: Path, progress: Progress
) -> list[LetterFacts]:
    """Write the letters that tell a release run's entries."""
    letters = decision_letters(connection, inputs.rules, entries)
    render_letters(letters, folder / "letters", progress)
    return letters


@step("write posting basis, payment file and messages")
def write_hand_over_files(
    connection: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    entries: Sequence[Entry],
    letters: Sequence[LetterFacts],
    folder: Path,
) -> None:
    """Write what the payer and Digital Post take over."""
    sender = inputs.rules.letters.sender
    write_hand_over(entries, recipients(connection), sender.name, folder)
    write_messages(entries, letters, sender, entries[0].posted_at, folder)


@step("reconcile settlement, letters, postings and ledger")
def reconcile_before_posting(
    connection: duckdb.DuckDBPyConnection, run: Run, entries: Sequence[Entry], folder: Path
) -> None:
    """Check what is about to be posted, and seal its files. Raises InternalFailure that says where it is wrong."""
    reconcile_release(connection, run, balance(connection, entries, folder))
    seal(entries, folder)


@step("post to the ledger")
def post(
    connection: duckdb.DuckDBPyConnection, home: Path, postings: Sequence[Posting], entries: Sequence[Entry]
) -> None:
    """Post; from here on the decision stands. `entries`: what the files were made from, as it will stand there."""
    first = entries[0]
    posted = append(connection, home, postings, run=first.run, posted_at=first.posted_at)
    if posted != tuple(entries):
        raise InternalFailure(f"The release {first.run} was posted otherwise than its files say: look at the ledger.")


@step("put the released files in place")
def publish_release(folder: Path, target: Path) -> None:
    """Put a release run's folder where it is looked for, whole."""
    put_in_place(folder, target)

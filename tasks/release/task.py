"""The tasks of a release, in the order in which a person would do them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.base.errors import InternalFailure
from tasks.base.lines import amount
from tasks.ledger.append import append
from tasks.letters.render import FOLDER, render_letters
from tasks.prefect_run.links import linked_years
from tasks.prefect_run.page import show_table
from tasks.prefect_run.step import step
from tasks.reconcile.reconcile import reconcile_release
from tasks.release.balance import balance, balance_payments
from tasks.release.draft import draft_for_approval
from tasks.release.folder import put_in_place
from tasks.release.hand_over import write_netted, write_year
from tasks.release.letters import decision_letters
from tasks.release.messages import write_messages
from tasks.release.text import plan_table

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.progress import Progress
    from tasks.base.run import Run
    from tasks.handover.recipient import Recipients
    from tasks.ledger.entry import Entry, Posting
    from tasks.letters.facts import LetterFacts, Netted
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
    connection: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    entries: Sequence[Entry],
    together: Mapping[tuple[str, int], Netted],
    folder: Path,
    progress: Progress,
) -> list[LetterFacts]:
    """Write the letters that report a year's entries; `together`: the other decisions that theirs are added up with."""
    letters = decision_letters(connection, inputs.rules, entries, together)
    render_letters(letters, folder / FOLDER, progress)
    return letters


@step("write posting basis and messages")
def write_hand_over_files(
    inputs: Inputs, entries: Sequence[Entry], of_projects: Recipients, letters: Sequence[LetterFacts], folder: Path
) -> None:
    """Write the files of a year that bookkeeping and Digital Post take over."""
    write_year(entries, of_projects, folder)
    write_messages(entries, letters, inputs.rules.letters.sender, entries[0].posted_at, folder)


@step("write payment file and repayments")
def write_payment_files(inputs: Inputs, of_run: Sequence[Entry], of_projects: Recipients, folder: Path) -> None:
    """Write the files of a whole run that the payer takes over, into the folder of its last year."""
    write_netted(of_run, of_projects, inputs.rules.letters.sender.name, folder)


@step("reconcile settlement, letters, postings and ledger")
def reconcile_before_posting(
    connection: duckdb.DuckDBPyConnection, run: Run, entries: Sequence[Entry], folder: Path
) -> None:
    """Check what is about to be posted of a year. Raises InternalFailure that says where it is wrong."""
    reconcile_release(connection, run, balance(connection, entries, folder))


@step("reconcile ledger and payments")
def reconcile_payments(
    connection: duckdb.DuckDBPyConnection, run: Run, of_run: Sequence[Entry], of_projects: Recipients, folder: Path
) -> None:
    """Check what is about to be paid and claimed of a whole run. Raises InternalFailure that says where it is wrong."""
    reconcile_release(connection, run, balance_payments(of_run, of_projects, folder))


@step("post to the ledger")
def post(
    connection: duckdb.DuckDBPyConnection, home: Path, postings: Sequence[Posting], entries: Sequence[Entry]
) -> None:
    """Post all years of a run; from here on the decision stands. `entries`: as the files report them."""
    first = entries[0]
    posted = append(connection, home, postings, run=first.run, posted_at=first.posted_at)
    if posted != tuple(entries):
        raise InternalFailure(f"The release {first.run} was posted otherwise than its files say: look at the ledger.")


@step("put the released files in place")
def publish_release(folder: Path, target: Path) -> None:
    """Put the folder of a year of a release run in its place, whole."""
    put_in_place(folder, target)

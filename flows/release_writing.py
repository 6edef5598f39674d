"""Everything that leaves with a release run, written and checked before anything is posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settle import compute_tables
from tasks.annex.task import write_annex_files
from tasks.base.progress import Teller
from tasks.base.run import Run
from tasks.base.worded import phrase
from tasks.handover.net import decided
from tasks.handover.recipient import payees_of
from tasks.release.folder import aside, seal
from tasks.release.netting import netted
from tasks.release.signature import Signature
from tasks.release.task import (
    reconcile_before_posting,
    reconcile_payments,
    write_final_letters,
    write_hand_over_files,
    write_payment_files,
)

if TYPE_CHECKING:
    import duckdb

    from tasks.handover.recipient import Recipients
    from tasks.ledger.entry import Entry
    from tasks.letters.facts import LetterFacts, Netted
    from tasks.register.inputs import Inputs

_WRITTEN = "written"


@dataclass(frozen=True)
class Part:
    """A year of a release run: what computes it, its entries, and who receives its projects' grants."""

    run: Run
    inputs: Inputs
    fingerprint: str
    entries: tuple[Entry, ...]
    recipients: Recipients


@dataclass(frozen=True)
class Written:
    """A part whose files stand in `folder`, ready to be posted."""

    part: Part
    letters: list[LetterFacts]
    folder: Path


def write_run(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    signature: Signature | None,
    folders: ExitStack,
    teller: Teller,
    computed: int,
) -> list[Written]:
    """Write everything of a release run, each year into a folder of its own, and check it.

    `folders`: how long they are kept. What is paid and claimed for all years stands in the last year's. `computed`: the
    year that the run's tables are of; the last one is written first, which spares computing it again.
    """
    written: list[Written] = []
    of_run = [entry for part in parts for entry in part.entries]
    of_projects = {decision: one for part in parts for decision, one in part.recipients.items()}
    together = netted(decided(of_run), payees_of([of_projects]))
    for part in reversed(parts):
        folder = folders.enter_context(aside(part.run)) / _WRITTEN
        begin(folder, signature)
        if part.run.year != computed:
            compute_tables(connection, part.run, part.inputs, own_fingerprint=part.fingerprint)
        letters = write(connection, part, together, folder, teller)
        if part is parts[-1]:
            write_payment_files(part.inputs, of_run, of_projects, folder)
            reconcile_payments(connection, part.run, of_run, of_projects, folder)
        seal(part.entries, of_run, folder)
        written.insert(0, Written(part, letters, folder))
    return written


def begin(folder: Path, signature: Signature | None) -> None:
    """Make the folder of a year of a release run, with the signature that it is released by."""
    folder.mkdir()
    if signature is not None:
        signature.write(folder)


def write(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    together: Mapping[tuple[str, int], Netted],
    folder: Path,
    teller: Teller,
) -> list[LetterFacts]:
    """Write what a year of a release run has of its own, and check it; give its letters."""
    inputs, entries = part.inputs, part.entries
    letters = write_final_letters(connection, inputs, entries, together, folder, teller.step(phrase("letters")))
    write_annex_files(connection, letters, folder, teller.step(phrase("annexes")))
    write_hand_over_files(inputs, entries, part.recipients, letters, folder)
    reconcile_before_posting(connection, part.run, entries, folder)
    return letters

"""The tasks that check whether the earlier draft stands, write a settlement's files, and record the draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.draft.files import write_csv_files
from tasks.draft.fingerprint import Parts, fingerprint_parts
from tasks.draft.manifest import write_manifest
from tasks.draft.publish import publish
from tasks.draft.remember import remember_draft
from tasks.draft.summary import Summary, summarise
from tasks.draft.unchanged import keep_state, unchanged_draft
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb

    from tasks.base.papers import Papers
    from tasks.base.run import Run
    from tasks.register.inputs import Inputs


@step("look whether the draft stands")
def standing_draft(connection: duckdb.DuckDBPyConnection, run: Run, state: str) -> Summary | None:
    """Give the draft that was made from the same state and whose files are whole, recorded once more; or None."""
    draft = unchanged_draft(connection, run, state)
    if draft is None:
        return None
    remember_draft(connection, run, draft.parts, is_computed=False)
    return replace(draft.summary, out=run.out, is_unchanged=True)


@step("write settlement files")
def write_files(
    connection: duckdb.DuckDBPyConnection, run: Run, inputs: Inputs, folder: Path, own_fingerprint: str | None
) -> Parts:
    """Write the CSV files into `folder`, and take the draft's fingerprint."""
    write_csv_files(connection, run.year, folder)
    return fingerprint_parts(connection, run, inputs, folder, own_fingerprint)


@step("keep draft")
def keep_draft(
    connection: duckdb.DuckDBPyConnection, run: Run, parts: Parts, papers: Papers, state: str | None
) -> Summary:
    """Write the manifest, put the files and papers in place, and record the draft; a replay is not recorded.

    `state`: the hash of what the draft was made from, where that is all that is known now.
    """
    sha256_by_path = write_manifest(connection, parts, papers.folder)
    summary = summarise(connection, run.year, parts.fingerprint, run.out)
    if not run.is_replay:
        papers.keep(sha256_by_path)
    publish(run, papers.folder)
    if not run.is_replay:
        remember_draft(connection, run, parts)
        keep_state(run, state, parts, summary)
    return summary

"""The release: a second person approves a draft, which is posted, told and handed over.

Everything that leaves is written and checked before anything is posted. What a crash leaves between the posting and the
folder is made again, to the byte, by the next release.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow

from flows.settle import Computed, compute_year
from tasks.annex.task import write_annex_files
from tasks.errors import BusinessRefusal, InputError, InternalFailure
from tasks.intake.personal import mask
from tasks.ledger.read import read_entries, read_newest
from tasks.ledger.task import sound_ledger
from tasks.moment import Moment
from tasks.progress import Teller, telling
from tasks.release.choice import Choice, WaivedHold, check_waivers, choose, payables, require_met, selected
from tasks.release.draft import check_approver, require_unchanged
from tasks.release.entries import planned_entries, run_name
from tasks.release.folder import RELEASED, ReleaseRun, aside, known_run, released_folder, unfinished
from tasks.release.summary import Released, ReleasedYear, released_year
from tasks.release.task import (
    find_draft,
    post,
    publish_release,
    reconcile_before_posting,
    write_final_letters,
    write_hand_over_files,
)
from tasks.run import Run
from tasks.warehouse.connection import open_warehouse
from tasks.warehouse.lock import hold_lock

if TYPE_CHECKING:
    import duckdb

    from tasks.ledger.entry import Entry
    from tasks.letters.facts import LetterFacts
    from tasks.release.draft import Draft

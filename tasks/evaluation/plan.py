"""The frozen plan: its record `HOME/evaluation.jsonl`, with lines and a head as the ledger has (docs/ledger-format.md).

An entry is of a kind: `freeze` (plan_sha256, approved_by), or `hours` (file_sha256: an hours file that was read for the
first time). It shows which came first, the plan or the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.chain import record as chain
from tasks.chain.head import read_head
from tasks.chain.line import entry_line, written_at
from tasks.rules.model import EvaluationTerms

FILE, HEAD = "evaluation.jsonl", "evaluation.head"
FREEZE, HOURS = "freeze", "hours"
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """The plan that a run follows, and what the record says of it.

    `sha256`: of the section as it is now; `frozen_at`: when it was last frozen, None where it never was; `approved_by`:
    who did it; `is_in_force`: no other was frozen since; `freezes`: how often one was; `hours_at`: when an hours file
    was first read.
    """

    terms: EvaluationTerms
    sha256: str
    frozen_at: datetime | None
    approved_by: str
    is_in_force: bool
    freezes: int
    hours_at: datetime | None

    @property
    def seed(self) -> int:
        """The seed of the permutations: the first 8 bytes of the plan's hash."""
        return int.from_bytes(bytes.fromhex(self.sha256)[:8], "big")


def freeze(home: Path, terms: EvaluationTerms, *, approved_by: str, by: str, now: Moment) -> tuple[Entry, bool]:
    """Append the plan's hash, and give the entry, and whether it was frozen before; then nothing is appended.

    The caller holds the lock of `home`. Raises BusinessRefusal where the record does not verify.
    """
    entries = read(home)
    newest = next((entry for entry in reversed(entries) if entry["kind"] == FREEZE), None)
    if newest is not None and newest["plan_sha256"] == terms.sha256:
        return newest, True
    fields = {"kind": FREEZE, "plan_sha256": terms.sha256, "approved_by": mask(approved_by)}
    return _append(home, fields, by=by, now=now), False


def note_hours(home: Path, file_sha256: str, *, by: str, now: Moment) -> None:
    """Write down that an hours file was read, the first time. The caller holds the lock of `home`."""
    if all(entry.get("file_sha256") != file_sha256 for entry in read(home)):
        _append(home, {"kind": HOURS, "file_sha256": file_sha256}, by=by, now=now)


def plan_of(home: Path, terms: EvaluationTerms, known_at: Moment) -> Plan:
    """Give the plan and what was known of it at a moment.

    The caller holds the lock of `home`, or shares it as a reader. Raises BusinessRefusal where the record does not
    verify.
    """
    entries = [entry for entry in read(home) if written_at(entry) <= known_at.utc]
    freezes = [entry for entry in entries if entry["kind"] == FREEZE]
    # Of a plan that was frozen again after another one, the later choice counts: data may have come between.
    own = next((entry for entry in reversed(freezes) if entry["plan_sha256"] == terms.sha256), None)
    hours = next((entry for entry in entries if entry["kind"] == HOURS), None)
    return Plan(
        terms,
        terms.sha256,
        written_at(own) if own else None,
        str(own["approved_by"]) if own else "",
        bool(freezes) and freezes[-1]["plan_sha256"] == terms.sha256,
        len(freezes),
        written_at(hours) if hours else None,
    )


def read(home: Path) -> list[Entry]:
    """Give the record's entries, once it verifies; an entry that was interrupted is finished or taken back.

    Nobody else may write the record meanwhile, since a half-written entry counts as an interrupted one. Raises
    BusinessRefusal that names the first thing that is wrong.
    """
    record = record_of(home)
    finding = chain.finding_when_healed(record)
    if finding is not None:
        raise BusinessRefusal(
            phrase(
                "The record of the frozen plan does not verify, and nothing is evaluated. {finding} See "
                'docs/ledger-format.md, "When it does not verify".',
                finding=finding,
            )
        )
    return [json.loads(line) for line in chain.lines_of(record.file)]


def record_of(home: Path) -> chain.Record:
    """Give the record; it has one copy, the file, beside its head."""
    return chain.Record(home / FILE, home / HEAD)


def _append(home: Path, fields: Mapping[str, Any], *, by: str, now: Moment) -> Entry:
    record = record_of(home)
    posted = read_head(record.head).posted
    line = entry_line(posted.entries + 1, fields, at=now.utc, by=mask(by), previous_sha256=posted.sha256)
    chain.append(record, [line])
    entry: Entry = json.loads(line)
    return entry

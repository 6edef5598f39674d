"""What a release comes to, for a person and for a machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.handover.net import ZERO
from tasks.letters.kind import Kind

if TYPE_CHECKING:
    from tasks.ledger.entry import Entry
    from tasks.letters.facts import LetterFacts
    from tasks.release.choice import Choice
    from tasks.release.draft import Draft
    from tasks.release.plan import Plan


@dataclass(frozen=True)
class Decided:
    """One project's decision. `kind`: of its letter. `amount_dkk`: below zero it is to be paid back."""

    project_id: str
    kind: Kind
    amount_dkk: Decimal


@dataclass(frozen=True)
class ReleasedYear:
    """What was released of one year; amounts in DKK.

    `run`: that posted it, None where there was nothing to post. `held`: codes by project. `apart`: the held projects
    whose years must be released together, each with those years. `unchanged`: settled before, nothing to correct.
    `released_before`: from the same draft. `not_chosen`: how many --project left out. `waived`: how many holds were.
    `out`: the folder of its files. `posted_at`: when the run was posted (None: nothing was). `is_replay`: it was posted
    before, and is only made again. `made_by`: the version of the program that made the first, None where nothing says
    it. `is_compared`: the first's folder is there; `differing`: the files whose bytes differ from the first's.
    """

    year: int
    fingerprint: str
    prepared_by: str
    approved_by: str
    run: str | None
    decided: tuple[Decided, ...]
    waived: int
    held: dict[str, list[str]]
    unchanged: tuple[str, ...]
    released_before: tuple[str, ...]
    not_chosen: int
    out: Path | None
    posted_at: datetime | None
    is_replay: bool = False
    made_by: str | None = None
    differing: tuple[str, ...] = ()
    is_compared: bool = False
    apart: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def decided_dkk(self) -> Decimal:
        """What the decisions come to."""
        return sum((one.amount_dkk for one in self.decided), ZERO)


@dataclass(frozen=True)
class Released:
    """What a release run did; amounts in DKK.

    `finished`: the release run whose folders a crash had left missing, and that are there now. `ledger_entries`,
    `ledger_sha256`: how far the ledger reaches, and its newest hash. `plan`: the plan shown before it was made; None:
    it is made again. `to_pay_dkk`, `to_repay_dkk`: what the run pays, and claims (as a positive amount), its decisions
    added up by municipality; where several runs are made again, their sums.
    """

    years: tuple[ReleasedYear, ...]
    finished: str | None
    ledger_entries: int
    ledger_sha256: str
    plan: Plan | None = None
    to_pay_dkk: Decimal = ZERO
    to_repay_dkk: Decimal = ZERO


def decisions(letters: Sequence[LetterFacts]) -> tuple[Decided, ...]:
    """Give the decisions of letters."""
    return tuple(Decided(one.project_id, one.kind, one.payable_dkk) for one in letters)


def released_year(
    draft: Draft,
    approved_by: str,
    choice: Choice,
    letters: Sequence[LetterFacts],
    entries: Sequence[Entry],
    *,
    projects: int,
    out: Path | None,
) -> ReleasedYear:
    """Sum up what a release makes of a draft; `projects`: how many it covers."""
    chosen = len(letters) + len(choice.held) + len(choice.unchanged) + len(choice.released_before)
    return ReleasedYear(
        year=draft.year,
        fingerprint=draft.fingerprint,
        prepared_by=draft.prepared_by,
        approved_by=approved_by,
        run=entries[0].run if entries else None,
        decided=decisions(letters),
        waived=_waived(entries),
        held=choice.held,
        unchanged=choice.unchanged,
        released_before=choice.released_before,
        not_chosen=projects - chosen,
        out=out,
        posted_at=entries[0].posted_at if entries else None,
        apart=choice.apart,
    )


def released_again(
    entries: Sequence[Entry], letters: Sequence[LetterFacts], out: Path, original: tuple[str, list[str]] | None
) -> ReleasedYear:
    """Sum up a year of a run that was made again; `original`: the version that made the first, and what differs."""
    first = entries[0]
    made_by, differing = original or (first.program, [])
    return ReleasedYear(
        year=first.year,
        fingerprint=first.draft_fingerprint,
        prepared_by=first.prepared_by,
        approved_by=first.approved_by,
        run=first.run,
        decided=decisions(letters),
        waived=_waived(entries),
        held={},
        unchanged=(),
        released_before=(),
        not_chosen=0,
        out=out,
        posted_at=first.posted_at,
        is_replay=True,
        made_by=made_by,
        differing=tuple(differing),
        is_compared=original is not None,
    )


def _waived(entries: Sequence[Entry]) -> int:
    return len({(entry.project_id, waiver.code) for entry in entries for waiver in entry.waivers})

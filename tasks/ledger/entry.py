"""What an entry of the ledger is, and its canonical form (docs/ledger-format.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from tasks.base.cpr import mask
from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.person import CONTROL, is_same_person
from tasks.base.worded import phrase
from tasks.chain.line import hashed_part as canonical
from tasks.chain.line import own_hash, own_hash_part, sealed

_SHA256 = re.compile(r"[0-9a-f]{64}")
_ORE = Decimal("0.01")
_AMOUNT_LIMIT_DKK = Decimal(10) ** 16
"""DECIMAL(18, 2) holds amounts below it."""


class Component(StrEnum):
    """Which part of the grant an entry is."""

    ACTIVITY = "activity"
    FIXED = "fixed"


class Kind(StrEnum):
    """A year's first posting, or a later correction of it."""

    SETTLEMENT = "settlement"
    ADJUSTMENT = "adjustment"


_COMPONENTS_DA = {Component.ACTIVITY: "aktivitetstilskud", Component.FIXED: "fast tilskud"}
_KINDS_DA = {Kind.SETTLEMENT: "", Kind.ADJUSTMENT: ", efterregulering"}


@dataclass(frozen=True)
class Waiver:
    """A hold that the approver waived, and why. `code`: 'P01', or 'B01' for the portfolio's."""

    code: str
    reason: str


@dataclass(frozen=True)
class Approved:
    """Beside the typed names: how a run was approved.

    `prepared_as`, `approved_as`: accounts of the operating system ('' where it has none, or an older draft).
    `accepted`: the findings of the release that were accepted, with their reasons. `signature_sha256`: of the signature
    as it came; '' where none was needed.
    """

    prepared_as: str
    approved_as: str
    accepted: tuple[Waiver, ...] = ()
    signature_sha256: str = ""


@dataclass(frozen=True)
class Posting:
    """What is to be posted: one component of one project and year, as decided from one draft.

    `amount_dkk`: exact to the øre; below zero is a repayment, zero records a decision that pays nothing.
    """

    project_id: str
    year: int
    component: Component
    kind: Kind
    amount_dkk: Decimal
    waivers: tuple[Waiver, ...]
    draft_fingerprint: str
    prepared_by: str
    approved_by: str
    approval: Approved | None = None
    program: str | None = None

    @property
    def text(self) -> str:
        """The posting's text in Danish, as it stands in the posting basis."""
        return f"JobFirst {self.year}, {_COMPONENTS_DA[self.component]}{_KINDS_DA[self.kind]}"


@dataclass(frozen=True)
class Entry:
    """A posting with its place in the ledger. `posted_at`: aware, UTC. Hashes: 64 hexadecimal digits.

    `approval`, `program` (version and commit of the program that posted it): None in entries older than these fields.
    """

    number: int
    run: str
    project_id: str
    year: int
    component: Component
    kind: Kind
    amount_dkk: Decimal
    text: str
    waivers: tuple[Waiver, ...]
    draft_fingerprint: str
    prepared_by: str
    approved_by: str
    posted_at: datetime
    previous_sha256: str
    sha256: str
    approval: Approved | None = None
    program: str | None = None


def chained(posting: Posting, *, number: int, run: str, posted_at: datetime, previous_sha256: str) -> Entry:
    """Give a posting its place in the chain; a personal number that someone wrote into a reason or a name is masked.

    Raises InputError when a text can't stand in the ledger, BusinessRefusal when the preparer approves, ValueError when
    the posting is malformed.
    """
    posting = replace(
        posting,
        waivers=tuple(Waiver(waiver.code, mask(waiver.reason)) for waiver in posting.waivers),
        prepared_by=mask(posting.prepared_by),
        approved_by=mask(posting.approved_by),
        approval=posting.approval and _masked(posting.approval),
    )
    _check(posting, run)
    entry = Entry(
        number=number,
        run=run,
        project_id=posting.project_id,
        year=posting.year,
        component=posting.component,
        kind=posting.kind,
        amount_dkk=posting.amount_dkk.quantize(_ORE),
        text=posting.text,
        waivers=posting.waivers,
        draft_fingerprint=posting.draft_fingerprint,
        prepared_by=posting.prepared_by,
        approved_by=posting.approved_by,
        posted_at=posted_at.astimezone(UTC),
        previous_sha256=previous_sha256,
        sha256="",
        approval=posting.approval,
        program=posting.program,
    )
    return replace(entry, sha256=own_hash(sealed(hashed_part(entry))))


def chain(
    postings: Sequence[Posting], *, run: str, posted_at: datetime, number: int, previous_sha256: str
) -> tuple[Entry, ...]:
    """Chain postings on to the entry `number`, whose hash is `previous_sha256`. Raises what `chained` raises."""
    entries: list[Entry] = []
    for posting in postings:
        number += 1
        entry = chained(posting, number=number, run=run, posted_at=posted_at, previous_sha256=previous_sha256)
        previous_sha256 = entry.sha256
        entries.append(entry)
    return tuple(entries)


def hashed_part(entry: Entry) -> bytes:
    """Give the bytes that an entry's hash covers: its line up to the hash itself."""
    fields = {
        "number": entry.number,
        "run": entry.run,
        "project_id": entry.project_id,
        "year": entry.year,
        "component": entry.component.value,
        "kind": entry.kind.value,
        "amount_dkk": f"{entry.amount_dkk:.2f}",
        "text": entry.text,
        "waivers": [{"code": waiver.code, "reason": waiver.reason} for waiver in entry.waivers],
        "draft_fingerprint": entry.draft_fingerprint,
        "prepared_by": entry.prepared_by,
        "approved_by": entry.approved_by,
        **({} if entry.approval is None else {"approval": approval_fields(entry.approval)}),
        **({} if entry.program is None else {"program": entry.program}),
        "posted_at": f"{entry.posted_at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "previous_sha256": entry.previous_sha256,
    }
    return canonical(fields)


def line(entry: Entry) -> bytes:
    """Give an entry's line of `ledger.jsonl`, its newline included."""
    return hashed_part(entry) + own_hash_part(entry.sha256)


def approval_fields(approval: Approved) -> dict[str, object]:
    """Give how an entry was approved under the names of the ledger's format."""
    return {
        "prepared_as": approval.prepared_as,
        "approved_as": approval.approved_as,
        "accepted": [{"code": one.code, "reason": one.reason} for one in approval.accepted],
        "signature_sha256": approval.signature_sha256,
    }


def _masked(approval: Approved) -> Approved:
    return replace(
        approval,
        prepared_as=mask(approval.prepared_as),
        approved_as=mask(approval.approved_as),
        accepted=tuple(Waiver(one.code, mask(one.reason)) for one in approval.accepted),
    )


def require_written(name: str, text: str) -> None:
    """Raise InputError when a text can't stand in the ledger; `name`: what it is."""
    if not text.strip():
        raise InputError(phrase("{name} is blank: write it, so that it can stand in the ledger.", name=name))
    if CONTROL.search(text):
        raise InputError(phrase("{name} holds a line break or a control character: write it on one line.", name=name))


def _check(posting: Posting, run: str) -> None:
    texts = {
        "The name of the run": run,
        "The project": posting.project_id,
        "The preparer's name": posting.prepared_by,
        "The approver's name": posting.approved_by,
    }
    for waiver in posting.waivers:
        texts["The code of a waived hold"] = waiver.code
        texts[f"The reason for waiving {waiver.code}"] = waiver.reason
    accepted = posting.approval.accepted if posting.approval else ()
    texts |= {f"The reason for accepting {one.code}": one.reason for one in accepted}
    for name, text in texts.items():
        require_written(name, text)
    if is_same_person(posting.prepared_by, posting.approved_by):
        raise BusinessRefusal(
            phrase(
                "{approved_by} prepared the draft of {project_id} {year} and can't approve it: let another person "
                "approve.",
                approved_by=posting.approved_by,
                project_id=posting.project_id,
                year=posting.year,
            )
        )
    if len({waiver.code for waiver in posting.waivers}) < len(posting.waivers):
        raise ValueError(f"a hold of {posting.project_id} {posting.year} is waived twice")
    if not _SHA256.fullmatch(posting.draft_fingerprint):
        raise ValueError("a draft's fingerprint is a SHA-256 in hexadecimal digits")
    if not posting.amount_dkk.is_finite() or abs(posting.amount_dkk) >= _AMOUNT_LIMIT_DKK:
        raise ValueError(f"{posting.amount_dkk} is no amount")
    if posting.amount_dkk != posting.amount_dkk.quantize(_ORE):
        raise ValueError(f"{posting.amount_dkk} is not exact to the øre")

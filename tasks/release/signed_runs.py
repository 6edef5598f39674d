"""Verifying again the signatures that the folders of release runs keep. Source: the settlement, 'Who approves'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase, text_of
from tasks.release.folder import released_folder
from tasks.release.openssh import read_approvers
from tasks.release.signature import (
    APPROVERS,
    SIGNATURE_NAME,
    SIGNED_NAME,
    OverAnotherText,
    Signature,
    is_asked_for,
    require_valid,
    text_to_sign,
)

if TYPE_CHECKING:
    from tasks.ledger.entry import Entry


@dataclass(frozen=True)
class SignedRuns:
    """The signatures of a ledger's runs.

    `verified`: the runs whose signature is valid. `findings`: what is wrong with others', by run. `unsigned`: the runs
    that were released without one.
    """

    verified: tuple[str, ...]
    findings: dict[str, str]
    unsigned: tuple[str, ...]


def kept_signature(folder: Path) -> Signature | None:
    """Read the signature that the folder of a year of a release run keeps; None where there is none to read."""
    try:
        signed, contents = (
            (folder / name).read_bytes().decode("ascii", "backslashreplace") for name in (SIGNED_NAME, SIGNATURE_NAME)
        )
    except OSError:
        return None
    return Signature(signed, contents)


def verify_signatures(home: Path, entries: Sequence[Entry]) -> SignedRuns:
    """Verify the signatures of all runs, in the order of the ledger, by the approvers' file as it is now.

    A key must have been valid when its run was posted, so one that `valid-before` has ended still verifies.
    """
    runs: dict[str, dict[int, Entry]] = {}
    for entry in entries:
        runs.setdefault(entry.run, {}).setdefault(entry.year, entry)
    verified, unsigned, findings = [], [], {}
    for run, first_of_year in runs.items():
        if not any(map(_sha256, first_of_year.values())):
            unsigned.append(run)
            continue
        try:
            for entry in first_of_year.values():
                _require_verified(home, entry)
            verified.append(run)
        except BusinessRefusal as refusal:
            findings[run] = text_of(refusal)
    return SignedRuns(tuple(verified), findings, tuple(unsigned))


def _require_verified(home: Path, entry: Entry) -> None:
    folder = released_folder(home / "out" / str(entry.year), entry.run)
    kept = kept_signature(folder)
    if kept is None:
        raise BusinessRefusal(
            phrase(
                "its signature is not in {folder}: where the folder was archived, put it back; else it was taken away",
                folder=folder,
            )
        )
    if kept.sha256 != _sha256(entry):
        raise BusinessRefusal(
            phrase("{folder} is another than the ledger's entries name: it was changed", folder=folder / SIGNATURE_NAME)
        )
    if text_to_sign({entry.year: entry.draft_fingerprint}) not in kept.signed.splitlines(keepends=True):
        raise BusinessRefusal(
            phrase(
                "{folder} names another draft than the ledger's entries: it was changed", folder=folder / SIGNED_NAME
            )
        )
    approvers = home / APPROVERS
    if not is_asked_for(approvers):
        raise BusinessRefusal(
            phrase("{approvers} is gone, so nobody can say whose key signed: put it back", approvers=approvers)
        )
    known = read_approvers(approvers)
    try:
        require_valid(known, entry.approved_by, {entry.prepared_by}, kept.signed, kept.contents, entry.posted_at)
    except OverAnotherText as refusal:
        raise BusinessRefusal(
            phrase("{folder} is not what was signed: it was changed", folder=folder / SIGNED_NAME)
        ) from refusal
    except BusinessRefusal as refusal:
        raise BusinessRefusal(
            phrase(
                "{refusal}. The signature is the one that the ledger names, so {approvers} was changed since, or the "
                "release went by another: a key that is no longer used keeps its line there, with valid-before",
                refusal=text_of(refusal),
                approvers=approvers,
            )
        ) from refusal


def _sha256(entry: Entry) -> str:
    return entry.approval.signature_sha256 if entry.approval else ""

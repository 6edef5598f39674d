"""The approver's signature over the drafts of a release.

Where `HOME/approvers` is there (OpenSSH's allowed_signers; a principal is an approver's name), nothing is released
without one. Source: the settlement, 'Who approves'.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.worded import Phrase, joined, phrase, text_of
from tasks.release.openssh import LONGEST, as_armored, read_approvers, verify

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.release.openssh import Approvers, Verdict

APPROVERS, NAMESPACE = "approvers", "jobfirst"
SIGNED_NAME, SIGNATURE_NAME = "approval.txt", "approval.sig"


class OverAnotherText(BusinessRefusal):
    """A signature is over another text than the one at hand, whoever made it."""


class State(StrEnum):
    """The state of a signature."""

    NOT_ASKED_FOR = "not asked for"
    MISSING = "missing"
    VALID = "valid"
    REFUSED = "refused"


@dataclass(frozen=True)
class Signature:
    """A signature. `signed`: the text that it is over; `contents`: the file as it came."""

    signed: str
    contents: str

    @property
    def sha256(self) -> str:
        """What the entries keep of it."""
        return hashlib.sha256(self.contents.encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Keep it, and what it is over, in a release run's folder."""
        (folder / SIGNED_NAME).write_bytes(self.signed.encode())
        (folder / SIGNATURE_NAME).write_bytes(self.contents.encode())


@dataclass(frozen=True)
class Checked:
    """The state of a release's signature.

    `said`: the state in a sentence. `to_sign`: the text that is signed, a line for each year; `sign_with`: a command
    that signs it.
    """

    state: State
    said: str
    to_sign: str
    sign_with: str

    def require(self, contents: str | None) -> Signature | None:
        """Give what a release keeps of the signature; None: it needs none.

        Raises BusinessRefusal where it is missing or refused, InputError where it is given and can't be verified.
        """
        if self.state is State.NOT_ASKED_FOR:
            if contents:
                raise InputError(
                    phrase("The signature can't be verified: {said}. Leave it out, or make that file.", said=self.said)
                )
            return None
        if self.state is not State.VALID:
            raise BusinessRefusal(
                phrase("Nothing is released: {said}. To sign: {sign_with}", said=self.said, sign_with=self.sign_with)
            )
        return Signature(self.to_sign, contents or "")


def is_asked_for(approvers: Path) -> bool:
    """Return whether releases need a signature: also where the file is a link to nowhere."""
    return os.path.lexists(approvers)


def text_to_sign(fingerprints: Mapping[int, str]) -> str:
    """Give what the approver signs, a line for each year in order; `fingerprints`: the drafts' whole ones, by year."""
    return "".join(f"jobfirst release {year} {fingerprints[year]}\n" for year in sorted(fingerprints))


def read_signature(path: Path) -> str:
    """Read a signature's file as it is. Raises InputError when it can't be read as a text."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1).decode("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            phrase(
                "--signature {name}: it can't be read as a signature; name the file that ssh-keygen -Y sign wrote.",
                name=path.name,
            )
        ) from error


def check(
    approvers: Path,
    approved_by: str,
    prepared_by: Collection[str],
    fingerprints: Mapping[int, str],
    contents: str | None,
    at: datetime,
) -> Checked:
    """Find the state of a release's signature.

    `approvers`: the file. `prepared_by`: who prepared the drafts. `contents`: the signature as it came; None: none did.
    `at`: when its key must be valid.
    """
    text = text_to_sign(fingerprints)
    shown = text.replace("\n", "\\n")
    sign_with = f"printf '{shown}' | ssh-keygen -Y sign -n {NAMESPACE} -f KEY > FILE"
    state, said = State.VALID, ""
    if not is_asked_for(approvers):
        state = State.NOT_ASKED_FOR
        said = phrase(
            "there is no {approvers}, so no signature is asked for; two typed names don't prove that two people "
            "decided",
            approvers=approvers,
        )
    elif not contents:
        who = phrase("{name}'s", name=approved_by) if approved_by else phrase("the approver's")
        state = State.MISSING
        said = phrase("{approvers} asks for {who} signature, and none is given", approvers=approvers, who=who)
    else:
        try:
            key = require_valid(read_approvers(approvers), approved_by, prepared_by, text, contents, at)
            said = phrase("valid, {key}", key=key)
        except BusinessRefusal as refusal:
            state, said = State.REFUSED, text_of(refusal)
    return Checked(state, said, text, sign_with)


def require_valid(
    approvers: Approvers, approved_by: str, prepared_by: Collection[str], text: str, contents: str, at: datetime
) -> str:
    """Give the key of a valid signature, as `ssh-keygen` names it.

    A key that is a preparer's as well proves nothing about a second person. Raises BusinessRefusal that says what is
    wrong.
    """
    if not approved_by:
        raise BusinessRefusal(
            phrase("it is not said who approves, so no signature can be theirs: name who with --approved-by")
        )
    armored = as_armored(contents)
    if armored is None:
        raise BusinessRefusal(
            phrase(
                "the signature is none of OpenSSH: it begins with -----BEGIN SSH SIGNATURE----- (ssh-keygen -Y sign)"
            )
        )
    verdict = verify(approvers, approved_by, NAMESPACE, text, armored, at)
    if verdict.complaint is not None or verdict.key is None:
        refusal = OverAnotherText if verdict.key is None else BusinessRefusal
        raise refusal(
            phrase(
                "the signature is not {approved_by}'s over these drafts: {verdict}",
                approved_by=approved_by,
                verdict=_why(verdict, approved_by),
            )
        )
    for name in sorted(set(prepared_by)):
        if verify(approvers, name, NAMESPACE, text, armored, at).complaint is None:
            raise BusinessRefusal(
                phrase(
                    "the key that signed ({key}) is also that of {name}, who prepared: let each have a key alone",
                    key=verdict.key,
                    name=name,
                )
            )
    return verdict.key


def _why(verdict: Verdict, approved_by: str) -> Phrase:
    if verdict.key is None:
        return phrase(
            "it is over another text, or not for the namespace {namespace} (ssh-keygen says: {complaint}); every line "
            "ends in a line feed alone",
            namespace=NAMESPACE,
            complaint=verdict.complaint,
        )
    if verdict.principals and approved_by not in verdict.principals:
        names = joined(phrase(" and "), verdict.principals)
        return phrase("its {key} is there the key of {names}", key=verdict.key, names=names)
    if verdict.complaint and ":" in verdict.complaint:
        return phrase("its {key} is refused ({complaint})", key=verdict.key, complaint=verdict.complaint)
    return phrase("its {key} is not among that person's there", key=verdict.key)

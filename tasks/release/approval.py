"""What someone approves, as they say it: which drafts and projects, and which holds are waived for which reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.cpr import CPR_PATTERN, mask
from tasks.base.errors import InputError
from tasks.base.nearest import nearest_are
from tasks.base.person import account, compared
from tasks.base.worded import phrase
from tasks.ledger.entry import Waiver, require_written
from tasks.prefect_run.parameters import DraftBeginning, ProjectId, RuleCode, Text
from tasks.release.findings import CODES, accept, require_code
from tasks.validation.catalogue import PORTFOLIO

if TYPE_CHECKING:
    from tasks.release.findings import Finding

_DRAFT = re.compile(f"(?!{CPR_PATTERN}$)[0-9a-f]{{8,64}}")
SHORTEST_REASON = 10
"""How many characters a reason has at least: the settlement, 'Before a release'."""


@dataclass(frozen=True)
class WaivedHold:
    """A hold that the approver waives. `project`: its id, or PORTFOLIO. `code`: 'P01'. `reason`: why."""

    project: ProjectId
    code: RuleCode
    reason: Text

    @property
    def name(self) -> str:
        """How it is written on a command line."""
        return f"{self.project}:{self.code}"


@dataclass(frozen=True)
class AcceptedFinding:
    """A finding of the release that the approver accepts. `code`: 'H03'. `reason`: why."""

    code: RuleCode
    reason: Text


@dataclass(frozen=True)
class Approval:
    """An approval.

    `projects`: only these; None: all that are not on hold. `drafts`: how the fingerprints of the approved drafts begin,
    a year each; none, as for a plan: the newest drafts, whichever they are. `accepted`: findings, each with its reason.
    `approved_as`: the account of the operating system ('': it has none). `signature`: the approver's, as it came; it is
    not verified yet.
    """

    approved_by: str
    projects: tuple[str, ...] | None
    waivers: tuple[WaivedHold, ...]
    drafts: tuple[DraftBeginning, ...] = ()
    accepted: tuple[Waiver, ...] = ()
    approved_as: str = ""
    signature: str | None = None

    def accept(self, found: Sequence[Finding]) -> tuple[Waiver, ...]:
        """Give what the entries keep of the findings of a run. Raises what `tasks.release.findings.accept` raises."""
        return accept(found, self.accepted)

    def require_met(self, met: Collection[WaivedHold], years: Sequence[int], waivable: Collection[str]) -> None:
        """Raise InputError when a waiver met no hold in any of the years; `waivable`: the holds that there are."""
        for one in self.waivers:
            if one not in met:
                raise InputError(
                    phrase(
                        "--waive {name}: there is no such hold in {years}{nearest}; drop the waiver, or name an "
                        "existing hold.",
                        name=one.name,
                        years=", ".join(map(str, years)),
                        nearest=nearest_are(one.name, waivable),
                    )
                )


def approve(
    approved_by: str,
    projects: Sequence[str] | None,
    waivers: Sequence[WaivedHold | Mapping[str, str]],
    drafts: Sequence[str] | None = None,
    accepted: Sequence[AcceptedFinding | Mapping[str, str]] = (),
    signature: str | None = None,
    *,
    names_nobody: bool = False,
) -> Approval:
    """Take an approval as it is given, a waiver also as a mapping; personal numbers in it are masked.

    `names_nobody`: a plan may be looked at before anybody is named who approves.

    Raises InputError when nobody approves, for a text that begins no fingerprint or can't stand in the ledger, for a
    reason that is too short, for a waiver or finding given twice, or for a waiver of a project left out.
    """
    if not (names_nobody or compared(approved_by)):
        raise InputError(phrase("The approver's name is blank: name who approves with --approved-by NAME."))
    if approved_by:
        require_written("The approver's name", approved_by)
    named = tuple(draft.strip().lower() for draft in drafts or ())
    for draft in named:
        if not _DRAFT.fullmatch(draft):
            raise InputError(
                phrase(
                    "--draft {draft}: name a draft by at least the first 8 digits of its fingerprint.",
                    draft=mask(draft),
                )
            )
    chosen = None if projects is None else tuple(mask(project) for project in projects)
    taken = tuple(_taken(one) for one in waivers)
    for number, one in enumerate(taken):
        _require_reason(f"--waive {one.name}", one.reason)
        require_written(f"The reason for waiving {one.code}", one.reason)
        if (one.project, one.code) in {(before.project, before.code) for before in taken[:number]}:
            raise InputError(phrase("--waive {name} is given twice: give it once, with one reason.", name=one.name))
        if chosen is not None and one.project not in {*chosen, PORTFOLIO}:
            raise InputError(
                phrase(
                    "--waive {name}: the project is not among those to release{nearest}; add it with --project.",
                    name=one.name,
                    nearest=nearest_are(one.project, chosen),
                )
            )
    findings = tuple(_finding(one) for one in accepted)
    for number, finding in enumerate(findings):
        _require_reason(f"--accept {finding.code}", finding.reason)
        require_written(f"The reason for accepting {finding.code}", finding.reason)
        if finding.code in {before.code for before in findings[:number]}:
            raise InputError(
                phrase("--accept {code} is given twice: give it once, with one reason.", code=finding.code)
            )
        require_code(finding.code, CODES)
    return Approval(mask(approved_by), chosen, taken, named, findings, account(), signature)


def require_drafts(drafts: Sequence[str] | None, years: Sequence[int]) -> None:
    """Raise InputError where fewer drafts are named than years: one approves a draft that somebody looked at."""
    named = sorted(set(years))
    if len(drafts or ()) < len(named):
        raise InputError(
            phrase(
                "Name with --draft which draft of {years} you approve: its fingerprint, as settle, backfill and "
                "jobfirst status tell it.",
                years=", ".join(map(str, named)),
            )
        )


def _require_reason(option: str, reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise InputError(
            phrase(
                "{option}: a reason has at least {least} characters; write with --reason TEXT why it may be so.",
                option=option,
                least=SHORTEST_REASON,
            )
        )


def _finding(given: AcceptedFinding | Mapping[str, str]) -> Waiver:
    try:
        finding = given if isinstance(given, AcceptedFinding) else AcceptedFinding(**given)
    except TypeError as error:
        raise InputError(phrase("An accepted finding has a code and a reason, and nothing else.")) from error
    return Waiver(mask(finding.code).upper(), mask(finding.reason))


def _taken(given: WaivedHold | Mapping[str, str]) -> WaivedHold:
    try:
        waiver = given if isinstance(given, WaivedHold) else WaivedHold(**given)
    except TypeError as error:
        raise InputError(phrase("A waiver names a project, a code and a reason, and nothing else.")) from error
    return WaivedHold(mask(waiver.project), mask(waiver.code).upper(), mask(waiver.reason))

"""What a release finds beside holds: each is accepted once for the run, with a reason that its entries keep.

Source: the settlement, 'Before a release'.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal, InputError
from tasks.base.lines import some
from tasks.base.nearest import nearest_are
from tasks.base.worded import Phrase, joined, phrase
from tasks.hearing.state import State
from tasks.ledger.entry import Waiver
from tasks.letters.legal_texts import lacking

if TYPE_CHECKING:
    from tasks.hearing.state import Hearing
    from tasks.letters.kind import Kind
    from tasks.rules.model import LetterTexts

HEARING, LEGAL_TEXT, ACCOUNT = CODES = "H01", "H02", "H03"


@dataclass(frozen=True)
class Finding:
    """One finding of a run. `code`: 'H02'. `text`: what was found. `projects`: whose; none: the run's as a whole."""

    code: str
    text: str
    projects: tuple[str, ...] = ()


def hearings_awaited(heard: Mapping[tuple[str, int], Hearing]) -> list[Finding]:
    """Find the burdens that would be decided before their hearing is over; `heard`: by project and year."""
    by_state: dict[Phrase, list[str]] = defaultdict(list)
    for (project_id, year), hearing in sorted(heard.items()):
        if hearing.is_awaited:
            by_state[_awaited(hearing)].append(f"{project_id} {year}")
    if not by_state:
        return []
    told = joined("; ", [phrase("{state} ({letters})", state=one, letters=some(of)) for one, of in by_state.items()])
    projects = {project_id for (project_id, _), hearing in heard.items() if hearing.is_awaited}
    return [
        Finding(
            HEARING,
            phrase(
                "a decision that burdens a municipality would be made before its hearing is over: {told}; the reason "
                "for accepting this stands in the letters",
                told=told,
            ),
            tuple(sorted(projects)),
        )
    ]


def _awaited(hearing: Hearing) -> Phrase:
    if hearing.state is State.WAITING and hearing.letter is not None:
        return phrase("replies are awaited until {day}", day=hearing.letter.reply_by)
    if hearing.state is State.CHANGED:
        return phrase("what was heard was another amount, cause or rejection")
    if hearing.state is State.ELSEWHERE:
        return phrase("who was heard is no longer the lead municipality")
    return phrase("`jobfirst hearing sent` has no letter on record")


def legal_texts(
    texts: LetterTexts, kinds: Mapping[tuple[str, int], Kind], claimed: Collection[tuple[str, int]]
) -> list[Finding]:
    """Find the legal texts that the rules file leaves empty and a letter needs; `kinds`: by project and year.

    `claimed`: the decisions of municipalities that the run asks for money.
    """
    named = {f"{project_id} {year}": kind for (project_id, year), kind in kinds.items()}
    found = lacking(texts, named, {f"{project_id} {year}" for project_id, year in claimed})
    if not found:
        return []
    told = joined("; ", [phrase("{name}, for {letters}", name=name, letters=some(one)) for name, one in found.items()])
    projects = sorted({letter.rpartition(" ")[0] for letters in found.values() for letter in letters})
    return [
        Finding(
            LEGAL_TEXT,
            phrase("the rules file lacks legal texts that these letters need: {texts}", texts=told),
            tuple(projects),
        )
    ]


def one_account(prepared_as: Sequence[str], approved_as: str) -> list[Finding]:
    """Find that one account of the operating system prepared and approves; unknown accounts are no finding."""
    if not approved_as or approved_as not in prepared_as:
        return []
    told = phrase(
        "the account {account} of the operating system prepared the draft, and approves it", account=approved_as
    )
    return [Finding(ACCOUNT, told)]


def accepted_together(findings: Iterable[str]) -> list[str]:
    """Give the codes to accept by one reason each, joined by commas: H01 alone, since its reason stands in letters."""
    codes = list(findings)
    alone, rest = [code for code in codes if code == HEARING], [code for code in codes if code != HEARING]
    return [*alone, *([",".join(rest)] if rest else [])]


def require_code(code: str, codes: Collection[str]) -> None:
    """Raise InputError where a finding is accepted that is none of `codes`."""
    if code not in codes:
        raise InputError(
            phrase(
                "--accept {code}: there is no such finding in this release{nearest}; leave it out, or name a finding "
                "of the plan.",
                code=code,
                nearest=nearest_are(code, codes),
            )
        )


def accept(found: Sequence[Finding], accepted: Sequence[Waiver]) -> tuple[Waiver, ...]:
    """Give what the entries keep of the findings that were accepted.

    Raises InputError where one is accepted that is not there, BusinessRefusal where one is there and not accepted.
    """
    codes = [one.code for one in found]
    for one in accepted:
        require_code(one.code, codes)
    reasons = {one.code: one.reason for one in accepted}
    left = [one for one in found if one.code not in reasons]
    if left:
        raise BusinessRefusal(
            phrase(
                "Nothing is released, because of what was found. {told}. Solve it, or accept it with {accepting}.",
                told=joined("; ", [joined(": ", (one.code, one.text)) for one in left]),
                accepting=" ".join(
                    f'--accept {codes} --reason "..."' for codes in accepted_together(one.code for one in left)
                ),
            )
        )
    return tuple(Waiver(code, reasons[code]) for code in sorted(reasons))

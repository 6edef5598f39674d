"""The plan of a release as a terminal shows it, and as a table on the page of its run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from tasks.base.lines import amount, short, some
from tasks.base.worded import Phrase, phrase, shown, worded
from tasks.handover.net import ZERO
from tasks.hearing.state import State as HearingState
from tasks.release.signature import State
from tasks.release.together import ends_of
from tasks.validation.catalogue import TOGETHER
from tasks.validation.held import requirement, with_words

if TYPE_CHECKING:
    from tasks.release.plan import Plan, PlannedHearing, PlannedProject, PlannedYear, UndecidedYear


def plan_as_text(plan: Plan) -> str:
    """Report a plan: by year and project what would be posted, what speaks against it, payees and sums."""
    lines: list[str] = []
    for year in plan.years:
        lines += [*_year(year, {one.year: one.held for one in plan.years}), ""]
    largest = ", ".join(f"{project_id} {year}" for project_id, year in plan.largest)
    lines += [worded("Largest: {projects}", projects=largest), ""] if largest else []
    lines += (
        [worded("Findings"), *(f"  {one.code}  {shown(one.text)}" for one in plan.findings)]
        if plan.findings
        else [worded("Findings: none")]
    )
    if plan.payees:
        lines += [
            "",
            worded("Payees"),
            *(f"  {one.cvr}  {one.name:<40}{amount(one.amount_dkk):>16} kr." for one in plan.payees),
        ]
    lines += [
        "",
        f"  {worded('To pay out'):<20} {amount(plan.to_pay_dkk):>16} kr.",
        f"  {worded('To be paid back'):<20} {amount(plan.to_repay_dkk):>16} kr.",
    ]
    if plan.signature is not None:
        lines += ["", worded("Signature: {said}", said=plan.signature.said)]
        if plan.signature.state in {State.MISSING, State.REFUSED}:
            lines.append(worded("  to sign: {command}", command=plan.signature.sign_with))
    return "\n".join(lines)


def plan_table(plan: Plan) -> list[dict[str, str | int]]:
    """Give a row for each project and year: what would be posted, or its holds; amounts in kroner."""
    rows: list[dict[str, str | int]] = []
    for year in plan.years:
        rows += [
            {
                "Year": year.year,
                "Project": one.project_id,
                "Letter": one.kind.value,
                "Now, kr.": amount(one.amount_dkk),
                "Before, kr.": amount(one.before_dkk),
                "After, kr.": amount(one.after_dkk),
                "Left of cap, kr.": amount(one.cap_left_dkk),
                "Look at": ", ".join(one.odd),
                "Hearing": hearing_text(one.hearing),
                "Holds": "; ".join(f"{code} waived: {reason}" for code, reason in one.waived.items()),
            }
            for one in year.projects
        ]
        rows += [
            {
                "Year": year.year,
                "Project": project_id,
                "Letter": "",
                "Now, kr.": "",
                "Before, kr.": "",
                "After, kr.": "",
                "Left of cap, kr.": "",
                "Look at": "left out",
                "Hearing": "",
                "Holds": ", ".join(codes),
            }
            for project_id, codes in year.held.items()
        ]
    return rows


def _year(year: PlannedYear, held: Mapping[int, Mapping[str, Sequence[str]]]) -> list[str]:
    lines = [
        worded(
            "Plan {year}: draft {fingerprint}, prepared by {by}",
            year=year.year,
            fingerprint=short(year.fingerprint),
            by=year.prepared_by,
        )
    ]
    lines += [_head(), *map(_project, year.projects)] if year.projects else [worded("  nothing to post")]
    lines += [
        worded("  waived: {hold}, because: {reason}", hold=f"{one.project_id}:{with_words([code])}", reason=reason)
        for one in year.projects
        for code, reason in one.waived.items()
    ]
    lines += _undecided(year)
    lines += _hearings(year)
    lines += held_lines(year.held)
    lines += apart_lines(held, year.apart)
    if year.unchanged:
        lines.append(worded("  Nothing to correct: {count}", count=len(year.unchanged)))
    if year.released_before:
        lines.append(worded("  Released before: {count}", count=len(year.released_before)))
    return lines


def _head() -> str:
    amounts = (worded("Now, kr."), worded("Before, kr."), worded("After, kr."), worded("Left of cap"))
    return f"  {worded('Project'):<10}{worded('Letter'):<16}" + "".join(f" {name:>15}" for name in amounts)


def hearing_text(hearing: PlannedHearing) -> Phrase:
    """Word the state of a hearing."""
    state = HearingState(hearing.state)
    if state is HearingState.WAITING:
        return phrase("waits for a reply until {day}", day=hearing.reply_by)
    if state is HearingState.UNANSWERED:
        return phrase("sent on {sent_on} and not answered by {day}", sent_on=hearing.sent_on, day=hearing.reply_by)
    if state is HearingState.ANSWERED:
        return phrase("answered on {day}", day=hearing.answered_on)
    if state is HearingState.NOT_SENT:
        return phrase("not sent")
    if state is HearingState.ELSEWHERE:
        return phrase("sent to another municipality")
    return phrase("sent for another draft") if state is HearingState.CHANGED else phrase("not needed")


def _undecided(year: PlannedYear) -> list[str]:
    """Name the earlier years that nothing has decided: the money that this year takes back for them was never paid."""
    by_year: dict[int, list[UndecidedYear]] = defaultdict(list)
    for one in year.undecided:
        by_year[one.year].append(one)
    return [
        worded(
            "  {year} is not decided yet, and gives {amount} kr.: {projects}",
            year=earlier,
            amount=amount(sum((one.amount_dkk for one in of_year), ZERO)),
            projects=some(sorted(one.project_id for one in of_year)),
        )
        for earlier, of_year in sorted(by_year.items())
    ]


def _hearings(year: PlannedYear) -> list[str]:
    """Word the hearings: a line for each state, with its projects."""
    by_state: dict[Phrase, list[str]] = defaultdict(list)
    for one in year.projects:
        by_state[hearing_text(one.hearing)].append(one.project_id)
    return [
        worded("  hearing {state}: {projects}", state=state, projects=some(by_state[state]))
        for state in sorted(by_state)
    ]


def held_lines(held: dict[str, list[str]]) -> list[str]:
    """List the holds that leave projects out: a line for each code, in words, with its projects."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for project_id, codes in held.items():
        for code in codes:
            by_code[code].append(project_id)
    return [
        worded(
            "  left out by {code} ({title}): {projects}",
            code=code,
            title=requirement(code),
            projects=", ".join(projects),
        )
        for code, projects in sorted(by_code.items())
    ]


def apart_lines(held: Mapping[int, Mapping[str, Sequence[str]]], apart: Mapping[str, Collection[int]]) -> list[str]:
    """Say what ends P12 for the projects that it leaves out; `held`: the holds of all years of the release."""
    return [f"  {TOGETHER}: {one.shown()}" for one in ends_of(held, apart)]


def _project(one: PlannedProject) -> str:
    amounts = "".join(
        f" {amount(one_dkk):>15}" for one_dkk in (one.amount_dkk, one.before_dkk, one.after_dkk, one.cap_left_dkk)
    )
    told = {
        "first": worded("first"),
        "negative": worded("negative"),
        "zero": worded("zero"),
        "changed by more than a quarter": worded("changed by more than a quarter"),
    }
    odd = f"   {', '.join(told[name] for name in one.odd)}" if one.odd else ""
    return f"  {one.project_id:<10}{one.kind.value:<16}{amounts}{odd}"

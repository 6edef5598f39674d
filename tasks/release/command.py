"""The commands by which a person releases, as other commands offer them, and what a release would ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tasks.base.lines import short
from tasks.base.worded import Phrase, joined, phrase, shown, worded
from tasks.release.findings import accepted_together


def release_command(
    drafts: Mapping[int, str], findings: Iterable[str], *, is_signed: bool = False, is_all_held: bool = False
) -> Phrase:
    """Write the command that releases exactly the drafts of years, by their fingerprints.

    `findings`: codes of what the plan would ask to be accepted. `is_signed`: whether it asks for the approver's
    signature. `is_all_held`: whether it posts nothing without a waiver. The reason for H01 is apart, since it stands in
    the letters.
    """
    years = " ".join(map(str, sorted(drafts)))
    named = " ".join(f"--draft {short(drafts[year])}" for year in sorted(drafts))
    parts = [f"jobfirst release {years} {named} --approved-by", phrase("NAME")]
    if is_all_held:
        parts += ["--waive PROJECT:CODE --reason", phrase("TEXT")]
    for codes in accepted_together(findings):
        parts += [f"--accept {codes} --reason", phrase("TEXT")]
    if is_signed:
        parts += ["--signature", phrase("FILE")]
    return joined(" ", parts)


def asked_lines(findings: Mapping[str, str], *, is_all_held: bool) -> list[str]:
    """List what a release would ask to be accepted, a line for each finding; none where there is nothing.

    `is_all_held`: whether it posts nothing without a waiver, which is said first.
    """
    told = [f"  {code}  {shown(text)}" for code, text in findings.items()]
    held = worded("All that is left to release is on hold: mend it and settle again, or waive every hold of a project")
    return [
        *([held, ""] if is_all_held else []),
        *([worded("A release would ask you to accept"), *told, ""] if told else []),
    ]


def years_together(years: Sequence[int]) -> Phrase:
    """Say how years are released together."""
    return phrase(
        "Release the years together: `jobfirst backfill {first} {last}`, "
        "then `jobfirst release {years} --draft ...` with a draft of each.",
        first=min(years),
        last=max(years),
        years=" ".join(map(str, years)),
    )

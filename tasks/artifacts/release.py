"""What a release did, as its run's page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.artifacts.lineage import lineage_key
from tasks.artifacts.texts import plain
from tasks.base.lines import amount, count_of_entries, short
from tasks.prefect_run.links import LETTERS, address, linked_years, shown_under
from tasks.validation.catalogue import rule_of

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from tasks.ledger.entry import Entry
    from tasks.release.summary import Released, ReleasedYear

_HEAD = "| Project | Letter | Decided, kr. | Entries |\n|---|---|---:|---|"


def release_text(home: Path, released: Released, entries: Sequence[Entry]) -> str:
    """Report what was posted, with which entries, what was waived and accepted, and where letters and files lie.

    `entries`: those that the release posted.
    """
    parts = [
        _year(home, year, [one for one in entries if (one.run, one.year) == (year.run, year.year)])
        for year in released.years
    ]
    if any(year.run for year in released.years):
        parts.append(_payments(home, released))
    if released.finished:
        parts.append(f"The release {released.finished}, which was interrupted, was finished first.")
    held = count_of_entries(released.ledger_entries)
    parts.append(f"The ledger has {held}; the newest hash is `{released.ledger_sha256}`.")
    return "\n\n".join(parts)


def _year(home: Path, year: ReleasedYear, entries: Sequence[Entry]) -> str:
    lines = [f"### {year.year}: {year.run or 'nothing posted'}"]
    lines.append(
        f"Draft `{short(year.fingerprint)}`, prepared by {plain(year.prepared_by)}, approved by "
        f"{plain(year.approved_by)}."
    )
    if year.run is not None:
        again = "Made again; posted" if year.is_replay else "Posted"
        lines.append(f"{again} {year.posted_at:%Y-%m-%d %H:%M} UTC: decided **{amount(year.decided_dkk)} kr.**")
        rows = [_decided(one.project_id, one.kind.value, one.amount_dkk, entries) for one in year.decided]
        lines.append("\n".join([_HEAD, *rows]))
    lines += _reasons(entries)
    if year.held:
        lines.append("Held back:\n\n" + "\n".join(f"- {plain(one)}: {', '.join(year.held[one])}" for one in year.held))
    others = {"Nothing to correct": year.unchanged, "Released before": year.released_before}
    lines += [f"{name}: {', '.join(map(plain, projects))}" for name, projects in others.items() if projects]
    if year.out is not None:
        here = address(home, year.out)
        lines.append(
            f"[Letters]({here}/{LETTERS}), [postings]({here}/postings.csv), [the ledger]({here}/ledger.csv) and all "
            f"else lie in [`{year.out}`]({here}/)."
        )
    lines.append(f"What it rests on: {shown_under(lineage_key(year.year), 'from delivery to ledger')}.")
    lines.append(linked_years(home, [year.year]))
    return "\n\n".join(lines)


def _payments(home: Path, released: Released) -> str:
    """Report the payments and claims, and where their files lie: in the last year's folder of each run."""
    last = {year.run: year.out for year in released.years if year.out is not None}
    files = ", ".join(f"[payments and repayments]({address(home, out)}/)" for out in last.values())
    return (
        f"Added up by municipality: to pay out **{amount(released.to_pay_dkk)} kr.**, to be paid back "
        f"**{amount(released.to_repay_dkk)} kr.** They lie with the last year: {files}."
    )


def _decided(project_id: str, kind: str, amount_dkk: Decimal, entries: Sequence[Entry]) -> str:
    numbers = ", ".join(str(one.number) for one in entries if one.project_id == project_id)
    return f"| {plain(project_id)} | {kind} | {amount(amount_dkk)} | {numbers} |"


def _reasons(entries: Sequence[Entry]) -> list[str]:
    """List each hold that was waived and each finding that was accepted, with its reason."""
    waived = {(one.project_id, hold.code, hold.reason): None for one in entries for hold in one.waivers}
    accepted = {(hold.code, hold.reason): None for one in entries if one.approval for hold in one.approval.accepted}
    told = []
    if waived:
        lines = [
            f"- {plain(whose)}, {code} (required: {rule_of(code).title_en}): {plain(why)}"
            for whose, code, why in waived
        ]
        told.append("Waived holds:\n\n" + "\n".join(lines))
    if accepted:
        lines = [f"- {code}: {plain(why)}" for code, why in accepted]
        told.append("Accepted findings:\n\n" + "\n".join(lines))
    return told

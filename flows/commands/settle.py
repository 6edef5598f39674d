"""`jobfirst settle YEAR`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.commands.common import (
    DONE,
    add_as_known_at,
    add_command,
    add_folders,
    begin,
    by_another,
    filled,
    folder,
    show,
)
from tasks.base.lines import (
    EARLIER,
    UNREGISTERED,
    amount,
    count_of_controls,
    count_of_participants,
    late_letters,
    projects,
    short,
    when,
)
from tasks.base.worded import worded

if TYPE_CHECKING:
    from pathlib import Path

    from tasks.draft.summary import Summary


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "settle",
        "settle a year: intake, validation, computation, draft letters",
        "jobfirst settle 2016 --register register --inbox inbox",
        run,
    )
    parser.add_argument("year", type=int, metavar="YEAR", help="the year to settle")
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)
    parser.add_argument(
        "--cluster",
        type=filled,
        metavar="N|ADDRESS",
        help="work on a Dask cluster: N local worker processes, or a scheduler's address such as tls://host:8786",
    )


def run(options: argparse.Namespace) -> int:
    """Settle the year in this process."""
    register, inbox = folder(options, "register"), folder(options, "inbox")
    begin(worded("Settling {year}.", year=options.year))
    from flows.server.api import prefect_api
    from tasks.base.cpr import mask
    from tasks.release.signature import APPROVERS, is_asked_for
    from tasks.rules.model import load_rules

    load_rules().check_year(options.year)
    with prefect_api(options.home):
        from flows.settle import settle

        cluster = options.cluster and mask(options.cluster)
        summary: Summary = settle(register, inbox, options.home, options.year, options.as_known_at, cluster)
    is_replay, is_signed = bool(options.as_known_at), is_asked_for(options.home / APPROVERS)
    show(options, as_object(summary), lambda: as_text(summary, is_replay=is_replay, is_signed=is_signed))
    return DONE


def as_object(summary: Summary) -> dict[str, Any]:
    """Give a settlement as JSON has it: where no project has a delivery, no sum is known, and each is None."""
    sums = ("entitlement_dkk", "payable_dkk", "held_dkk")
    return asdict(summary) | (dict.fromkeys(sums) if summary.is_unknown else {})


def as_text(summary: Summary, *, is_replay: bool, is_signed: bool = False) -> str:
    """Write a settlement for a STAR officer; a replay is never released.

    `is_signed`: whether a release needs the approver's signature.
    """
    from tasks.validation.held import listed, requirement

    out: Path = summary.out
    citizens = summary.participants + summary.controls
    fingerprint = short(summary.fingerprint)
    head = (
        worded(
            "JobFirst settlement {year}: replay of an earlier state, fingerprint {fingerprint}",
            year=summary.year,
            fingerprint=fingerprint,
        )
        if is_replay
        else worded("JobFirst settlement {year}: draft {fingerprint}", year=summary.year, fingerprint=fingerprint)
    )
    unchanged = worded("Nothing has changed since it was made: it stands, and so do its files.")
    none = worded("  none")
    lines = [
        head,
        *([unchanged] if summary.is_unchanged else []),
        "",
        _projects(summary),
        worded(
            "  Citizens         {count:>16}   ({participants}, {controls})",
            count=citizens,
            participants=count_of_participants(summary.participants),
            controls=count_of_controls(summary.controls),
        ),
        worded("  Starts           {count:>16}", count=summary.starts),
        worded("  Completions      {count:>16}", count=summary.completions),
        *_sums(summary),
        "",
        worded("Holds"),
        *(listed(summary.holds) or [none]),
        "",
        worded("Rejected rows by rule"),
        *([f"  {code}  {rows:>6}   {requirement(code)}" for code, rows in summary.rejected.items()] or [none]),
        "",
        *_earlier(summary, is_drafted_next=summary.together is not None and not is_replay),
        *_without_effect(summary),
        *_unregistered(summary),
        *_late(summary),
        worded("Open next"),
        f"  {out / 'report.html'}",
        f"  {out / 'validation' / 'index.html'}",
        f"  {out / 'letters'}",
        f"  {out / 'settlement.csv'}",
    ]
    if not is_replay:
        lines += _next(summary, is_signed=is_signed)
    return "\n".join(lines)


def _projects(summary: Summary) -> str:
    if summary.not_started:
        return worded(
            "  Projects         {count:>16}   ({missing} without an accepted delivery, {later} not begun)",
            count=summary.projects,
            missing=summary.missing,
            later=summary.not_started,
        )
    return worded(
        "  Projects         {count:>16}   ({missing} without an accepted delivery)",
        count=summary.projects,
        missing=summary.missing,
    )


def _sums(summary: Summary) -> list[str]:
    if summary.is_unknown:
        unknown = worded("unknown")
        return [
            worded("  Entitlement      {amount:>16}", amount=unknown),
            worded("  Payable          {amount:>16}", amount=unknown),
        ]
    return [
        worded("  Entitlement      {amount:>16} kr.", amount=amount(summary.entitlement_dkk)) + _unknown(summary),
        worded(
            "  Payable          {amount:>16} kr.   (of which on hold {held} kr.)",
            amount=amount(summary.payable_dkk),
            held=amount(summary.held_dkk),
        ),
    ]


def _unknown(summary: Summary) -> str:
    """Say for how many projects no amount is known, since no delivery came: 0 would be a claim."""
    return worded("   (unknown of {projects})", projects=projects(summary.missing)) if summary.missing else ""


def _next(summary: Summary, *, is_signed: bool) -> list[str]:
    """Name what would not be refused: the release, by whom, and the backfill of projects whose years go together."""
    from tasks.release.command import asked_lines, release_command

    lines = []
    if summary.to_release:
        drafts = {**summary.released_with, summary.year: summary.fingerprint}
        is_held = summary.is_all_held
        command = release_command(drafts, summary.findings, is_signed=is_signed, is_all_held=is_held)
        asks = asked_lines(summary.findings, is_all_held=is_held)
        lines += ["", *asks, worded("Next: {command}", command=command), by_another()]
    if summary.together:
        lines += [
            "",
            worded(
                "Next: {command}, since {projects} can't be released without the other years (P12)",
                command=summary.together,
                projects=projects(summary.apart),
            ),
        ]
    return lines


def _earlier(summary: Summary, *, is_drafted_next: bool) -> list[str]:
    """Report the earlier years that differ, and their backfill; `is_drafted_next`: the one of `_next` drafts them."""
    if not summary.earlier:
        return []
    command = worded("  {command} would draft the differences", command=summary.backfill)
    return [
        EARLIER.shown(),
        *(
            worded(
                "  {year}   {projects}   up {up} kr.   down {down} kr.",
                year=one.year,
                projects=projects(one.projects),
                up=amount(one.up_dkk),
                down=amount(-one.down_dkk),
            )
            for one in summary.earlier
        ),
        *([] if is_drafted_next else [command]),
        "",
    ]


def _without_effect(summary: Summary) -> list[str]:
    """Report what came and changed nothing: each that came late, and how many came with a newer one."""
    if not summary.without_effect:
        return []
    later = [one for one in summary.without_effect if one.is_later]
    lines = [
        worded(
            "  {project:<12} {delivery}, received {moment}: {newer} is in force, so correct that one",
            project=one.project_id,
            delivery=one.delivery,
            moment=when(one.received_at),
            newer=one.in_force_as_of,
        )
        for one in later
    ]
    if never := len(summary.without_effect) - len(later):
        lines.append(worded("  {count} older, received with or after a newer one of the same project", count=never))
    return [worded("Without effect: deliveries older than the one in force"), *lines, ""]


def _unregistered(summary: Summary) -> list[str]:
    if not summary.unregistered:
        return []
    return [
        UNREGISTERED.shown(),
        *(
            worded("  {project:<12} {amount:>20} kr. posted", project=one.project_id, amount=amount(one.posted_dkk))
            for one in summary.unregistered
        ),
        "",
    ]


def _late(summary: Summary) -> list[str]:
    if summary.passed_deadline is None:
        return []
    return [late_letters(summary.year, summary.first_letters, summary.passed_deadline).shown(), ""]

"""`jobfirst release YEAR [YEAR ...] --approved-by NAME`."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flows.commands.common import (
    DONE,
    add_as_known_at,
    add_command,
    add_folders,
    begin,
    filled,
    folder,
    named_path,
    show,
)
from tasks.base.cpr import mask
from tasks.base.errors import InputError
from tasks.base.lines import amount, count_of_entries, short, some, when
from tasks.base.program import program_name
from tasks.base.worded import phrase, worded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.release.approval import AcceptedFinding, WaivedHold
    from tasks.release.plan import Plan
    from tasks.release.summary import Released, ReleasedYear


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "release",
        "post the draft of each year that a second person approves: ledger, final letters, posting basis, payment file",
        'jobfirst release 2016 --draft 04f6b0c2068b --approved-by "Bo Holm" --waive JF-187:P02 --reason "Two missing."',
        run,
    )
    parser.add_argument("years", type=int, nargs="+", metavar="YEAR", help="the years to release, in one run")
    parser.add_argument("--approved-by", default="", metavar="NAME", help="who approves; not who prepared the draft")
    parser.add_argument(
        "--plan",
        action="store_true",
        help="show what would be posted and what speaks against it, and write nothing",
    )
    parser.add_argument(
        "--draft",
        dest="drafts",
        action="append",
        type=filled,
        metavar="FINGERPRINT",
        help="the draft that is approved, by the first 8 digits or more, as settle shows; one a year; none for a plan",
    )
    parser.add_argument(
        "--project",
        type=filled,
        action="extend",
        nargs="+",
        metavar="ID",
        help="release only these; the rest can follow",
    )
    parser.add_argument(
        "--waive",
        dest="reasoned",
        action="append",
        type=lambda text: ("--waive", filled(text)),
        default=[],
        metavar="PROJECT:CODE",
        help="waive a hold; each is followed by its --reason; PORTFOLIO:B01 for the portfolio's",
    )
    parser.add_argument(
        "--accept",
        dest="reasoned",
        action="append",
        type=lambda text: ("--accept", filled(text)),
        metavar="CODE",
        help="accept a finding of the plan, or several: H02,H03; each is followed by its --reason",
    )
    parser.add_argument(
        "--reason",
        dest="reasoned",
        action="append",
        type=lambda text: ("--reason", text),
        metavar="TEXT",
        help="why the hold named before it is waived, or the finding accepted: ten characters or more",
    )
    parser.add_argument(
        "--signature",
        type=named_path,
        metavar="FILE",
        help="the approver's signature over the drafts, asked for where HOME/approvers is there: --plan shows how",
    )
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Release the drafts in this process."""
    register = folder(options, "register")
    years = " ".join(map(str, options.years))
    if options.plan:
        begin(worded("Planning the release of {years}: nothing is written.", years=years))
    else:
        begin(worded("Releasing {years}.", years=years))
    from flows.server.api import prefect_api
    from tasks.release.approval import approve, require_drafts
    from tasks.release.signature import read_signature
    from tasks.release.text import plan_as_text
    from tasks.rules.model import load_rules

    rules = load_rules()
    for year in options.years:
        rules.check_year(year)
    waivers, accepted = reasoned(options.reasoned)
    signature = options.signature and mask(read_signature(options.signature))
    if not (options.as_known_at or options.plan):
        require_drafts(options.drafts, options.years)
    names_nobody = options.plan or options.as_known_at is not None
    approve(options.approved_by, options.project, waivers, options.drafts, accepted, names_nobody=names_nobody)
    inbox = folder(options, "inbox")
    with prefect_api(options.home):
        from flows.release import release

        released: Released = release(
            options.years,
            options.drafts or [],
            mask(options.approved_by),
            register,
            inbox,
            options.home,
            options.project and list(map(mask, options.project)),
            waivers,
            options.as_known_at,
            accepted,
            options.plan,
            signature,
        )
    plan = released.plan
    if options.plan and plan is not None:
        show(options, _plan_as_json(plan), lambda: plan_as_text(plan))
    else:
        show(options, _as_json(released), lambda: as_text(released))
    return DONE


def reasoned(given: Sequence[tuple[str, str]]) -> tuple[list[WaivedHold], list[AcceptedFinding]]:
    """Pair each --waive and --accept with the --reason after it; personal numbers in them are masked.

    Raises InputError for a hold that is not PROJECT:CODE, for what has no reason, and for a reason of nothing.
    """
    from tasks.release.approval import AcceptedFinding, WaivedHold

    options = [option for option, _ in given]
    if len(given) % 2 or set(options[1::2]) - {"--reason"} or "--reason" in options[::2]:
        raise InputError(
            phrase(
                "Each --waive PROJECT:CODE and --accept CODE is followed by its own --reason TEXT: write them in pairs."
            )
        )
    waivers: list[WaivedHold] = []
    accepted: list[AcceptedFinding] = []
    # Prefect keeps them as the run's parameters, also of a release that is refused for them.
    texts = [mask(text) for _, text in given]
    for option, hold, reason in zip(options[::2], texts[::2], texts[1::2], strict=True):
        if option == "--accept":
            accepted += [AcceptedFinding(code.strip(), reason) for code in hold.split(",")]
            continue
        project, _, code = hold.rpartition(":")
        if not (project and code):
            raise InputError(
                phrase(
                    "--waive {hold}: write it as PROJECT:CODE, for example JF-187:P02 or PORTFOLIO:B01.",
                    hold=hold,
                )
            )
        waivers.append(WaivedHold(project, code, reason))
    return waivers, accepted


def _beside_the_first(year: ReleasedYear) -> list[str]:
    """Report which version made the files of a replay first, and what of them differs now."""
    if not year.is_replay:
        return []
    made_by = (
        [worded("  First made by JobFirst {first}; this is {now}", first=year.made_by, now=program_name())]
        if year.made_by
        else []
    )
    if not year.is_compared:
        posted = worded("  The dates and amounts are those that were posted; the first files are not there to compare.")
        return [*made_by, posted]
    if not year.differing:
        return [*made_by, worded("  The same bytes")]
    differing = some(year.differing)
    return [*made_by, worded("  The same dates and amounts; other bytes in {files}", files=differing)]


def _as_json(released: Released) -> dict[str, Any]:
    result = asdict(replace(released, plan=None))
    result["plan"] = _plan_as_json(released.plan) if released.plan else None
    for fields, year in zip(result["years"], released.years, strict=True):
        fields["decided_dkk"] = year.decided_dkk
    return result


def _plan_as_json(plan: Plan) -> dict[str, Any]:
    return asdict(plan) | {"to_pay_dkk": plan.to_pay_dkk, "to_repay_dkk": plan.to_repay_dkk}


def as_text(released: Released) -> str:
    """Report a release to the person who approved it."""
    lines = []
    if released.finished:
        lines.append(
            worded("Release {run}, which was interrupted, is finished: its files are there now.", run=released.finished)
        )
    held = {year.year: year.held for year in released.years}
    for year in released.years:
        lines += [*([""] if lines else []), *_year_as_text(year, held)]
    lines += _payments(released)
    lines += [
        "",
        worded("Ledger: {entries}, the newest with hash", entries=count_of_entries(released.ledger_entries)),
        f"  {released.ledger_sha256}",
    ]
    return "\n".join(lines)


def _payments(released: Released) -> list[str]:
    """Say what is paid and claimed, and where its files lie: in the last year's folder of each run."""
    from tasks.release.hand_over import PAYMENTS, REPAYMENTS

    last = {year.run: year for year in released.years if year.out is not None}
    if not last:
        return []
    paid, repaid = (
        (worded("Paid out then"), worded("Claimed back then"))
        if any(year.is_replay for year in last.values())
        else (worded("To pay out"), worded("To be paid back"))
    )
    files = [year.out / name for year in last.values() if year.out for name in (PAYMENTS, REPAYMENTS)]
    return [
        "",
        worded("Payments, all decisions added up by municipality"),
        f"  {paid:<20} {amount(released.to_pay_dkk):>16} kr.",
        f"  {repaid:<20} {amount(released.to_repay_dkk):>16} kr.",
        *(f"  {path}" for path in files if path.exists()),
    ]


def _year_as_text(year: ReleasedYear, held: Mapping[int, Mapping[str, Sequence[str]]]) -> list[str]:
    from tasks.release.text import apart_lines, held_lines

    fingerprint = short(year.fingerprint)
    if year.run is None:
        lines = [
            worded("JobFirst release {year}: nothing new, the ledger stands as it was", year=year.year),
            worded("  Draft {fingerprint}, prepared by {by}", fingerprint=fingerprint, by=year.prepared_by),
            "",
        ]
    else:
        again = worded(", made again: nothing is posted or paid now") if year.is_replay else ""
        lines = [
            worded("JobFirst release {year}: {run}", year=year.year, run=year.run) + again,
            worded(
                "  Draft {fingerprint}, prepared by {by}, approved by {approver}",
                fingerprint=fingerprint,
                by=year.prepared_by,
                approver=year.approved_by,
            ),
            *([worded("  Posted {moment}", moment=when(year.posted_at))] if year.posted_at is not None else []),
            *_beside_the_first(year),
            "",
        ]
    decided = worded("Released then") if year.is_replay else worded("Released now")
    counts = [
        (decided, len(year.decided)),
        (worded("Released before"), len(year.released_before)),
        (worded("Nothing to correct"), len(year.unchanged)),
        (worded("On hold, left out"), len(year.held)),
        (worded("Not chosen"), year.not_chosen),
    ]
    lines += [f"  {name:<20} {count:>16}" for name, count in counts if count or name == decided]
    if year.run is not None:
        lines.append(f"  {worded('Decided'):<20} {amount(year.decided_dkk):>16} kr.")
    if year.waived:
        lines += [f"  {worded('Holds waived'):<20} {year.waived:>16}"]
    if year.held:
        mend = worded("On hold: waive every hold of a project, or mend it and settle again")
        lines += ["", mend, *held_lines(year.held)]
    if year.apart:
        lines += ["", *apart_lines(held, year.apart)]
    if year.out is not None:
        lines += ["", worded("Open next"), *(f"  {year.out / name}" for name in ("postings.csv", "letters"))]
    return lines

"""`jobfirst settle YEAR`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, folder, show

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
    parser.add_argument("year", type=int, metavar="YEAR")
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)
    parser.add_argument(
        "--cluster",
        metavar="N|ADDRESS",
        help="work on a Dask cluster: N local worker processes, or a scheduler's address such as tls://host:8786",
    )


def run(options: argparse.Namespace) -> int:
    """Settle the year in this process."""
    from flows.server.api import prefect_api
    from tasks.rules.model import load_rules

    register, inbox = folder(options, "register"), folder(options, "inbox")
    load_rules().check_year(options.year)
    with prefect_api(options.home):
        from flows.settle import settle

        summary: Summary = settle(register, inbox, options.home, options.year, options.as_known_at, options.cluster)
    show(options, asdict(summary), lambda: as_text(summary, is_replay=bool(options.as_known_at)))
    return DONE


def as_text(summary: Summary, *, is_replay: bool) -> str:
    """Write a settlement for a STAR officer; a replay is never released."""
    from tasks.base.english import amount, listed, release_command, short

    out: Path = summary.out
    citizens = summary.participants + summary.controls
    lines = [
        f"JobFirst settlement {summary.year}: {'replay of an earlier state, fingerprint' if is_replay else 'draft'} "
        f"{short(summary.fingerprint)}",
        *(["Nothing has changed since it was made: it stands, and so do its files."] if summary.is_unchanged else []),
        "",
        f"  Projects         {summary.projects:>16}   ({summary.missing} without an accepted delivery)",
        f"  Citizens         {citizens:>16}   ({summary.participants} participants, {summary.controls} controls)",
        f"  Starts           {summary.starts:>16}",
        f"  Completions      {summary.completions:>16}",
        f"  Entitlement      {amount(summary.entitlement_dkk):>16} kr.",
        f"  Payable          {amount(summary.payable_dkk):>16} kr.   (of which on hold {amount(summary.held_dkk)} kr.)",
        "",
        "Holds",
        *(listed(summary.holds) or ["  none"]),
        "",
        "Rejected rows by rule",
        *([f"  {code}  {rows:>6}   {summary.titles[code]}" for code, rows in summary.rejected.items()] or ["  none"]),
        "",
        *_earlier(summary),
        *_unregistered(summary),
        *_late(summary),
        "Open next",
        f"  {out / 'report.html'}",
        f"  {out / 'validation' / 'index.html'}",
        f"  {out / 'letters'}",
        f"  {out / 'settlement.csv'}",
    ]
    if summary.to_decide and not is_replay:
        lines += ["", f"Next: {release_command({summary.year: summary.fingerprint})}"]
    return "\n".join(lines)


def _earlier(summary: Summary) -> list[str]:
    from tasks.base.english import EARLIER, amount, projects

    if not summary.earlier:
        return []
    return [
        EARLIER,
        *(
            f"  {one.year}   {projects(one.projects)}   up {amount(one.up_dkk)} kr.   down {amount(one.down_dkk)} kr."
            for one in summary.earlier
        ),
        f"  {summary.backfill} would draft the differences",
        "",
    ]


def _unregistered(summary: Summary) -> list[str]:
    from tasks.base.english import UNREGISTERED, amount

    if not summary.unregistered:
        return []
    return [
        UNREGISTERED,
        *(f"  {one.project_id:<12} {amount(one.posted_dkk):>20} kr. posted" for one in summary.unregistered),
        "",
    ]


def _late(summary: Summary) -> list[str]:
    from tasks.base.english import late_letters

    if summary.passed_deadline is None:
        return []
    return [late_letters(summary.year, summary.first_letters, summary.passed_deadline), ""]

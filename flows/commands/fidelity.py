"""`jobfirst fidelity YEAR` and `jobfirst fidelity sample PROJECT`."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, begin, filled, folder, show
from tasks.base.errors import InputError
from tasks.base.worded import Both, phrase, worded

if TYPE_CHECKING:
    from tasks.fidelity.measure import Fidelity

_SAMPLE = "sample"
_CITIZENS = 10


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "fidelity",
        "measure whether participants got JobFirst: nine core elements by project; it changes no payment",
        "jobfirst fidelity 2017 --register register --inbox inbox; jobfirst fidelity sample JF-187 --citizens 10 "
        "prints that many participants for a consultant to read. Exit status: 0 done, 1 another run writes, 2 a wrong "
        "year or project",
        run,
    )
    parser.add_argument(
        "what", type=filled, metavar="YEAR|sample", help="the year whose folder the files go to; or sample"
    )
    parser.add_argument("sampled", type=filled, nargs="?", metavar="PROJECT", help="with sample: whose participants")
    parser.add_argument("--project", type=filled, metavar="ID", help="measure one project alone")
    parser.add_argument("--citizens", type=int, metavar="N", help=f"with sample: how many (default {_CITIZENS})")
    add_folders(parser, "register", "inbox", "home")
    add_as_known_at(parser)


def run(options: argparse.Namespace) -> int:
    """Measure, or draw a sample, in this process."""
    is_sample = options.what == _SAMPLE
    if is_sample == (options.sampled is None):
        raise InputError(phrase("Name a year, or sample and a project; see jobfirst fidelity --help."))
    if not is_sample and not options.what.isdecimal():
        raise InputError(phrase("{what} is no year; see jobfirst fidelity --help.", what=options.what))
    if is_sample and options.project is not None:
        raise InputError(phrase("Name the project behind sample alone, without --project."))
    if not is_sample and options.citizens is not None:
        raise InputError(phrase("--citizens belongs to sample: a year is measured for all."))
    begin(worded("Reading what was delivered of the core elements."))
    from flows.server.api import prefect_api
    from tasks.base.cpr import mask
    from tasks.rules.model import load_rules

    if not is_sample:
        load_rules().check_year(int(options.what))
    register, inbox = folder(options, "register"), folder(options, "inbox")
    with prefect_api(options.home):
        from flows.fidelity import fidelity, fidelity_sample

        if is_sample:
            sampled = mask(options.sampled)
            citizens = _CITIZENS if options.citizens is None else options.citizens
            drawn: list[str] = fidelity_sample(sampled, citizens, register, inbox, options.home, options.as_known_at)
            show(options, {"project": sampled, "citizens": drawn}, lambda: "\n".join(drawn))
            return DONE
        project = options.project and mask(options.project)
        found: Fidelity = fidelity(int(options.what), register, inbox, options.home, project, options.as_known_at)
    show(options, {"year": found.year, "folder": found.folder, "projects": found.projects}, lambda: as_text(found))
    return DONE


def as_text(found: Fidelity) -> str:
    """Write the main figures."""
    head = worded(
        "JobFirst fidelity {year}: of courses with all nine elements due, the share with all nine, lowest to highest",
        year=found.year,
    )
    lines = [head, ""]
    for row in found.projects:
        if row["courses_due"] is None:
            lines.append(worded("  {project}  no accepted delivery", project=row["project_id"]))
            continue
        due = worded("{count:>5} due", count=row["courses_due"])
        span = worded("none due")
        if row["courses_due"]:
            span = worded("{low} to {high}", low=_share(row["jobfirst_lowest"]), high=_share(row["jobfirst_highest"]))
        lines.append(f"  {row['project_id']}  {due}  {span}  {row['band'] or worded('no band')}")
    return "\n".join([*lines, "", worded("Open next: {path}", path=found.folder / "fidelity.html")])


def _share(share: Decimal) -> Both:
    return Both(str(share).replace(".", ","), str(share))

"""`jobfirst evaluate …`: the frozen plan, what a trial could find, and what JobFirst did for hours in work."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from flows.commands.common import DONE, add_as_known_at, add_command, add_folders, begin, kept_path, show
from tasks.base.danish import decimal
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.worded import Both, phrase, worded

if TYPE_CHECKING:
    from tasks.evaluation.run import Evaluation


def add(commands: Any) -> None:
    """Add the parsers of all actions."""
    parser = commands.add_parser(
        "evaluate",
        help="estimate what JobFirst did for hours in ordinary work, by a frozen plan",
        description="Estimate what JobFirst did for hours in ordinary work, by a frozen plan.",
        epilog="Example: jobfirst evaluate run --hours timer.csv; docs/trial.md has the next steps.",
        allow_abbrev=False,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION", title="actions")
    one = add_command(
        actions,
        "freeze",
        "write down the hash of the plan, the rules file's section evaluation",
        'jobfirst evaluate freeze --approved-by "Bo Holm"',
        _freeze,
    )
    one.add_argument("--approved-by", required=True, metavar="NAME", help="who stands by the plan")
    add_folders(one, "home")
    one = add_command(
        actions,
        "power",
        "compute the smallest effect that a trial finds",
        "jobfirst evaluate power --citizens 3200 --sd 6.5",
        _power,
    )
    one.add_argument("--citizens", type=int, default=200, metavar="N", help="both arms together (default 200)")
    one.add_argument(
        "--sd",
        type=float,
        default=1.0,
        metavar="X",
        help="standard deviation of weekly hours (default 1: in its units)",
    )
    one = add_command(
        actions,
        "run",
        "estimate, and write tables and report to HOME/out/evaluation/",
        "jobfirst evaluate run --hours timer.csv. Exit status: 0 done, 1 no plan is frozen or nothing to analyse, "
        "2 a wrong hours file",
        _run,
    )
    one.add_argument("--hours", type=kept_path, metavar="FILE", help="hours of the income register: cpr, maaned, timer")
    one.add_argument("--exploratory", action="store_true", help="run without a frozen plan; every page and row says so")
    add_folders(one, "home")
    add_as_known_at(one)


def _freeze(options: argparse.Namespace) -> int:
    from tasks.base.run import preparer
    from tasks.evaluation.plan import freeze
    from tasks.rules.model import load_rules, terms_of
    from tasks.warehouse.lock import hold_lock

    if not options.approved_by.strip():
        raise InputError(phrase("--approved-by names nobody: give who stands by the plan."))
    now, by, terms = Moment.now(), preparer(), terms_of(load_rules())
    with hold_lock(options.home, "evaluate freeze", now.utc):
        entry, is_again = freeze(options.home, terms, approved_by=options.approved_by, by=by, now=now)
    result = {
        "plan_sha256": entry["plan_sha256"],
        "frozen_at": entry["at"],
        "approved_by": entry["approved_by"],
        "is_again": is_again,
    }
    told = {"at": Moment.parse(entry["at"]).as_text(), "by": entry["approved_by"]}
    line = (
        worded("The plan was frozen already, {at}, by {by}:", **told)
        if is_again
        else worded("The plan is frozen, {at}, by {by}:", **told)
    )
    show(options, result, lambda: f"{line}\n  {entry['plan_sha256']}")
    return DONE


def _power(options: argparse.Namespace) -> int:
    begin(worded("Computing the smallest effect."))
    from tasks.evaluation.power import planned
    from tasks.rules.model import load_rules, terms_of

    power = float(terms_of(load_rules()).power_share)
    found = planned(options.citizens, options.sd, power)
    result = {"citizens": options.citizens, "sd": options.sd, "df": found.df, "smallest_effect": found.effect}
    show(
        options,
        result,
        lambda: worded(
            "{citizens} citizens in two equal arms find an effect of {effect} hours a week where the standard "
            "deviation is {sd} ({power} % power, 5 % level).",
            citizens=options.citizens,
            effect=Both(decimal(found.effect, 4), f"{found.effect:.4f}"),
            sd=Both(f"{options.sd:g}".replace(".", ","), f"{options.sd:g}"),
            power=f"{100 * power:g}",
        ),
    )
    return DONE


def _run(options: argparse.Namespace) -> int:
    begin(worded("Analysing the trial."))
    from flows.server.api import prefect_api

    with prefect_api(options.home):
        from flows.evaluate import evaluate

        found: Evaluation = evaluate(options.home, options.hours, options.exploratory, options.as_known_at)
    show(options, as_object(found), lambda: as_text(found))
    return DONE


def as_object(found: Evaluation) -> dict[str, Any]:
    """Give the main figures for --json."""
    primary, analysis = found.primary, found.analysis
    return {
        "sentence": found.sentence,
        "folder": found.folder,
        "has_replaced": found.has_replaced,
        "plan_sha256": analysis.plan.sha256,
        "exploratory": list(analysis.exploratory),
        "warnings": list(analysis.heads),
        "cut": analysis.trial.cut,
        "interval": analysis.level,
        "strangers": analysis.trial.strangers,
        "primary": None if primary is None else vars(primary),
    }


def as_text(found: Evaluation) -> str:
    """Say what was found."""
    analysis = found.analysis
    lines = [f"EKSPLORATIV: {', '.join(analysis.exploratory)}."] if analysis.exploratory else []
    lines += [found.sentence, *analysis.heads, ""]
    strangers = analysis.trial.strangers
    if strangers == 1:
        lines.append(worded("{count} person of the hours file was never drawn: ignored.", count=strangers))
    elif strangers:
        lines.append(worded("{count} persons of the hours file were never drawn: ignored.", count=strangers))
    if found.has_replaced:
        lines.append(
            worded("It replaces the evaluation of registrations that was there: run without --hours gives that again.")
            if analysis.trial.is_reported
            else worded(
                "It replaces the evaluation of an hours file that was there: run with --hours gives that again."
            )
        )
    lines += [
        worded("Report: {path}", path=found.folder / "report.html"),
        worded("May leave the house: {path}", path=found.folder / "public"),
    ]
    return "\n".join(lines)

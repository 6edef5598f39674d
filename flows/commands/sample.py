"""`jobfirst sample DIR`."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from flows.commands.common import DONE, add_command, add_folders, begin, folder_to_write, show
from tasks.base.lines import projects
from tasks.base.worded import worded

_COUNTED = ("directory", "projects", "joint_projects", "deliveries", "citizens", "spells", "expenses")


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "sample",
        "write a made-up register and inbox",
        "jobfirst sample sample --projects 14 --citizens 220 --seed 1 --errors 0.03",
        run,
    )
    parser.add_argument("directory", type=folder_to_write, metavar="DIR", help="made where it is not there")
    parser.add_argument("--projects", type=int, default=14, metavar="N", help="up to 98 (default 14)")
    parser.add_argument("--citizens", type=int, default=220, metavar="N", help="a project, both arms (default 220)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same bytes (default 1)")
    parser.add_argument("--errors", type=float, default=0.0, metavar="SHARE", help="of the rows (default 0)")
    parser.add_argument(
        "--corrections", type=float, default=0.0, metavar="SHARE", help="of the spells, in later deliveries (default 0)"
    )
    parser.add_argument(
        "--effect",
        type=float,
        metavar="HOURS",
        help="of JobFirst on mean weekly hours, known: writes DIR/timer.csv for `evaluate run --hours` too",
    )
    parser.add_argument(
        "--draw",
        action="store_true",
        help="the arms are drawn, in a new home that settles them afterwards: see `draw verify`; writes DIR/lists/ too",
    )
    add_folders(parser, "home")
    parser.add_argument("--form", choices=("mixed", "csv", "parquet"), default="mixed", help="of the files")


def run(options: argparse.Namespace) -> int:
    """Write the portfolio."""
    begin(worded("Making up {projects}.", projects=projects(options.projects)))
    from tasks.sample.hours import HOURS_FILE
    from tasks.sample.portfolio import write_sample

    summary = write_sample(
        options.directory,
        projects=options.projects,
        citizens=options.citizens,
        seed=options.seed,
        errors=options.errors,
        corrections=options.corrections,
        form=options.form,
        effect=options.effect,
        draw_home=options.home if options.draw else None,
    )
    planted = dict(sorted(Counter(one.code for one in summary.planted).items()))
    result = {
        "directory": summary.directory,
        "projects": summary.projects,
        "joint_projects": summary.joint_projects,
        "deliveries": summary.deliveries,
        "citizens": summary.citizens,
        "spells": summary.spells,
        "expenses": summary.expenses,
        "planted_errors": planted,
    }
    if options.effect is not None:
        result["hours_file"] = options.directory / HOURS_FILE
    if options.draw:
        result["drawn_in"] = options.home
    show(options, result, lambda: _as_text(result))
    return DONE


def _as_text(result: dict[str, Any]) -> str:
    errors = sum(result["planted_errors"].values())
    return worded(
        "{directory}: {projects} ({joint_projects} of them joint), {deliveries} deliveries, {citizens} "
        "citizens, {spells} spells, {expenses} expenses, {errors} errors planted. All of it is made up.",
        **{name: result[name] for name in _COUNTED} | {"projects": projects(result["projects"])},
        errors=errors,
    )

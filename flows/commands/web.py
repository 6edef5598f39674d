"""`jobfirst web`."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.common import DONE, add_command, add_folders, begin, filled, port_number
from tasks.base.worded import worded


def add(commands: Any) -> None:
    """Add the command's parser."""
    parser = add_command(
        commands,
        "web",
        "serve the page where a municipality checks its delivery; it keeps nothing",
        "jobfirst web --register register. It prints its address; ctrl-C ends it",
        run,
    )
    add_folders(parser, "register")
    parser.add_argument(
        "--host", type=_host, default="127.0.0.1", metavar="HOST", help="the address to listen on (127.0.0.1)"
    )
    parser.add_argument(
        "--rules-url",
        type=_rules_url,
        metavar="URL",
        help="where downloads lead for the rules, such as https://…/regler (the rules file's rules_url)",
    )
    parser.add_argument(
        "--port", type=port_number, default=4300, metavar="N", help="the port; 0 takes a free one (4300)"
    )


def _host(text: str) -> str:
    """Give the address that an argument names: at an empty one, as from a variable that is not set, all would listen.

    Raises ArgumentTypeError.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the address is empty: name one, such as 127.0.0.1")
    return text


def _rules_url(text: str) -> str:
    from tasks.rules.model import address

    try:
        return address(filled(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace) -> int:
    """Serve until ctrl-C."""
    begin(worded("Starting the page; ctrl-C ends it."))
    from flows.web.serve import serve

    serve(
        host=options.host,
        port=options.port,
        register=options.register,
        rules_url=options.rules_url,
        as_json=options.json,
    )
    return DONE

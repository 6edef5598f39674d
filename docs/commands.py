"""`docs/commands.md`, the help of every command: `python -m docs.commands`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
_WIDTH = "100"
_INTRODUCTION = """\
# Commands

Written by `python -m docs.commands` from the commands' own help; change it there, not here.
"""


def commands_page() -> str:
    """Give the page: each command's help, below its name."""
    os.environ["COLUMNS"] = _WIDTH
    os.environ["JOBFIRST_LANGUAGE"] = "en"
    from flows.commands.cli import parser
    from flows.server.serve import parser as serving

    parts = [_INTRODUCTION]
    parts += [f"## {one.prog}\n\n```text\n{one.format_help().rstrip()}\n```\n" for one in (*_each(parser()), serving())]
    return "\n".join(parts)


def _each(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from _each(one)


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")

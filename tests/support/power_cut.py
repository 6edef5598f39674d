"""The end of a run at one moment, in this process: nothing that catches errors catches it."""

from __future__ import annotations

from typing import NoReturn


class PowerCut(BaseException):
    """The process ends here."""


def cut_power(*_given: object) -> NoReturn:
    """End the run, in the place of any function."""
    raise PowerCut

"""Why a delivery is refused, or gets a remark as a whole: the F codes."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.base.worded import Both
from tasks.validation.catalogue import rule_of


@dataclass(frozen=True)
class Fault:
    """One place where an F rule fails, in Danish and in English; already masked."""

    code: str
    da: str
    en: str

    @property
    def refuses(self) -> bool:
        """Whether the delivery is refused for it."""
        return rule_of(self.code).action == "refuse"


class Unreadable(Exception):  # noqa: N818 - it becomes a fault of the delivery, not of the run
    """A file can't be read as what its name says; the two texts say why."""

    def __init__(self, da: str, en: str) -> None:
        super().__init__(en)
        self.da = da
        self.en = en

    def of_file(self, name: str) -> Both:
        """Say why, with the file's name before it, where it is not there already."""
        return Both(*(text if text.startswith(name) else f"{name}: {text}" for text in (self.da, self.en)))


class Damaged(Unreadable):
    """A container can't be unpacked."""


class Unsafe(Unreadable):
    """A file must not be unpacked."""

"""The papers of a year: its letters and annexes, each with what it was made from.

A paper that would be made from the same as the one that lies there, and that nobody has touched since, is taken over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Paper:
    """A paper: the hash of what it was made from, and the hash of its bytes."""

    made_from: str
    sha256: str


@dataclass
class Papers:
    """The papers of a run.

    folder: where those of the run before lie. before, now: by their path in there, '/' between its parts.
    """

    folder: Path
    before: dict[str, Paper] = field(default_factory=dict)
    now: dict[str, Paper] = field(default_factory=dict)

    def take_over(self, names: Sequence[str], made_from: str, into: Path) -> bool:
        """Copy papers into a folder, and tell whether all of them are the same and whole; none is copied otherwise."""
        whole = {name: data for name in names if (data := self._contents(name, made_from)) is not None}
        if len(whole) < len(names):
            return False
        for name, data in whole.items():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            (into / name).write_bytes(data)
            self.now[name] = self.before[name]
        return True

    def note(self, names: Sequence[str], made_from: str, folder: Path) -> None:
        """Note papers that were made, in a folder."""
        for name in names:
            self.now[name] = Paper(made_from, hashlib.sha256((folder / name).read_bytes()).hexdigest())

    def _contents(self, name: str, made_from: str) -> bytes | None:
        paper = self.before.get(name)
        if paper is None or paper.made_from != made_from:
            return None
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == paper.sha256 else None

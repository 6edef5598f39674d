"""The letters and annexes of a year's draft: one that would say the same again is copied, not made again.

`HOME/standing/<YEAR>-papers.json` keeps what each file of the newest draft was made from. It only saves time: without
it, or where a file is not the one that was written, the file is made again, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from tasks.base.durable import replace_durably
from tasks.base.program import source_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tasks.base.run import Run

FOLDER = "standing"


@dataclass(frozen=True)
class _Paper:
    """A file, by its path in the draft's folder: a hash of all that it was made from, and one of its bytes."""

    path: str
    made_from: str
    sha256: str


@dataclass
class Papers:
    """The papers of the draft that stands in `standing`, and those of the one that is made in `folder`."""

    record: Path
    standing: Path
    folder: Path
    _before: dict[str, _Paper] = field(default_factory=dict)
    _made_from: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, folder: Path) -> Papers:
        """Give the papers of a run that writes into `folder`."""
        record = run.home / FOLDER / f"{run.year}-papers.json"
        # A paper that is made again from an earlier state shows that it can be made.
        before = [] if run.is_replay else _read(record)
        return cls(record, run.out, folder, {paper.path: paper for paper in before})

    def take(self, says: str, *paths: str) -> bool:
        """Copy the files of the draft that stands, at `paths` in its folder, where they say the same; return whether.

        `says`: all that they say, or a hash of it, beside what the program adds.
        """
        made_from = hashlib.sha256(f"{source_sha256()}\0{says}".encode()).hexdigest()
        self._made_from |= dict.fromkeys(paths, made_from)
        held = {path: self._held(path, made_from) for path in paths}
        for path, contents in held.items():
            if contents is None:
                return False
            target = self.folder / path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(contents)
        return True

    def _held(self, path: str, made_from: str) -> bytes | None:
        paper = self._before.get(path)
        if paper is None or paper.made_from != made_from:
            return None
        try:
            contents = (self.standing / path).read_bytes()
        except OSError:
            # Lost, or no file any more.
            return None
        return contents if hashlib.sha256(contents).hexdigest() == paper.sha256 else None

    def keep(self, sha256_by_path: Mapping[str, str]) -> None:
        """Keep what the files in `folder` were made from, before they are moved; `sha256_by_path`: of all its files."""
        papers = [_Paper(path, made_from, sha256_by_path[path]) for path, made_from in self._made_from.items()]
        self.record.parent.mkdir(exist_ok=True)
        replace_durably(self.record, json.dumps([asdict(paper) for paper in papers], indent=1).encode())


def _read(record: Path) -> list[_Paper]:
    try:
        return TypeAdapter(list[_Paper]).validate_json(record.read_bytes())
    except (FileNotFoundError, ValidationError):
        return []

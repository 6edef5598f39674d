"""Writing an evaluation: `HOME/out/evaluation/<plan>-<cut>/`, and `public/` in it, which is all that may leave.

One of an earlier state goes to `HOME/out/evaluation/as-known-at/<plan>-<cut>/`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.durable import FOLDER_MODE, replace_durably
from tasks.base.program import program_version
from tasks.base.run import AS_KNOWN_AT
from tasks.evaluation.tables import Tables, csv_text

if TYPE_CHECKING:
    from tasks.evaluation.results import Analysis

FOLDER, PUBLIC, MANIFEST, PAGE = "evaluation", "public", "manifest.json", "report.html"
_PLAN_DIGITS = 8


def folder_of(home: Path, analysis: Analysis, *, is_replay: bool) -> Path:
    """Give the folder of an evaluation, named by its plan and the last known day."""
    folder = home / "out" / FOLDER
    name = f"{analysis.plan.sha256[:_PLAN_DIGITS]}-{analysis.trial.cut.isoformat()}"
    return folder / AS_KNOWN_AT / name if is_replay else folder / name


def has_other_source(folder: Path, analysis: Analysis) -> bool:
    """Return whether a folder holds an evaluation of the other source of hours: of a file, or of registrations."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return (manifest["hours_sha256"] is None) != (analysis.trial.hours is None)


def write_files(
    home: Path,
    analysis: Analysis,
    everything: Tables,
    public: Tables,
    page: str,
    inputs: dict[str, Any],
    *,
    is_replay: bool,
) -> Path:
    """Write all files, and give their folder; the same state gives the same bytes.

    `inputs`: what it rests on. `is_replay`: whether an earlier state was evaluated.
    """
    folder = folder_of(home, analysis, is_replay=is_replay)
    texts = {name: csv_text(name, table) for name, table in everything.files.items()}
    texts |= {f"{PUBLIC}/{name}": csv_text(name, table) for name, table in public.files.items()}
    texts |= {PAGE: page, f"{PUBLIC}/{PAGE}": page}
    for path in reversed((folder / PUBLIC / PAGE).relative_to(home).parents):
        (home / path).mkdir(mode=FOLDER_MODE, exist_ok=True)
    for name, text in texts.items():
        replace_durably(folder / name, text.encode())
    manifest = {
        "plan_sha256": analysis.plan.sha256,
        "cut": analysis.trial.cut.isoformat(),
        "exploratory": list(analysis.exploratory),
        "interval": analysis.level,
        "program": program_version(),
        **inputs,
        "files": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sorted(texts.items())},
    }
    replace_durably(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n")
    return folder

"""Writing an evaluation: `HOME/out/evaluation/<plan>-<cut>/`, and `public/` in it, which is all that may leave."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.durable import FOLDER_MODE, replace_durably
from tasks.base.program import program_version
from tasks.evaluation.tables import Tables, csv_text

if TYPE_CHECKING:
    from tasks.evaluation.results import Analysis

FOLDER, PUBLIC, MANIFEST, PAGE = "evaluation", "public", "manifest.json", "report.html"
_PLAN_DIGITS = 8


def folder_of(home: Path, analysis: Analysis) -> Path:
    """Give the folder of an evaluation, named by its plan and the last day that is known of."""
    return home / "out" / FOLDER / f"{analysis.plan.sha256[:_PLAN_DIGITS]}-{analysis.trial.cut.isoformat()}"


def write_files(
    home: Path, analysis: Analysis, everything: Tables, public: Tables, page: str, inputs: dict[str, Any]
) -> Path:
    """Write all files, and give their folder; the same state gives the same bytes. inputs: what it rests on."""
    folder = folder_of(home, analysis)
    texts = {name: csv_text(name, table) for name, table in everything.files.items()}
    texts |= {f"{PUBLIC}/{name}": csv_text(name, table) for name, table in public.files.items()}
    texts |= {PAGE: page, f"{PUBLIC}/{PAGE}": page}
    for path in (folder.parent.parent, folder.parent, folder, folder / PUBLIC):
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
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

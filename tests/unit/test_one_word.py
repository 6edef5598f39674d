"""Danish readers meet one word for a delivery, `indberetning`, and one for an accepted one, `godkendt`: everywhere."""

from __future__ import annotations

import re

from tasks.base.paths import PROJECT

TOLD_IN = ("expectations", "flows", "rules", "tasks", "templates")
ANOTHER = re.compile(r"(?<![a-zæøå])levering|godtage", re.IGNORECASE)
MADE_UP = "tasks/sample/styles.py"
"""A folder's name in the sample: a municipality calls it as it likes."""


def test_a_delivery_has_one_danish_name() -> None:
    paths = [path for folder in TOLD_IN for path in (PROJECT / folder).rglob("*.*")]
    paths += (PROJECT / "docs").glob("*indberetning.md")
    told = [
        path.relative_to(PROJECT).as_posix()
        for path in paths
        if path.suffix in {".py", ".yaml", ".jinja", ".typ", ".js", ".md"}
        and ANOTHER.search(path.read_text(encoding="utf-8"))
    ]
    assert told == [MADE_UP]

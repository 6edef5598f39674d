"""A wheel knows the commit that it was built from: `jobfirst/commit`, which `jobfirst --version` reads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface[Any]):
    """Writes the commit into a wheel: that of `JOBFIRST_COMMIT`, as a container's build has it, else the checkout's."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file to a wheel that stands alone; an editable one asks git."""
        commit = os.environ.get("JOBFIRST_COMMIT", "")[:12] or self._commit()
        if version == "standard" and commit:
            file = Path(self.directory) / "commit"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{commit}\n", encoding="ascii")
            build_data["force_include"][str(file)] = "jobfirst/commit"

    def _commit(self) -> str:
        if not (Path(self.root) / ".git").exists():
            return ""
        asked = subprocess.run(
            ["git", "-C", self.root, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False
        )
        return asked.stdout.strip()

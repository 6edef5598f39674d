"""What lets nothing stand, though no delivery has changed: the program and the register that a run is made with."""

from __future__ import annotations

from tasks.base import program
from tests.support.releasing import Office


def another_library(office: Office) -> None:
    """Let one library have another version from now on."""
    installed = program.version
    office.monkeypatch.setattr(
        program, "version", lambda name: f"{installed(name)}.1" if name == "holidays" else "same"
    )
    program.source_sha256.cache_clear()


def another_register(office: Office) -> None:
    """Change a commitment."""
    office.portfolio.projects[0].commitment = "840000"
    office.portfolio.write_register()

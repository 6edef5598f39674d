"""The lines of the commands in Danish, by their English text (`tasks.base.worded`)."""

from __future__ import annotations

DANISH: dict[str, str] = {}

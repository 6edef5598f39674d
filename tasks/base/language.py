"""The language in which a person is answered: Danish where the machine speaks it, else English."""

from __future__ import annotations

import os

VARIABLE = "JOBFIRST_LANGUAGE"
"""Says it outright, before the machine's own settings: `da` or `en`."""
_OF_THE_MACHINE = ("LC_ALL", "LC_MESSAGES", "LANG")


def is_danish() -> bool:
    """Tell whether the answer is in Danish: by JOBFIRST_LANGUAGE, else by the first setting of the machine."""
    chosen = next((value for name in (VARIABLE, *_OF_THE_MACHINE) if (value := os.environ.get(name, "").strip())), "")
    return chosen.lower().partition(".")[0].partition("_")[0] in ("da", "dansk", "danish")

"""The parameters of the flows, as Prefect's form shows them and its API checks them before a run is made.

A run's parameters are kept by Prefect, so a text that reads as a personal number is refused there already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import WithJsonSchema

from tasks.base.cpr import CPR_PATTERN, HIDING

_IS_HIDDEN = rf"(?=[\s\S]*[{HIDING}])(?:\D*\d){{10}}"
"""A sign that may hide a number, and ten digits: a pattern can't tell which signs have no width, so it refuses all."""
_WITHOUT_CPR = rf"^(?![\s\S]*(?<![0-9]){CPR_PATTERN}(?![0-9]))(?!{_IS_HIDDEN})"


def _text(pattern: str, **more: str | int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern} | more)


ProjectId = Annotated[str, _text(f"{_WITHOUT_CPR}[A-Za-zÆØÅæøå0-9-]+$")]
RuleCode = Annotated[str, _text("^[A-Za-z][0-9]{2}$")]
Text = Annotated[str, _text(_WITHOUT_CPR)]
Name = Annotated[str, _text(rf"{_WITHOUT_CPR}\s*\S")]
DraftBeginning = Annotated[str, _text(f"^(?!{CPR_PATTERN}$)[0-9A-Fa-f]{{8,64}}$")]
SignatureText = Annotated[str, _text(_WITHOUT_CPR, maxLength=20000)]
Timestamp = Annotated[str, _text(rf"{_WITHOUT_CPR}\s*\S", format="date-time")]
File = Annotated[Path, _text(_WITHOUT_CPR, format="path")]

"""The parameters of the flows, as Prefect's form shows them and its API checks them before a run is made.

A run's parameters are kept by Prefect, so a text that reads as a personal number is refused there already.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import WithJsonSchema

from tasks.base.cpr import CPR_PATTERN
from tasks.rules.model import load_rules

_WITHOUT_CPR = rf"^(?![\s\S]*(?<![0-9]){CPR_PATTERN}(?![0-9]))"

Year = Annotated[int, WithJsonSchema({"type": "integer", "enum": list(load_rules().years)})]
ProjectId = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"{_WITHOUT_CPR}[A-Za-zÆØÅæøå0-9-]+$"})]
RuleCode = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[A-Za-z][0-9]{2}$"})]
Text = Annotated[str, WithJsonSchema({"type": "string", "pattern": _WITHOUT_CPR})]
Name = Annotated[str, WithJsonSchema({"type": "string", "pattern": rf"{_WITHOUT_CPR}\s*\S"})]
DraftBeginning = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9A-Fa-f]{8,64}$"})]
SignatureText = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 20000})]
Timestamp = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]

"""The year as a parameter of the flows: Prefect's form offers those of the rules file, which is read on import."""

from __future__ import annotations

from typing import Annotated

from pydantic import WithJsonSchema

from tasks.rules.model import load_rules

Year = Annotated[int, WithJsonSchema({"type": "integer", "enum": list(load_rules().years)})]

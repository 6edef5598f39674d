"""The guards between the layers: built-in expectations whose failure is a fault of ours, never of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from tasks.errors import InternalFailure
from tasks.paths import EXPECTATIONS
from tasks.validation.great_expectations_judge import judge_expectations

if TYPE_CHECKING:
    import duckdb

LAYERS = ("core", "run", "settlement")


class GuardFailed(InternalFailure):
    """Something that must hold between two layers does not (exit status 3)."""


def load_guards(layer: str) -> list[dict[str, Any]]:
    """Give the guards of a layer: a batch and its expectations each."""
    text = (EXPECTATIONS / "guards" / f"{layer}.yaml").read_text(encoding="utf-8")
    guards: list[dict[str, Any]] = yaml.safe_load(text)
    return guards


def check_guards(connection: duckdb.DuckDBPyConnection, layer: str) -> int:
    """Check one of LAYERS: `core` after the intake, `run` before the rules, `settlement` after settling.

    Gives how many guards held. Raises GuardFailed, naming table and expectation, at the first that does not hold or
    can't be checked.
    """
    held = 0
    for guard in load_guards(layer):
        entries = guard["expectations"]
        named = {f"{place}": entry for place, entry in enumerate(entries)}
        outcomes = judge_expectations(
            connection,
            guard["batch"],
            [(name, entry["type"], entry["kwargs"], "critical") for name, entry in named.items()],
            "BOOLEAN_ONLY",
        )
        for name, outcome in outcomes.items():
            if outcome.error_class or not outcome.success:
                entry = named[name]
                column = entry["kwargs"].get("column") or ", ".join(entry["kwargs"].get("column_list", []))
                why = f"could not be checked ({outcome.error_class})" if outcome.error_class else "does not hold"
                raise GuardFailed(f"{guard['batch']}: {' '.join([entry['type'], column]).strip()} {why}.")
            held += 1
    return held

"""The guards between the layers, as expectations. When one fails, the program is wrong, never a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import yaml

from tasks.base.errors import InternalFailure
from tasks.base.paths import EXPECTATIONS
from tasks.validation.catalogue import rule_of

if TYPE_CHECKING:
    import duckdb

LAYERS = ("core", "run", "settlement")


class GuardFailed(InternalFailure):
    """Something that must hold between two layers does not (exit status 3)."""


@dataclass(frozen=True, slots=True)
class Guard:
    """One expectation of a table or view (its batch).

    `rests_on`: codes of the rules that see to it. Where one of them no longer rejects, its rows count, and nothing
    sees to it.
    """

    batch: str
    type: str
    kwargs: dict[str, Any]
    rests_on: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The columns that it is about; none where it is about the table."""
        named = (self.kwargs.get(name) for name in ("column", "other"))
        listed: list[str] = self.kwargs.get("column_list") or self.kwargs.get("column_set") or []
        return [name for name in named if name] + listed


def guards_of(layer: str) -> tuple[Guard, ...]:
    """Give the guards of a layer, batch by batch, without those that rest on a rule that does not reject."""
    return tuple(one for one in _written(layer) if all(rule_of(code).action == "reject" for code in one.rests_on))


@cache
def _written(layer: str) -> tuple[Guard, ...]:
    text = (EXPECTATIONS / "guards" / f"{layer}.yaml").read_text(encoding="utf-8")
    return tuple(
        Guard(batch["batch"], entry["type"], entry["kwargs"], tuple(entry.get("rests_on", ())))
        for batch in yaml.load(text, Loader=yaml.CSafeLoader)
        for entry in batch["expectations"]
    )


def check_guards(connection: duckdb.DuckDBPyConnection, layer: str) -> int:
    """Check one of LAYERS: `core` after the intake, `run` before the rules, `settlement` after settling.

    Gives how many guards held. Raises GuardFailed, naming table and expectation, at the first that does not hold or
    can't be checked.
    """
    from tasks.validation.great_expectations_judge import judge_expectations

    held = 0
    for batch, guards in groupby(guards_of(layer), key=lambda guard: guard.batch):
        named = {str(place): guard for place, guard in enumerate(guards)}
        outcomes = judge_expectations(
            connection,
            batch,
            [(name, guard.type, guard.kwargs, "critical") for name, guard in named.items()],
            "BOOLEAN_ONLY",
        )
        for name, outcome in outcomes.items():
            if outcome.error_class or not outcome.success:
                guard = named[name]
                columns = ", ".join([] if "column_set" in guard.kwargs else guard.columns)
                why = f"could not be checked ({outcome.error_class})" if outcome.error_class else "does not hold"
                raise GuardFailed(f"{batch}: {' '.join([guard.type, columns]).strip()} {why}.")
            held += 1
    return held

"""What a home knew at a moment: its rules, its register and its draws, from which any year can be computed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.base.errors import InputError
from tasks.base.worded import phrase
from tasks.draw.verify import known_draws
from tasks.register.known import known_contents
from tasks.rules.model import RULES_FILE, Rules, load_rules, parse_rules

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from tasks.base.moment import Moment
    from tasks.register.inputs import KnownDraw


@dataclass(frozen=True)
class State:
    """What a home knew at a moment.

    `known_at`: of the registrations, the register, the rules and the draws. `now`: of the ledger.
    """

    rules: Rules
    register_files: dict[str, bytes]
    known_at: Moment
    now: Moment
    draws: tuple[KnownDraw, ...] = ()

    @property
    def is_of_other_rules(self) -> bool:
        """Whether the rules file has been changed since the home last took it up."""
        return self.known_at == self.now and load_rules().sha256 != self.rules.sha256


def state_of(connection: duckdb.DuckDBPyConnection, home: Path, known_at: Moment, now: Moment) -> State:
    """Take up the rules, the register and the draws as a home knew them. Raises InputError when it knew no rules."""
    contents = known_contents(connection, known_at)
    rules = contents.pop(RULES_FILE.name, None)
    if rules is None or not contents:
        if known_at != now:
            raise InputError(
                phrase("There was no delivery then: nothing had been settled. Name a later moment with --as-known-at.")
            )
        raise InputError(phrase("There was no delivery then: nothing had been settled. Settle a year first."))
    return State(
        parse_rules(rules.decode(), RULES_FILE.name), contents, known_at, now, known_draws(connection, home, known_at)
    )

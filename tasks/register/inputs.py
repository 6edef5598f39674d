"""The rules and the register of a run: those of today, which are kept, or those known at an earlier moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.register.known import keep_known, known_contents
from tasks.register.read import Register, read_register, register_files
from tasks.rules.model import RULES_FILE, Rules, parse_rules

if TYPE_CHECKING:
    import duckdb

    from tasks.base.run import Run
    from tasks.base.worded import Phrase


@dataclass(frozen=True)
class KnownDraw:
    """What is known of a project's draw. `head`: the newest entry's hash; `finding`: what is wrong with its record."""

    project_id: str
    head: str
    finding: Phrase | None


@dataclass(frozen=True)
class Inputs:
    """What STAR itself brings to a settlement. `draws`: by project; none where nothing was drawn."""

    rules: Rules
    register: Register
    draws: tuple[KnownDraw, ...] = ()


def read_inputs(connection: duckdb.DuckDBPyConnection, run: Run) -> Inputs:
    """Read and judge the rules and the register, and keep their new contents.

    A run of an earlier state uses what was known then; a file that had not been kept yet is read as it is now.

    Raises InputError at the first error, and for a year outside the programme.
    """
    contents = known_contents(connection, run.known_at) if run.takes_earlier_state else {}
    rules = parse_rules((contents.get(RULES_FILE.name) or RULES_FILE.read_bytes()).decode(), RULES_FILE.name)
    rules.check_year(run.year)
    files = {name: data for name, data in contents.items() if name != RULES_FILE.name} or register_files(run.register)
    register = read_register(connection, files, rules)
    if not run.takes_earlier_state:
        keep_known(connection, {**files, RULES_FILE.name: rules.text.encode()}, run.now)
    return Inputs(rules, register)

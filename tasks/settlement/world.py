"""The world of a run: what the register, the rules and the deliveries in force say, as tables of the `run` schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.settlement.working_days import working_days
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from tasks.base.moment import Moment
    from tasks.register.inputs import KnownDraw
    from tasks.register.read import Register
    from tasks.rules.model import Rules

_OF_REGISTER_AND_RULES = (
    "project_municipalities",
    "population",
    "benefits",
    "target_groups",
    "arms",
    "spell_types",
    "expense_categories",
    "elements",
    "fidelity_terms",
    "rates",
)
_OF_DELIVERIES_AND_LEDGER = (
    "guarded",
    "causes",
    "cause_rows",
    "citizens",
    "spells",
    "expenses",
    "ragged",
    "ragged_elements",
    "drawn_citizens",
)


def build_world(
    connection: duckdb.DuckDBPyConnection,
    *,
    year: int,
    register: Register,
    rules: Rules,
    known_at: Moment,
    ledger_known_at: Moment | None = None,
    other_years_known_at: Moment | None = None,
    own_fingerprint: str | None = None,
    draws: Sequence[KnownDraw] = (),
) -> None:
    """Make the `run` tables that do not depend on a verdict, from what was known at a moment.

    `ledger_known_at`: the ledger's moment, if another; `other_years_known_at`: that of its other years, if yet another.
    `own_fingerprint`: a draft whose own entries don't count as posted before it.

    `draws`: what is known of each project's draw; none: no row is compared with a draw.

    Raises InputError when the rules have no value for a day that is needed.
    """
    from tasks.settlement.rule_frames import frames_of

    at = known_at.timestamp
    ledger_at = (ledger_known_at or known_at).timestamp
    other_years_at = (other_years_known_at or ledger_known_at or known_at).timestamp
    frames = frames_of(register, rules, draws)
    with transaction(connection):
        with registered(connection, **frames):
            execute(connection, "run/in_force", known_at=at)
            execute(
                connection,
                "run/turns",
                settled_year=year,
                known_at=at,
                ledger_known_at=ledger_at,
                other_years_known_at=other_years_at,
                own_fingerprint=own_fingerprint,
            )
            execute(connection, "run/reported_receipts", known_at=at)
            execute(connection, "run/without_effect", known_at=at)
            execute(connection, "run/faults")
            execute(connection, "run/projects", settled_year=year, programme_last_day=rules.last_day)
            for name in _OF_REGISTER_AND_RULES:
                execute(connection, f"run/{name}")
            execute(connection, "run/drawn", known_at=at)
            execute(connection, "run/draws")
        _lay_out_programme(connection, year, rules)
        execute(connection, "run/posted", known_at=ledger_at, own_fingerprint=own_fingerprint)
        execute(connection, "run/other_years_posted", settled_year=year, known_at=other_years_at)
        for name in _OF_DELIVERIES_AND_LEDGER:
            execute(connection, f"run/{name}")
        share = None if rules.draw is None else rules.draw.hold_undelivered_share
        execute(connection, "run/draw_facts", hold_undelivered_share=share)
        for name in ("guarded_citizens", "guarded_spells", "guarded_expenses"):
            execute(connection, f"run/{name}")


def _lay_out_programme(connection: duckdb.DuckDBPyConnection, year: int, rules: Rules) -> None:
    """Make the tables of the programme's appropriation and of its days."""
    execute(
        connection,
        "run/programme",
        settled_year=year,
        appropriation_dkk=rules.programme("appropriation_dkk"),
        programme_first_day=rules.first_day,
        programme_last_day=rules.last_day,
    )
    execute(
        connection,
        "run/calendar",
        first_day=rules.first_day,
        last_day=rules.last_day,
        working_days=working_days(rules.first_day, rules.last_day),
        break_working_days=rules.programme("chain_break_working_days"),
    )

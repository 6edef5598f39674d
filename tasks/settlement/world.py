"""The world of a run: what the register, the rules and the deliveries in force say, as tables of the `run` schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tasks.base.cpr import mask
from tasks.base.language import in_danish
from tasks.base.worded import shown
from tasks.rules.model import Kind
from tasks.settlement.working_days import working_days
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute
from tasks.warehouse.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import polars as pl

    from tasks.base.moment import Moment
    from tasks.register.inputs import KnownDraw
    from tasks.register.read import Project, Register
    from tasks.rules.model import Rules


LATER_TERMS = ("hold_gone_share",)
"""Terms that the rules files of the first homes do not name: a replay by those has them as null, and no rule bites."""


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

    `draws`: what is known of each project's draw; none: nothing is held against a draw.

    Raises InputError when the rules have no value for a day that is needed.
    """
    frames = _frames(register, rules) | {"known_draws": _draws_frame(draws)}
    with transaction(connection):
        with registered(connection, **frames):
            execute(connection, "run/in_force", known_at=known_at.timestamp)
            execute(
                connection,
                "run/turns",
                settled_year=year,
                known_at=known_at.timestamp,
                ledger_known_at=(ledger_known_at or known_at).timestamp,
                other_years_known_at=(other_years_known_at or ledger_known_at or known_at).timestamp,
                own_fingerprint=own_fingerprint,
            )
            execute(connection, "run/reported_receipts", known_at=known_at.timestamp)
            execute(connection, "run/without_effect", known_at=known_at.timestamp)
            execute(connection, "run/faults")
            execute(connection, "run/projects", settled_year=year, programme_last_day=rules.last_day)
            for name in ("project_municipalities", "population", "benefits", "target_groups", "arms", "spell_types"):
                execute(connection, f"run/{name}")
            execute(connection, "run/expense_categories")
            execute(connection, "run/elements")
            execute(connection, "run/fidelity_terms")
            execute(connection, "run/rates")
            execute(connection, "run/drawn", known_at=known_at.timestamp)
            execute(connection, "run/draws")
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
        execute(
            connection,
            "run/posted",
            known_at=(ledger_known_at or known_at).timestamp,
            own_fingerprint=own_fingerprint,
        )
        execute(
            connection,
            "run/other_years_posted",
            settled_year=year,
            known_at=(other_years_known_at or ledger_known_at or known_at).timestamp,
        )
        execute(connection, "run/guarded")
        for name in (
            "causes",
            "cause_rows",
            "citizens",
            "spells",
            "expenses",
            "ragged",
            "ragged_elements",
            "drawn_citizens",
        ):
            execute(connection, f"run/{name}")
        share = None if rules.draw is None else rules.draw.hold_undelivered_share
        execute(connection, "run/draw_facts", hold_undelivered_share=share)
        for name in ("guarded_citizens", "guarded_spells", "guarded_expenses"):
            execute(connection, f"run/{name}")


def _draws_frame(draws: Sequence[KnownDraw]) -> pl.DataFrame:
    import polars as pl

    with in_danish():
        rows = [(one.project_id, one.head, shown(one.finding), one.finding) for one in draws]
    schema = dict.fromkeys(("project_id", "head", "finding_da", "finding_en"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _frames(register: Register, rules: Rules) -> dict[str, pl.DataFrame]:
    import polars as pl

    words = rules.vocabulary
    return {
        "register_projects": pl.DataFrame(
            [_project_row(project) for project in register.projects],
            schema_overrides={"target_participants": pl.Int64, "commitment_dkk": pl.Decimal(18, 2)},
        ),
        "project_terms": pl.DataFrame(
            [_terms(project, rules) for project in register.projects],
            schema_overrides={
                name: pl.Decimal(18, 6 if name.endswith("_share") else 2)
                for name in (*_decimal_terms(rules), "weekly_hours_least", "weekly_hours_most")
            },
        ),
        "register_municipalities": pl.DataFrame(
            [(project.project_id, code) for project in register.projects for code in project.municipalities],
            schema={"project_id": pl.String, "kommunekode": pl.String},
            orient="row",
        ),
        "register_populations": pl.DataFrame(
            [(one.municipality, one.target_group, one.population) for one in register.populations],
            schema={"kommunekode": pl.String, "maalgruppe": pl.String, "population": pl.Int64},
            orient="row",
        ),
        "rule_benefits": pl.DataFrame(
            [(name, benefit) for name, group in words.target_groups.items() for benefit in group.benefits],
            schema=["maalgruppe", "ydelse"],
            orient="row",
        ),
        "rule_target_groups": pl.DataFrame(
            [
                (
                    name,
                    name in rules.programme("public_support_target_groups"),
                    name in rules.programme("no_integration_target_groups"),
                )
                for name in words.target_groups
            ],
            schema=["maalgruppe", "requires_public_support", "excludes_integration"],
            orient="row",
        ),
        "rule_arms": pl.DataFrame(
            [(name, arm.arm) for name, arm in words.arms.items()], schema=["gruppe", "arm"], orient="row"
        ),
        "rule_spell_types": pl.DataFrame(
            [
                (name, name in rules.programme("qualifying_spell_types"), one.must_end)
                for name, one in words.spell_types.items()
            ],
            schema=["type", "is_qualifying", "must_end"],
            orient="row",
        ),
        "rule_expense_categories": pl.DataFrame(
            [(name, name in rules.programme("fixed_grant_categories")) for name in words.expense_categories],
            schema=["kategori", "is_fixed_grant"],
            orient="row",
        ),
        "rule_elements": pl.DataFrame(
            [
                (code, one.number, one.title_da, one.judged_by, 7 * one.due_week)
                for code, one in (rules.fidelity.elements if rules.fidelity else {}).items()
            ],
            schema={
                "element": pl.String,
                "number": pl.Int32,
                "title_da": pl.String,
                "judged_by": pl.String,
                "due_days": pl.Int32,
            },
            orient="row",
        ),
        "rule_fidelity": pl.DataFrame(
            [
                (
                    one.snuse_type,
                    one.snuse_max_days,
                    list(one.subsidised_types),
                    one.kickstart_days,
                    one.covered_days,
                    list(one.grade_shares),
                    one.smallest_courses,
                    one.smallest_pairs,
                )
                for one in ([rules.fidelity] if rules.fidelity else [])
            ],
            schema={
                "snuse_type": pl.String,
                "snuse_max_days": pl.Int32,
                "subsidised_types": pl.List(pl.String),
                "kickstart_days": pl.Int32,
                "covered_days": pl.Int32,
                "grade_shares": pl.List(pl.Decimal(18, 6)),
                "smallest_courses": pl.Int32,
                "smallest_pairs": pl.Int32,
            },
            orient="row",
        ),
        "rule_rates": pl.DataFrame(
            [
                (name.removesuffix("_rate_dkk"), *period)
                for name, parameter in rules.parameters.items()
                if parameter.kind is Kind.EVENT
                for period in parameter.periods()
            ],
            schema={
                "rate": pl.String,
                "valid_from": pl.Date,
                "valid_to": pl.Date,
                "amount_dkk": pl.Decimal(18, 2),
            },
            orient="row",
        ),
    }


def _project_row(project: Project) -> dict[str, Any]:
    return {
        "project_id": project.project_id,
        "project_name": mask(project.project_name),
        "case_number": mask(project.case_number),
        "lead_municipality": project.lead_municipality,
        "start_date": project.start_date,
        "target_participants": project.target_participants,
        "commitment_dkk": project.commitment_dkk,
        "contact": mask(project.contact),
        "email": mask(project.email),
    }


def _terms(project: Project, rules: Rules) -> dict[str, Any]:
    """Give the terms that hold on the project's first day, by name; null where the rules of that day have none."""
    return {
        "project_id": project.project_id,
        **dict.fromkeys(LATER_TERMS),
        **{
            name: parameter.on(project.start_date)
            for name, parameter in rules.parameters.items()
            if parameter.kind is Kind.PROJECT
        },
        "weekly_hours_least": rules.vocabulary.weekly_hours.least,
        "weekly_hours_most": rules.vocabulary.weekly_hours.most,
    }


def _decimal_terms(rules: Rules) -> set[str]:
    terms = {name for name, parameter in rules.parameters.items() if parameter.kind is Kind.PROJECT}
    return {name for name in {*terms, *LATER_TERMS} if name.endswith(("_dkk", "_share"))}

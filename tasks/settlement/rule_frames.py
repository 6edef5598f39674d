"""What the register, the rules and the draws say, as frames that the statements of `sql/run/` read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from tasks.base.cpr import mask
from tasks.base.language import in_danish
from tasks.base.worded import shown
from tasks.rules.model import Kind

if TYPE_CHECKING:
    from tasks.register.inputs import KnownDraw
    from tasks.register.read import Project, Register
    from tasks.rules.model import Rules

LATER_TERMS = ("hold_gone_share",)
"""Terms that the first homes' rules files do not name: a replay by those has them as null, and no rule applies."""
_AMOUNT, _SHARE = pl.Decimal(18, 2), pl.Decimal(18, 6)


def frames_of(register: Register, rules: Rules, draws: Sequence[KnownDraw]) -> dict[str, pl.DataFrame]:
    """Give every frame by the name that the statements know it by."""
    return {
        "register_projects": _projects(register),
        "register_municipalities": _municipalities(register),
        "register_populations": _populations(register),
        "project_terms": _project_terms(register, rules),
        "rule_benefits": _benefits(rules),
        "rule_target_groups": _target_groups(rules),
        "rule_arms": _arms(rules),
        "rule_spell_types": _spell_types(rules),
        "rule_expense_categories": _expense_categories(rules),
        "rule_elements": _elements(rules),
        "rule_fidelity": _fidelity(rules),
        "rule_rates": _rates(rules),
        "known_draws": _draws(draws),
    }


def _projects(register: Register) -> pl.DataFrame:
    return pl.DataFrame(
        [_project(project) for project in register.projects],
        schema_overrides={"target_participants": pl.Int64, "commitment_dkk": _AMOUNT},
    )


def _project(project: Project) -> dict[str, Any]:
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


def _municipalities(register: Register) -> pl.DataFrame:
    return pl.DataFrame(
        [(project.project_id, code) for project in register.projects for code in project.municipalities],
        schema={"project_id": pl.String, "kommunekode": pl.String},
        orient="row",
    )


def _populations(register: Register) -> pl.DataFrame:
    return pl.DataFrame(
        [(one.municipality, one.target_group, one.population) for one in register.populations],
        schema={"kommunekode": pl.String, "maalgruppe": pl.String, "population": pl.Int64},
        orient="row",
    )


def _project_terms(register: Register, rules: Rules) -> pl.DataFrame:
    terms = {name for name, parameter in rules.parameters.items() if parameter.kind is Kind.PROJECT}
    decimals = [name for name in {*terms, *LATER_TERMS} if name.endswith(("_dkk", "_share"))]
    return pl.DataFrame(
        [_terms(project, rules) for project in register.projects],
        schema_overrides={
            name: _SHARE if name.endswith("_share") else _AMOUNT
            for name in (*decimals, "weekly_hours_least", "weekly_hours_most")
        },
    )


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


def _benefits(rules: Rules) -> pl.DataFrame:
    return pl.DataFrame(
        [(name, benefit) for name, group in rules.vocabulary.target_groups.items() for benefit in group.benefits],
        schema=["maalgruppe", "ydelse"],
        orient="row",
    )


def _target_groups(rules: Rules) -> pl.DataFrame:
    supported = rules.programme("public_support_target_groups")
    without_integration = rules.programme("no_integration_target_groups")
    return pl.DataFrame(
        [(name, name in supported, name in without_integration) for name in rules.vocabulary.target_groups],
        schema=["maalgruppe", "requires_public_support", "excludes_integration"],
        orient="row",
    )


def _arms(rules: Rules) -> pl.DataFrame:
    return pl.DataFrame(
        [(name, arm.arm) for name, arm in rules.vocabulary.arms.items()], schema=["gruppe", "arm"], orient="row"
    )


def _spell_types(rules: Rules) -> pl.DataFrame:
    qualifying = rules.programme("qualifying_spell_types")
    return pl.DataFrame(
        [(name, name in qualifying, one.must_end) for name, one in rules.vocabulary.spell_types.items()],
        schema=["type", "is_qualifying", "must_end"],
        orient="row",
    )


def _expense_categories(rules: Rules) -> pl.DataFrame:
    fixed = rules.programme("fixed_grant_categories")
    return pl.DataFrame(
        [(name, name in fixed) for name in rules.vocabulary.expense_categories],
        schema=["kategori", "is_fixed_grant"],
        orient="row",
    )


def _elements(rules: Rules) -> pl.DataFrame:
    elements = rules.fidelity.elements if rules.fidelity else {}
    return pl.DataFrame(
        [(code, one.number, one.title_da, one.judged_by, 7 * one.due_week) for code, one in elements.items()],
        schema={
            "element": pl.String,
            "number": pl.Int32,
            "title_da": pl.String,
            "judged_by": pl.String,
            "due_days": pl.Int32,
        },
        orient="row",
    )


def _fidelity(rules: Rules) -> pl.DataFrame:
    return pl.DataFrame(
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
            "grade_shares": pl.List(_SHARE),
            "smallest_courses": pl.Int32,
            "smallest_pairs": pl.Int32,
        },
        orient="row",
    )


def _rates(rules: Rules) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (name.removesuffix("_rate_dkk"), *period)
            for name, parameter in rules.parameters.items()
            if parameter.kind is Kind.EVENT
            for period in parameter.periods()
        ],
        schema={"rate": pl.String, "valid_from": pl.Date, "valid_to": pl.Date, "amount_dkk": _AMOUNT},
        orient="row",
    )


def _draws(draws: Sequence[KnownDraw]) -> pl.DataFrame:
    with in_danish():
        rows = [(one.project_id, shown(one.finding), one.finding) for one in draws]
    schema = dict.fromkeys(("project_id", "finding_da", "finding_en"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")

"""The trial as arrays: who is in it, in which arm, for how long, and what hours each worked, computed by SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tasks.base.errors import BusinessRefusal
from tasks.base.worded import phrase
from tasks.chain.record import lines_of
from tasks.draw.record import read_record, record_of
from tasks.evaluation.hours import HoursFile, read_hours
from tasks.evaluation.stratified import Codes, Flags, Floats
from tasks.fidelity.measure import count_judged
from tasks.intake.key import key_of
from tasks.register.read import read_register
from tasks.settlement.parts import settle_here
from tasks.settlement.world import build_world
from tasks.validation.own_sql import judge_by_own_sql
from tasks.warehouse.frames import registered
from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb

    from tasks.base.moment import Moment
    from tasks.register.inputs import KnownDraw
    from tasks.replay.state import State
    from tasks.rules.model import EvaluationTerms, Rules

DAYS_A_WEEK = 7
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Trial:
    """Everybody in the trial; arrays are of citizens, in one order.

    `project`, `group`, `strata`: codes, named by `projects`, `groups`; a stratum lies in one group of one project.
    `days`: of follow-up; `weeks`: a row a citizen, a column a week, the days' weekly hours summed. `age`,
    `support_years`: nan where not delivered. `is_reported`: hours come from an hours file, otherwise from
    registrations. `supposed`: weeks, with the hours that blank ones of a job are supposed to be; None where none is
    blank or the hours were reported. `excluded`: (project, reason, citizens). `cut`: the last day known of any project.
    `contrasts`: of fidelity, by project; `small_contrasts`: those that come of few citizens.
    """

    projects: tuple[str, ...]
    groups: tuple[str, ...]
    project: Codes
    group: Codes
    strata: Codes
    z: Flags
    is_drawn: Flags
    days: Floats
    weeks: Floats
    supposed: Floats | None
    is_accepted: Flags
    has_spell: Flags
    has_started: Flags
    took_part: Flags
    has_employment: Flags
    age: Floats
    support_years: Floats
    benefit: Texts
    withdrawn: Texts
    excluded: tuple[tuple[str, str, int], ...]
    cut: date
    first_day: date
    is_reported: bool
    hours: HoursFile | None
    hours_first_day: date | None
    strangers: int
    first_received_at: datetime | None
    contrasts: dict[str, float]
    small_contrasts: frozenset[str]

    @property
    def mean_hours(self) -> Floats:
        """Mean weekly hours of the whole follow-up; 0 where there is none."""
        return np.asarray(self.weeks.sum(axis=1) / np.maximum(self.days, 1))

    def hours_in(self, first_week: int, last_week: int) -> Floats:
        """Mean weekly hours of some weeks, counted from 1, of those who were followed so long."""
        weeks = self.weeks[:, first_week - 1 : last_week]
        return np.asarray(weeks.sum(axis=1) / (DAYS_A_WEEK * (last_week - first_week + 1)))


def take_trial(
    connection: duckdb.DuckDBPyConnection,
    home: Path,
    state: State,
    terms: EvaluationTerms,
    hours_file: Path | None,
) -> Trial:
    """Judge what was delivered, and give the trial.

    Raises BusinessRefusal where a draw's record does not verify or nobody is in the trial, InputError for a wrong hours
    file, and for one where the key is not the home's: nobody in it would be recognised.
    """
    _require_sound(state.draws)
    build_world(
        connection,
        year=state.rules.years[-1],
        register=read_register(connection, state.register_files, state.rules),
        rules=state.rules,
        known_at=state.known_at,
        draws=state.draws,
    )
    settle_here(connection, judge_by_own_sql)
    count_judged(connection)
    hours = read_hours(connection, hours_file, key_of(connection, home, is_kept=False)) if hours_file else None
    left = _withdrawals(connection, home, state.draws, state.known_at)
    lay_out(connection, left, terms, hours.last_day if hours else None)
    rows = execute(
        connection,
        "evaluation/citizens",
        tasting=list(terms.tasting_types),
        employment=list(terms.employment_types),
        qualifying=list(state.rules.programme("qualifying_spell_types")),
        support_groups=list(state.rules.programme("public_support_target_groups")),
    ).fetchnumpy()
    if not len(rows["citizen_no"]):
        raise BusinessRefusal(phrase("The trial has no citizens yet: draw some, or settle their deliveries, first."))
    return _trial(connection, rows, state, terms, hours)


def _require_sound(draws: tuple[KnownDraw, ...]) -> None:
    for one in draws:
        if one.finding is not None:
            raise BusinessRefusal(
                phrase(
                    "The record of {project}'s draw does not verify, and nothing is evaluated. {finding}",
                    project=one.project_id,
                    finding=one.finding,
                )
            )


def lay_out(
    connection: duckdb.DuckDBPyConnection,
    left: Sequence[tuple[str, str, str]],
    terms: EvaluationTerms,
    hours_end: date | None = None,
) -> None:
    """Make run.trial and run.trial_spells. `left`: project, ref and reason of everybody who withdrew."""
    import polars as pl

    schema = dict.fromkeys(("project_id", "ref", "reason"), pl.String)
    with registered(connection, withdrawals=pl.DataFrame(left, schema=schema, orient="row")):
        days = DAYS_A_WEEK * terms.follow_up_weeks
        execute(connection, "evaluation/trial", hours_end=hours_end, follow_up_days=days)
    execute(connection, "evaluation/trial_spells")


def _withdrawals(
    connection: duckdb.DuckDBPyConnection, home: Path, draws: tuple[KnownDraw, ...], known_at: Moment
) -> list[tuple[str, str, str]]:
    left = []
    for one in draws:
        record = read_record(lines_of(record_of(connection, home, one.project_id).file)).until(known_at)
        left += [(one.project_id, str(e["ref"]), str(e["reason"])) for e in record.of_kind("withdraw")]
    return left


def _trial(
    connection: duckdb.DuckDBPyConnection,
    rows: dict[str, Any],
    state: State,
    terms: EvaluationTerms,
    hours: HoursFile | None,
) -> Trial:
    count = len(rows["citizen_no"])
    projects, project = np.unique(_texts(rows["project_id"]), return_inverse=True)
    groups, group = np.unique(_texts(rows["maalgruppe"]), return_inverse=True)
    _, strata = np.unique(_texts(rows["project_id"]) + "|" + _texts(rows["stratum"]), return_inverse=True)
    supposed, first, strangers = None, None, 0
    if hours:
        ((first, strangers),) = execute(connection, "evaluation/hours_reach").fetchall()
        execute(connection, "evaluation/reported_pieces")
    else:
        if rows["has_blank_hours"].any():
            lay_registered(connection, state.rules, terms, terms.blank_hours_supposed)
            supposed = _weeks(connection, count, terms)
        lay_registered(connection, state.rules, terms, Decimal(0))
    (receipt,) = rows_of(connection, "evaluation/first_receipt", known_at=state.known_at.timestamp)
    ((cut, first_day),) = execute(connection, "evaluation/reach", is_reported=hours is not None).fetchall()
    excluded = rows_of(connection, "evaluation/excluded")
    contrasts = rows_of(connection, "evaluation/contrasts", smallest=terms.smallest_public_count)
    return Trial(
        projects=tuple(projects.tolist()),
        groups=tuple(groups.tolist()),
        project=project.astype(np.intp),
        group=group.astype(np.intp),
        strata=strata.astype(np.intp),
        z=_flags(rows["is_participant"]),
        is_drawn=_flags(rows["is_drawn"]),
        days=_floats(rows["days"]),
        weeks=_weeks(connection, count, terms),
        supposed=supposed,
        is_accepted=_flags(rows["is_accepted"]),
        has_spell=_flags(rows["has_spell"]),
        has_started=_flags(rows["has_started"]),
        took_part=_flags(rows["took_part"]),
        has_employment=_flags(rows["has_employment"]),
        age=_floats(rows["age"]),
        support_years=_floats(rows["support_years"]),
        benefit=_texts(rows["ydelse"]).astype(object),
        withdrawn=_texts(rows["withdrawn"]).astype(object),
        excluded=tuple((one["project_id"], one["reason"], one["citizens"]) for one in excluded),
        cut=cut,
        first_day=first_day,
        is_reported=hours is not None,
        hours=hours,
        hours_first_day=first,
        strangers=strangers,
        first_received_at=receipt["received_at"],
        contrasts={one["project_id"]: one["contrast"] for one in contrasts},
        small_contrasts=frozenset(one["project_id"] for one in contrasts if one["is_small"]),
    )


def lay_registered(
    connection: duckdb.DuckDBPyConnection, rules: Rules, terms: EvaluationTerms, blank_hours: Decimal
) -> None:
    """Make run.trial_pieces of the registrations. `blank_hours`: the weekly hours of a job whose hours are blank."""
    execute(
        connection,
        "evaluation/registered_pieces",
        subsidised=list(terms.subsidised_types),
        employment=list(terms.employment_types),
        blank_hours=blank_hours,
        most_hours=rules.vocabulary.weekly_hours.most,
    )


def _weeks(connection: duckdb.DuckDBPyConnection, citizens: int, terms: EvaluationTerms) -> Floats:
    found = execute(connection, "evaluation/weeks").fetchnumpy()
    weeks = np.zeros((citizens, terms.follow_up_weeks))
    weeks[found["citizen_no"].astype(np.intp), found["week"].astype(np.intp)] = found["hour_days"]
    return weeks


def _texts(values: Any) -> NDArray[np.str_]:
    return np.asarray(np.ma.filled(values, ""), dtype=np.str_)


def _flags(values: Any) -> Flags:
    return np.asarray(np.ma.filled(values, False), dtype=bool)


def _floats(values: Any) -> Floats:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan))

"""One evaluation, from what a home knows to its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tasks.base.errors import BusinessRefusal
from tasks.base.run import preparer
from tasks.base.worded import Phrase, phrase
from tasks.evaluation.estimates import analyse
from tasks.evaluation.files import folder_of, has_other_source, write_files
from tasks.evaluation.page import page_of, public_sentence, sentence
from tasks.evaluation.plan import Plan, note_hours, plan_of
from tasks.evaluation.results import PRIMARY, Analysis, Row
from tasks.evaluation.tables import Tables, all_tables, public_tables
from tasks.evaluation.trial import DAYS_A_WEEK, take_trial
from tasks.replay.state import State, state_of
from tasks.rules.model import load_rules, terms_of
from tasks.warehouse.lock import hold_lock
from tasks.warehouse.reading import read_warehouse

if TYPE_CHECKING:
    from tasks.base.moment import Moment

NOT_FROZEN, OTHER_PLAN, TOO_EARLY = "planen er ikke fastlagt", "en anden plan er fastlagt", "før tid"


@dataclass(frozen=True)
class Evaluation:
    """What a run gave.

    `sentence`: the answer, in Danish; `public_sentence`: as it may leave the house. `has_replaced`: whether the folder
    had one of the other source of hours.
    """

    analysis: Analysis
    public: Tables
    folder: Path
    sentence: str
    public_sentence: str
    has_replaced: bool

    @property
    def primary(self) -> Row | None:
        """The primary estimate."""
        return self.analysis.row(PRIMARY)


def evaluate(
    home: Path, *, now: Moment, known_at: Moment, hours_file: Path | None = None, is_exploratory: bool = False
) -> Evaluation:
    """Evaluate, and write the files.

    Raises BusinessRefusal where no plan is frozen and the run is not `is_exploratory`, where there is nothing to
    analyse or a record does not verify; InputError for a wrong hours file.
    """
    is_replay = known_at != now
    with read_warehouse(home) as connection:
        state = state_of(connection, home, known_at, now)
        terms = terms_of(state.rules if is_replay and state.rules.evaluation else load_rules())
        plan = plan_of(home, terms, known_at)
        why = _exploratory(plan, known_at)
        if plan.freezes == 0 and not is_exploratory:
            raise BusinessRefusal(
                phrase(
                    "No plan is frozen, and nothing is evaluated: freeze it with `jobfirst evaluate freeze "
                    "--approved-by NAME`, or say --exploratory, which stands on every page then."
                )
            )
        trial = take_trial(connection, home, state, terms, hours_file)
    # Readers of the warehouse share the lock, so this waits until nobody reads.
    # Of an earlier state too: whoever has seen that knows the file.
    if trial.hours is not None:
        with hold_lock(home, "evaluate run", now.utc):
            note_hours(home, trial.hours.sha256, by=preparer(), now=now)
            plan = plan_of(home, terms, known_at)
    level = float(terms.early_interval_share if TOO_EARLY in why else terms.interval_share)
    analysis = analyse(trial, plan, level=level, exploratory=why)
    primary = analysis.row(PRIMARY)
    if primary is None or primary.estimate is None:
        raise BusinessRefusal(_why_nothing(analysis, state.rules.last_day))
    public = public_tables(analysis)
    page = page_of(analysis, public, sender=state.rules.letters.sender.name)
    has_replaced = has_other_source(folder_of(home, analysis, is_replay=is_replay), analysis)
    folder = write_files(
        home, analysis, all_tables(analysis), public, page, _inputs(state, analysis), is_replay=is_replay
    )
    return Evaluation(analysis, public, folder, sentence(analysis), public_sentence(analysis, public), has_replaced)


def _why_nothing(analysis: Analysis, programme_end: date) -> Phrase:
    """Say why nothing can be analysed, and what would mend it."""
    trial, terms = analysis.trial, analysis.plan.terms
    least = {"weeks": terms.minimum_weeks, "citizens": terms.stratum_min_citizens}
    if analysis.unregistered:
        return phrase(
            "There is nothing to analyse: no control of {projects} has a spell, so these are left out, and nobody of "
            "another project was followed for {weeks} weeks in a stratum with {citizens} citizens of each arm. Give "
            "the hours of the income register: `--hours FILE`.",
            projects=", ".join(analysis.unregistered),
            **least,
        )
    if trial.hours and trial.hours.last_day < programme_end and (trial.days < DAYS_A_WEEK * terms.minimum_weeks).all():
        return phrase(
            "There is nothing to analyse: {file} ends {day}, follow-up ends with it, and nobody was followed for "
            "{weeks} weeks until then. Give an hours file with later months.",
            file=trial.hours.name,
            day=trial.hours.last_day.isoformat(),
            weeks=terms.minimum_weeks,
        )
    return phrase(
        "There is nothing to analyse: nobody was followed for {weeks} weeks in a stratum with {citizens} citizens of "
        "each arm.",
        **least,
    )


def _exploratory(plan: Plan, known_at: Moment) -> list[str]:
    """Say why a run is exploratory; nothing where it follows a plan frozen in time."""
    why = []
    if plan.freezes == 0:
        why.append(NOT_FROZEN)
    elif not plan.is_in_force:
        why.append(OTHER_PLAN)
    if known_at.today < plan.terms.earliest_day:
        why.append(TOO_EARLY)
    return why


def _inputs(state: State, analysis: Analysis) -> dict[str, Any]:
    hours = analysis.trial.hours
    files = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(state.register_files.items())}
    return {
        "rules_sha256": state.rules.sha256,
        "register": files,
        "hours_sha256": hours.sha256 if hours else None,
        "seed": analysis.plan.seed,
    }

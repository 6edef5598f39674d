"""The tasks that evaluate the trial and show the main figures on the run's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tasks.base.run import AS_KNOWN_AT
from tasks.evaluation.run import Evaluation, evaluate
from tasks.evaluation.run_table import evaluation_table
from tasks.prefect_run.page import show_table
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    from tasks.base.moment import Moment


@step("estimate the effect")
def estimate_effect(
    home: Path, *, now: Moment, known_at: Moment, hours_file: Path | None, is_exploratory: bool
) -> Evaluation:
    """Evaluate, and write the files."""
    return evaluate(home, now=now, known_at=known_at, hours_file=hours_file, is_exploratory=is_exploratory)


@step("show the evaluation")
def show_evaluation(found: Evaluation, *, is_replay: bool) -> None:
    """Show the answer and the estimates, as they may leave the house: small counts are hidden."""
    why = ", ".join(found.analysis.exploratory)
    key = f"evaluation-{AS_KNOWN_AT}" if is_replay else "evaluation"
    told = f"EKSPLORATIV ({why}). {found.public_sentence}" if why else found.public_sentence
    show_table(key, evaluation_table(found.public.files["effects.csv"]), told)

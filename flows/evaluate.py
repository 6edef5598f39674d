"""The evaluation: what JobFirst did for hours in ordinary work. It posts nothing, and changes no settlement."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.evaluation.run import Evaluation
from tasks.evaluation.task import estimate_effect, show_evaluation
from tasks.prefect_run.ended import ends_by_name
from tasks.prefect_run.parameters import File, Timestamp


@flow(name="evaluate", flow_run_name="evaluate", validate_parameters=False, persist_result=False)
@ends_by_name
@tells_no_value
def evaluate(
    home: Path = Path("var"),
    hours: File | None = None,
    exploratory: bool = False,
    as_known_at: Timestamp | None = None,
) -> Evaluation:
    """Estimate by the frozen plan, and write tables and report to `HOME/out/evaluation/`.

    What is estimated of an earlier state goes to `HOME/out/evaluation/as-known-at/`.

    Args:
        home: the warehouse and all output
        hours: the income register's hours, a CSV file with cpr, maaned and timer; left out, what projects registered
        exploratory: run without a frozen plan; every page and row says so
        as_known_at: an earlier moment whose state is evaluated (ISO; Copenhagen where it has no zone)

    Raises:
        InputError: for a wrong hours file, and where nothing was settled
        BusinessRefusal: where no plan is frozen, a record does not verify, or there is nothing to analyse

    """
    now, earlier = Moment.now(), Moment.earlier(as_known_at)
    found = estimate_effect(
        Path(home),
        now=now,
        known_at=earlier or now,
        hours_file=Path(hours) if hours else None,
        is_exploratory=exploratory,
    )
    show_evaluation(found, is_replay=earlier is not None)
    return found

"""The intake of new deliveries, often and cheap, so that a refused delivery is known the same day."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from tasks.artifacts.inbox import InboxSummary, summarise_inbox
from tasks.artifacts.task import show_inbox
from tasks.base.failure import tells_no_value
from tasks.base.moment import Moment
from tasks.base.progress import telling
from tasks.base.run import Run
from tasks.base.worded import phrase
from tasks.intake.clock import require_clock
from tasks.intake.inbox import require_outside
from tasks.intake.task import receive_deliveries
from tasks.prefect_run.ended import ends_by_name
from tasks.register.task import read_rules_and_register
from tasks.rules.model import load_rules
from tasks.telemetry.measured import measured
from tasks.warehouse.task import warehouse_taken


@flow(name="receive", flow_run_name="receive", validate_parameters=False, persist_result=False)
@ends_by_name
@measured("receive")
@tells_no_value
def receive(register: Path, inbox: Path, home: Path = Path("var")) -> InboxSummary:
    """Receive what is new in the inbox; what was received before is not read again.

    Args:
        register: STAR's register
        inbox: the deliveries
        home: the warehouse and all output

    Raises:
        InputError: for a wrong register, or an inbox that can't be read
        BusinessRefusal: when another run writes to `home`

    """
    home = Path(home)
    with warehouse_taken(home, "receive") as connection, telling() as teller:
        # Nothing is settled here, so any year of the programme will do.
        run = Run(load_rules().years[-1], Path(register), Path(inbox), home, Moment.now())
        require_outside(run.home, run.inbox)
        require_clock(connection, run.now)
        inputs = read_rules_and_register(connection, run)
        progress = teller.step(phrase("deliveries"))
        received = receive_deliveries(
            connection, run, inputs.register.project_ids, inputs.rules.vocabulary.words, progress
        )
        summary = summarise_inbox(connection, received, run.now)
    show_inbox(summary, home)
    return summary

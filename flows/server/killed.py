"""Mark runs that were killed as crashed, since they could not do so: `python -m flows.server.killed HOME`.

`make serve` does so before its worker starts: a run that seems to go on would keep its place in the queue for ever.
"""

from __future__ import annotations

import sys
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.states import Crashed

from tasks.base.moment import Moment
from tasks.base.standard_error import tell
from tasks.warehouse.lock import HomeHeld, hold_lock

UNFINISHED = ["PENDING", "RUNNING", "CANCELLING"]


def tell_of_killed_runs(*, deployed: bool) -> None:
    """Mark all unfinished runs as crashed: those of deployments, or those of commands. None of them may be alive."""
    left = FlowRunFilter.model_validate(
        {"state": {"type": {"any_": UNFINISHED}}, "deployment_id": {"is_null_": not deployed}}
    )
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=left):
            client.set_flow_run_state(run.id, Crashed(message="The run's process was killed."), force=True)


def main(home: Path) -> None:
    """Mark the deployments' unfinished runs as crashed, unless one of them has outlived its worker and still writes."""
    try:
        with hold_lock(home, "serve", Moment.now().utc):
            tell_of_killed_runs(deployed=True)
    except HomeHeld as held:
        tell(f"serve: {held}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

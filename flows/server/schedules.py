"""Have the settlement's schedule on a Prefect server run while the rules' calendar has days left, and be off after.

`python -m flows.server.schedules`, after each deployment and each change of the calendar. Setting: `PREFECT_API_URL`.
"""

from __future__ import annotations

import sys

from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import ObjectNotFound

from flows.server.named import named_server
from flows.server.reported import ended
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.standard_error import tell
from tasks.rules.model import load_rules

SETTLEMENT = "settle/jobfirst"


def main() -> int:
    """Set the schedule, and give the exit status."""
    return ended("schedules", bring_schedules)


def bring_schedules() -> None:
    """Set the schedule, and print what it is now. Raises InputError, as `named_server` and `set_schedules` do."""
    is_on = not load_rules().calendar.has_ended(Moment.now().today)
    with named_server() as client:
        set_schedules(client, is_on=is_on)
    why = "the calendar has days left" if is_on else "the calendar has ended"
    tell(f"schedules: {SETTLEMENT} is {'on' if is_on else 'off'}: {why}")


def set_schedules(client: SyncPrefectClient, *, is_on: bool) -> None:
    """Turn the settlement's schedules on or off. Raises InputError where the settlement is not deployed."""
    try:
        deployment = client.read_deployment_by_name(SETTLEMENT)
    except ObjectNotFound:
        raise InputError(
            f"The server has no deployment {SETTLEMENT}: deploy it first, with prefect deploy --all."
        ) from None
    for schedule in deployment.schedules:
        if schedule.active != is_on:
            client.update_deployment_schedule(deployment.id, schedule.id, active=is_on)


if __name__ == "__main__":
    sys.exit(main())

"""The clock, compared with the home: a delivery that was received later than now would silently count for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.base.errors import BusinessRefusal
from tasks.base.moment import Moment
from tasks.base.worded import phrase
from tasks.warehouse.statements import execute

if TYPE_CHECKING:
    import duckdb


def require_clock(connection: duckdb.DuckDBPyConnection, now: Moment) -> None:
    """Go on only where every delivery was received by now.

    Raises BusinessRefusal that names both moments.
    """
    ((newest_at,),) = execute(connection, "intake/newest_received").fetchall()
    if newest_at is not None and newest_at > now.timestamp:
        raise BusinessRefusal(
            phrase(
                "This machine's clock says {now}, which is before the home's newest delivery ({newest}): set the clock "
                "and run again, or, where that moment is the wrong one, bring the backup from before it back with "
                "jobfirst restore.",
                now=now.as_text(),
                newest=Moment(newest_at).as_text(),
            )
        )

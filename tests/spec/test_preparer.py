"""Who prepares a draft has a name, or nothing is begun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import backfill, settle
from tasks.base.errors import InputError
from tasks.base.moment import Moment
from tasks.base.progress import Silence
from tasks.base.run import PREPARED_BY_VARIABLE
from tasks.warehouse.connection import open_warehouse
from tests.support.releasing import JF, Office, deliver


def test_nothing_is_taken_in_for_a_preparer_without_a_name(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    with pytest.raises(InputError, match=PREPARED_BY_VARIABLE):
        office.settle(2016, now="2017-02-01T08:00", by="  ")
    with open_warehouse(office.home) as connection:
        with pytest.raises(InputError, match=PREPARED_BY_VARIABLE):
            backfill.backfill_years(connection, office.run(2016, "2017-02-01T08:00"), [2016], "", Silence())
        assert connection.execute("SELECT count(*) FROM core_receipts").fetchall() == [(0,)]


def test_a_replay_needs_no_name(office: Office) -> None:
    deliver(office.inbox, office.portfolio.project(JF), starts=1)
    fingerprint = office.settle(2016, now="2017-02-01T08:00").fingerprint
    office.monkeypatch.setenv(PREPARED_BY_VARIABLE, "  ")
    run = office.run(2016, "2017-03-01T08:00")
    earlier = replace(run, as_known_at=Moment.parse("2017-02-15T08:00"))
    with open_warehouse(office.home) as connection:
        assert settle.draft(connection, earlier, Silence()).fingerprint == fingerprint

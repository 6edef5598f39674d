"""A small home of an earlier version as text: in a checkout of it, `PYTHONPATH=. python make.py FOLDER`.

Two projects: 2016 is settled and released with a waiver, a corrected delivery is released as an adjustment, and a draft
of 2017 waits. It is kept as the rows of its tables, the ledger's second record, register and inbox; test_old_homes.py
reads it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from tests.support.portfolio import Portfolio
from tests.support.releasing import JF, OTHER, Office, deliver
from tests.support.settling import call_tasks_plainly

KEY = "made-up-key-of-an-old-home-0123456789"


def main(folder: Path) -> None:
    """Make the home, and write it into `folder`."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setenv("JOBFIRST_KEY", KEY)
        call_tasks_plainly(patch)
        office = Office(Portfolio(Path(place)), patch)
        project = office.portfolio.project(JF)
        deliver(office.inbox, project, starts=3, wages="1.000")
        deliver(office.inbox, office.portfolio.project(OTHER, municipalities=("253",)), starts=2, as_of="2016-11-30")
        office.settle(2016, now="2017-02-01T08:00")
        waivers = [(OTHER, "P04", "December var uden forloeb.")]
        office.release(2016, now="2017-02-03T08:00", waivers=waivers)
        deliver(office.inbox, project, starts=1)
        office.settle(2016, now="2017-03-01T08:00")
        office.release(2016, now="2017-03-02T08:00", waivers=waivers)
        deliver(office.inbox, project, starts=2, as_of="2017-12-31", wages="2.000")
        office.settle(2017, now="2018-02-01T08:00")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with duckdb.connect(str(office.home / "warehouse.duckdb")) as connection:
            connection.execute("DROP SCHEMA run CASCADE")
            for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                if connection.table(name).limit(1).fetchall():
                    connection.table(name).write_csv(str(folder / f"{name}.csv"), na_rep="\\N")
        for name in ("ledger.jsonl", "ledger.head"):
            shutil.copy(office.home / name, folder)
        for name in ("inbox", "register"):
            shutil.copytree(office.portfolio.folder / name, folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

"""The settlement as a dbt project on DuckDB (`dbt/`): `python with_dbt.py YEAR REGISTER INBOX OUT`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from inputs import as_sql

PROJECT = Path(__file__).parent / "dbt"


def settle(year: int, register: Path, inbox: Path, out: Path) -> int:
    """Write `settlement.csv`, `citizens.csv` and `violations.csv` into `out`; give dbt's exit status."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ["SETTLEMENT_OUT"] = str(out)
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    # A run that goes on in the same folder does not parse the project again.
    written = ["--target-path", str(out / "target"), "--log-path", str(out / "logs")]
    given = json.dumps(as_sql(year, register, inbox))
    result = dbtRunner().invoke(["--quiet", "run", *places, *written, "--vars", given])
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(settle(int(sys.argv[1]), *(Path(given).resolve() for given in sys.argv[2:])))

"""Which projects of a draft wait for a decision: `settle` and `status` print the release command by it."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

from tasks.warehouse.rows import rows_of
from tasks.warehouse.statements import execute

KNOWN_AT = "2017-03-08 12:00"
OWN, OTHER = "own", "other"

Posted = tuple[str, str, str, str]


def awaited(
    status: str, holds: list[str], amounts: tuple[str, str], posted: list[Posted]
) -> tuple[Decimal, Decimal] | None:
    """Give what is payable of activity and fixed grant; None where the project does not wait.

    `amounts`: what the draft gives of both; `posted`: component, amount, fingerprint and time of day. Beside them are
    what it gives for 2017, what the ledger holds of 2017, and what another project was posted from this draft.
    """
    activity, fixed = map(Decimal, amounts)
    with duckdb.connect() as opened:
        opened.execute(
            "CREATE TABLE core_drafts AS SELECT 1 AS draft_no, 2016 AS year, $own AS fingerprint", {"own": OWN}
        )
        opened.execute(
            "CREATE TABLE draft_projects AS SELECT 1 AS draft_no, 'JF-187' AS project_id, $status AS status, "
            "$holds::VARCHAR[] AS holds, '187' AS lead_municipality",
            {"status": status, "holds": holds},
        )
        opened.execute(
            "CREATE TABLE draft_settlement AS SELECT 1 AS draft_no, 'JF-187' AS project_id, 2016 AS year, "
            "$activity AS activity_dkk, $fixed AS fixed_dkk, $sum AS entitlement_dkk",
            {"activity": activity, "fixed": fixed, "sum": activity + fixed},
        )
        opened.execute("INSERT INTO draft_settlement VALUES (1, 'JF-187', 2017, 1, 1, 2)")
        opened.execute(
            "CREATE TABLE draft_intended "
            "(draft_no INTEGER, project_id VARCHAR, burdens VARCHAR[], gives_sha256 VARCHAR)"
        )
        opened.execute(
            "CREATE TABLE core_ledger (project_id VARCHAR, year INTEGER, component VARCHAR, amount_dkk DECIMAL(18, 2), "
            "draft_fingerprint VARCHAR, posted_at TIMESTAMP)"
        )
        execute(opened, "macros/is_to_decide")
        execute(opened, "macros/posted_by")
        for component, amount, fingerprint, at in posted:
            opened.execute(
                "INSERT INTO core_ledger VALUES ('JF-187', 2016, ?, ?, ?, ?)",
                [component, Decimal(amount), fingerprint, f"2017-03-08 {at}"],
            )
        opened.execute(
            "INSERT INTO core_ledger VALUES ('JF-187', 2017, 'fixed', 3, 'other', '2017-03-08 11:00'), "
            "('JF-253', 2016, 'fixed', 4, 'own', '2017-03-08 11:00'), "
            "('JF-253', 2016, 'fixed', 5, 'other', '2017-03-08 11:00')"
        )
        found = rows_of(opened, "release/awaits", fingerprint=OWN, known_at=KNOWN_AT, together="P12")
    assert len(found) <= 1
    waits = [row for row in found if row["is_decision"] and not row["holds"]]
    return (waits[0]["activity_dkk"], waits[0]["fixed_dkk"]) if waits else None


def held(activity: str, fixed: str, fingerprint: str = OTHER, at: str = "11:00") -> list[Posted]:
    """Give what the ledger holds of both components."""
    return [("activity", activity, fingerprint, at), ("fixed", fixed, fingerprint, at)]


GIVES = ("6000", "500")
CASES: list[tuple[str, str, list[str], tuple[str, str], list[Posted], tuple[str, str] | None]] = [
    ("nothing is posted", "settled", [], GIVES, [], GIVES),
    ("nothing is posted, and it gives nothing", "settled", [], ("0", "0"), [], ("0", "0")),
    ("it has not started", "not_started", [], ("0", "0"), [], None),
    ("it has not started any more", "not_started", [], ("0", "0"), held("6000", "500"), ("-6000", "-500")),
    ("it stands as posted", "settled", [], GIVES, held("6000", "500"), None),
    ("less activity grant is posted", "settled", [], GIVES, held("5999.99", "500"), ("0.01", "0")),
    ("more fixed grant is posted", "settled", [], GIVES, held("6000", "500.01"), ("0", "-0.01")),
    ("the components differ, and not the sum", "settled", [], GIVES, held("6500", "0"), ("-500", "500")),
    ("it is posted from this draft", "settled", [], GIVES, held("6000", "500", OWN), None),
    ("it is posted from this draft later", "settled", [], GIVES, held("6000", "500", OWN, at="12:00:01"), GIVES),
    ("it is posted at the moment", "settled", [], GIVES, held("6000", "500", at="12:00"), None),
    ("it is posted after the moment", "settled", [], GIVES, held("6000", "500", at="12:00:01"), GIVES),
    ("a rule holds it", "settled", ["P04"], GIVES, [], None),
    ("only another year holds it", "settled", ["P12"], GIVES, [], GIVES),
    ("a rule and another year hold it", "settled", ["P04", "P12"], GIVES, [], None),
]


@pytest.mark.parametrize(
    ("says", "status", "holds", "gives", "posted", "payable"), CASES, ids=[case[0] for case in CASES]
)
def test_a_project_waits_where_a_release_would_decide_it(
    says: str,
    status: str,
    holds: list[str],
    gives: tuple[str, str],
    posted: list[Posted],
    payable: tuple[str, str] | None,
) -> None:
    expected = None if payable is None else tuple(map(Decimal, payable))
    assert awaited(status, holds, gives, posted) == expected, says

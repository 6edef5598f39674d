"""What a year of a release would post is held against what the project is entitled to and what the ledger holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tasks.ledger.entry import chained
from tasks.release.balance import balance
from tests.support.ledger_examples import POSTED_AT, posting

NUMBER = 7
"""Of the entry that is posted."""
HELD = tuple[int, int, str]
"""Of an entry that the ledger holds: number, year and amount."""


def differing(
    folder: Path, entry: str, *, basis: str = "", letter: str = "", before: str = "0", ledger: tuple[HELD, ...] = ()
) -> list[str]:
    """Give the equations that do not hold for JF-187, which is entitled to 12 000 kr. for 2016.

    `entry`: what is posted; `basis`, `letter`: what the posting basis and the letter say where it is something else;
    `before`: what the settlement knows as posted; `ledger`: what the ledger holds.
    """
    (folder / "letters").mkdir()
    told = f"{Decimal(letter or entry):.2f}".replace(".", ",")
    (folder / "letters" / "JF-187.html").write_text(
        f'<h1>Afgørelse</h1><div class="decision"><p><strong>{told} kr.</strong></p></div>', encoding="utf-8"
    )
    (folder / "postings.csv").write_text(f"ledger_entry,amount\n{NUMBER},{basis or entry}\n", encoding="utf-8")
    item = posting("JF-187", 2016, amount_dkk=entry)
    entries = [chained(item, number=NUMBER, run="run", posted_at=POSTED_AT, previous_sha256="cd" * 32)]
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA run")
        connection.execute(
            "CREATE TABLE run.settlement AS SELECT unnest(['JF-187', 'JF-253']) AS project_id, 2016 AS year, "
            "12000::DECIMAL(18, 2) AS entitlement_dkk"
        )
        connection.execute(
            "CREATE TABLE run.posted AS SELECT 'JF-187' AS project_id, unnest([2016, 2017]) AS year, "
            "$before::DECIMAL(18, 2) AS posted_dkk",
            {"before": before},
        )
        connection.execute(
            "CREATE TABLE core_ledger (number INTEGER, project_id VARCHAR, year INTEGER, amount_dkk DECIMAL(18, 2))"
        )
        for number, year, amount in ledger:
            connection.execute("INSERT INTO core_ledger VALUES (?, 'JF-187', ?, ?)", [number, year, amount])
        found = balance(connection, entries, folder)
    assert {one.subject for one in found} == {"JF-187 2016"}
    assert len(found) == 4
    return [one.equation for one in found if one.left_dkk != one.right_dkk]


ENTRIES, LEDGER = "settlement = entries", "entitlement = ledger with the entries"


@pytest.mark.parametrize(
    ("entry", "more", "unequal"),
    [
        ("12000", {}, []),
        ("11999.99", {"basis": "12000", "letter": "12000"}, [ENTRIES, LEDGER]),
        ("12000", {"letter": "12000.01"}, ["settlement = letter"]),
        ("12000", {"basis": "-12000"}, ["settlement = posting basis"]),
        ("11500", {"before": "500", "ledger": ((3, 2016, "500"),)}, []),
        ("12000", {"ledger": ((3, 2016, "0.01"),)}, [LEDGER]),
        ("11500", {"before": "500"}, [LEDGER]),
        ("12000", {"ledger": ((3, 2017, "500"),)}, []),
        ("12000", {"ledger": ((NUMBER, 2016, "12000"), (NUMBER + 1, 2016, "-500"))}, []),
    ],
    ids=[
        "all is equal",
        "an øre less is posted",
        "the letter says an øre more",
        "the posting basis has the other sign",
        "the rest is posted",
        "the ledger holds what the settlement does not know",
        "the ledger lacks what the settlement knows",
        "the ledger holds another year",
        "it was posted before, and is made again",
    ],
)
def test_what_is_posted_is_held_against_settlement_letter_posting_basis_and_ledger(
    tmp_path: Path, entry: str, more: dict[str, str], unequal: list[str]
) -> None:
    assert differing(tmp_path, entry, **more) == unequal  # type: ignore[arg-type]

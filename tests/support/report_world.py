"""A made-up year to report on: the tables of schema `run` that the report reads, filled without deliveries.

Amounts, proportions and facts come from the project's own SQL, over citizens and rows invented here.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import duckdb
import polars as pl

from tasks.register.municipalities import municipalities
from tasks.report.page import ReportFacts
from tasks.rules.model import load_rules
from tasks.warehouse.frames import registered
from tasks.warehouse.statements import execute

FINGERPRINT = "5f2c9a7e10b84d36a1cc0e9b7d4f83125f2c9a7e10b84d36a1cc0e9b7d4f8312"
HOSTILE_NAME = (
    "</script><script>alert(1)</script>{{ 7*7 }}=HYPERLINK(\"http://example.com\")&<img src=x onerror='alert(1)'>"
)
REJECTS = {
    "borgere": ("C06", "C09", "C10", "C11"),
    "forloeb": ("S03", "S04", "S06", "S09", "S10"),
    "udgifter": ("E03", "E05", "E07"),
}
TYPES = ("snusepraktik", "virksomhedspraktik", "loentilskud", "ordinaer_ansaettelse")


def facts(**changes: Any) -> ReportFacts:
    values: dict[str, Any] = {
        "rules": load_rules(),
        "fingerprint": FINGERPRINT,
        "is_draft": True,
        "municipality_names": {code: one.name for code, one in municipalities().items()},
    }
    return ReportFacts(**values | changes)


class World:
    """A connection whose schema `run` holds a settled year of `count` invented projects."""

    def __init__(self, count: int, *, year: int = 2017, seed: int = 187, holds: bool = True) -> None:
        self.connection = duckdb.connect()
        self.execute("CREATE SCHEMA run")
        for table in ("core_spells", "core_row_counts"):
            execute(self.connection, f"schema/{table}")
        self.year = year
        self._random = Random(seed)
        self._frames: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("projects", "citizens", "spells", "quarantine", "wages", "counts", "populations")
        }
        names = municipalities()
        for number, code in enumerate(sorted(names)[:count], 1):
            self._project(number, code, names[code].name)
        self._store()
        if holds:
            self._hold()

    def execute(self, sql: str, *values: Any) -> None:
        """Run a statement."""
        self.connection.execute(sql, values or None)

    def settle(self) -> None:
        """Compute the year again, from what stands in the tables."""
        self.execute("DELETE FROM run.gone")
        self.execute("INSERT INTO run.gone SELECT project_id, DATE '2016-06-30', 10, 0, 10, 0, false FROM run.projects")
        execute(self.connection, "run/rejected_rows")
        for name in ("every_year", "settlement", "payable", "other_years_differing", "proportions", "project_facts"):
            execute(self.connection, f"settlement/{name}")

    def _project(self, number: int, code: str, name: str) -> None:
        pick = self._random
        target = pick.choice((100, 100, 120, 150, 200))
        reach = pick.uniform(0.35, 1.0)
        population = {"aktivitetsparat": pick.randint(300, 2500), "ressourceforloeb": pick.randint(150, 900)}
        ready = population["aktivitetsparat"] / sum(population.values())
        self._frames["populations"] += [
            {"kommunekode": code, "maalgruppe": group, "population": size} for group, size in population.items()
        ]
        self._frames["projects"].append(
            {
                "project_id": f"JF-{number:03}",
                "project_name": f"JobFirst {name}",
                "lead_municipality": code,
                "target_participants": target,
                "delivery_no": number,
                "start_date": date(2016, 2, 1),
            }
        )
        accepted = {"participant": 0, "control": 0}
        for row_no in range(2, 2 + int(2 * target * 1.05)):
            arm = "participant" if row_no % 2 else "control"
            group = (
                "aktivitetsparat" if pick.random() < ready + (0.2 if number % 7 == 3 else 0.0) else "ressourceforloeb"
            )
            if pick.random() < 0.07:
                self._reject("borgere", number, row_no)
                continue
            accepted[arm] += 1
            start = date(2016, 2, 1) + timedelta(days=int(pick.triangular(20, 560, 200)))
            starts = arm == "participant" and pick.random() < reach + 0.2
            completes = starts and pick.random() < reach
            completion = start + timedelta(days=90 + int(pick.triangular(0, 120, 5)))
            last = date(self.year, 12, 31)
            self._frames["citizens"].append(
                {
                    "project_id": f"JF-{number:03}",
                    "delivery_no": number,
                    "row_no": row_no,
                    "borger_id": f"B-{row_no}",
                    "arm": arm,
                    "maalgruppe": group,
                    "start_date": start if starts and start <= last else None,
                    "completion_date": completion if completes and completion <= last else None,
                }
            )
            if starts or (arm == "control" and pick.random() < 0.22):
                kind = pick.choice(TYPES)
                self._frames["spells"].append(
                    {
                        "delivery_no": number,
                        "row_no": row_no,
                        "borger_id": f"B-{row_no}",
                        "type": kind,
                        "hours": Decimal(pick.choice((0, 4, 6, 8, 12, 20))) if kind == TYPES[3] else None,
                    }
                )
                if pick.random() < 0.05:
                    self._reject("forloeb", number, row_no)
        vouchers = pick.randint(15, 40)
        for row_no in range(2, 2 + vouchers):
            if pick.random() < (0.35 if number % 11 == 5 else 0.04):
                self._reject("udgifter", number, row_no)
        for spent in range(2016, self.year + 1):
            self._frames["wages"].append(
                {
                    "project_id": f"JF-{number:03}",
                    "year": spent,
                    "wages_dkk": Decimal(pick.randint(25_000_000, 52_000_000)) / 100,
                }
            )
        received = {"borgere": int(2 * target * 1.05), "forloeb": 2 * target, "udgifter": vouchers}
        self._frames["counts"] += [
            {"delivery_no": number, "table_name": table, "received": rows, "ragged": 0}
            for table, rows in received.items()
        ]

    def _reject(self, table: str, delivery_no: int, row_no: int) -> None:
        pick = self._random
        for code in pick.sample(REJECTS[table], 2 if pick.random() < 0.15 else 1):
            self._frames["quarantine"].append(
                {"table_name": table, "delivery_no": delivery_no, "row_no": row_no, "code": code, "action": "reject"}
            )

    def _store(self) -> None:
        rules = load_rules()
        frames = {f"made_{name}": pl.DataFrame(rows, infer_schema_length=None) for name, rows in self._frames.items()}
        with registered(self.connection, **frames):
            for statement in STATEMENTS:
                self.connection.execute(statement)
        self.execute(
            "CREATE TABLE run.programme AS SELECT ?::INTEGER AS settled_year, ?::DECIMAL(18, 2) AS appropriation_dkk, "
            "?::DATE AS programme_first_day, ?::DATE AS programme_last_day",
            self.year,
            rules.programme("appropriation_dkk"),
            rules.first_day,
            rules.last_day,
        )
        self.execute("UPDATE run.projects SET year_last_day = make_date(?, 12, 31)", self.year)
        for name in ("posted", "other_years_posted"):
            self.execute(
                f"CREATE TABLE run.{name} "
                "(project_id VARCHAR, year INTEGER, component VARCHAR, posted_dkk DECIMAL(18, 2))"
            )
        self.settle()
        self.execute(
            "INSERT INTO run.posted SELECT project_id, year, unnest(['activity', 'fixed']) AS component, "
            "unnest([activity_dkk, fixed_dkk]) AS posted_dkk FROM run.settlement WHERE year < ?",
            self.year,
        )
        execute(self.connection, "settlement/differences")
        for name in ("holds", "project_status", "row_holds"):
            execute(self.connection, f"validation/{name}")

    def _hold(self) -> None:
        """Hold the projects that the rules would hold, and let the ledger differ for an earlier year."""
        self.execute(
            "UPDATE run.posted SET posted_dkk = posted_dkk + 6000 "
            "WHERE component = 'activity' AND project_id IN ('JF-002', 'JF-009')"
        )
        self.execute(
            "INSERT INTO run.reported_receipts VALUES "
            "('JF-004', '2018-01-31', 900, false), ('JF-007', '2017-12-31', 7, true)"
        )
        self.execute(
            "INSERT INTO run.faults VALUES ('JF-004', 900, '2018-01-31', false, 'F03', "
            "'forloeb.csv: kolonnen virksomhed_cvr mangler', 'forloeb.csv: the column virksomhed_cvr is missing')"
        )
        self.execute("UPDATE run.projects SET delivery_no = NULL, as_of_date = NULL WHERE project_id = 'JF-012'")
        self.execute("DELETE FROM run.accepted_citizens WHERE project_id = 'JF-012'")
        self.execute("DELETE FROM run.citizen_events WHERE project_id = 'JF-012'")
        self.execute("DELETE FROM run.wages WHERE project_id = 'JF-012'")
        self.execute("UPDATE run.projects SET as_of_date = DATE '2017-11-30' WHERE project_id = 'JF-006'")
        self.settle()
        self.execute(
            "INSERT INTO run.project_holds "
            "SELECT DISTINCT project_id, 'P01', 'hold' FROM run.proportions WHERE is_beyond_tolerance "
            "UNION ALL SELECT project_id, 'P02', 'hold' FROM run.project_facts "
            "WHERE NOT is_missing AND least(participants, controls) < arm_min_citizens "
            "UNION ALL SELECT project_id, 'P03', 'remark' FROM run.project_facts "
            "WHERE NOT is_missing AND participants < target_participants "
            "UNION ALL SELECT project_id, 'P04', 'hold' FROM run.project_facts "
            "WHERE is_missing OR as_of_date < year_last_day "
            "UNION ALL SELECT project_id, 'P05', 'hold' FROM run.project_facts WHERE refused_later > 0 "
            "UNION ALL SELECT project_id, 'P06', 'hold' FROM run.project_facts "
            "WHERE udgifter_rejected > hold_rejected_share * udgifter_received "
            "UNION ALL SELECT '', 'B01', 'hold' FROM run.programme "
            "WHERE appropriation_dkk < (SELECT sum(entitlement_dkk) FROM run.settlement)"
        )


STATEMENTS = (
    """CREATE TABLE run.projects AS SELECT *, 'J.nr. ' || project_id AS case_number,
    (start_date + INTERVAL 1 YEAR)::DATE AS window_end, 850000::DECIMAL(18, 2) AS commitment_dkk,
    'Kontakt' AS contact, 'k@example.dk' AS email,
    delivery_no AS receipt_no, DATE '2018-01-15' AS as_of_date, TIMESTAMP '2018-01-20 12:00:00' AS received_at,
    2017 AS settled_year, DATE '2017-12-31' AS year_last_day, DATE '2017-12-31' AS programme_last_day,
    100 AS arm_min_citizens, 0.10::DECIMAL(9, 4) AS proportion_tolerance_share,
    0.20::DECIMAL(9, 4) AS hold_rejected_share, 0.20::DECIMAL(9, 4) AS hold_gone_share,
    850000::DECIMAL(18, 2) AS fixed_grant_max_dkk,
    16000::DECIMAL(18, 2) AS activity_grant_per_citizen_max_dkk, 0.90::DECIMAL(9, 4) AS activity_cap_share
    FROM made_projects""",
    "CREATE TABLE run.project_municipalities AS SELECT project_id, lead_municipality AS kommunekode FROM run.projects",
    "CREATE TABLE run.population AS SELECT * FROM made_populations",
    """CREATE TABLE run.target_groups AS SELECT DISTINCT maalgruppe, maalgruppe = 'aktivitetsparat' AS
    requires_public_support, maalgruppe = 'aktivitetsparat' AS excludes_integration FROM made_populations""",
    """CREATE TABLE run.spell_types AS SELECT * FROM (VALUES ('snusepraktik', false, true), ('virksomhedspraktik', true,
    true), ('loentilskud', true, true), ('ordinaer_ansaettelse', true, false)) AS t(type, is_qualifying, must_end)""",
    """CREATE TABLE run.accepted_citizens AS SELECT project_id, delivery_no::INTEGER AS delivery_no,
    row_no::INTEGER AS row_no, borger_id, 'p' AS person, arm, maalgruppe, DATE '2016-03-01' AS visitationsdato
    FROM made_citizens""",
    """CREATE TABLE run.citizen_events AS SELECT project_id, borger_id AS citizen_id, row_no, arm, maalgruppe,
    start_date, CASE WHEN start_date IS NOT NULL THEN 6000::DECIMAL(18, 2) END AS start_dkk, completion_date,
    CASE WHEN completion_date IS NOT NULL THEN 10000::DECIMAL(18, 2) END AS completion_dkk FROM made_citizens""",
    """INSERT INTO core_spells BY NAME SELECT delivery_no::INTEGER AS delivery_no, row_no::INTEGER AS row_no,
    'F-' || row_no AS forloeb_id, borger_id, type, hours AS ordinaere_timer_pr_uge FROM made_spells""",
    "INSERT INTO core_row_counts BY NAME SELECT * FROM made_counts",
    """CREATE TABLE run.wages AS SELECT project_id, year::INTEGER AS year, wages_dkk::DECIMAL(18, 2) AS wages_dkk
    FROM made_wages""",
    "CREATE TABLE run.quarantine AS SELECT * FROM made_quarantine",
    """CREATE TABLE run.rejected_value AS SELECT DISTINCT table_name, delivery_no, row_no,
    CASE WHEN row_no % 9 > 0 THEN 1000 * (row_no % 7)::DECIMAL(18, 2) END AS lost_dkk FROM made_quarantine""",
    """CREATE TABLE run.reported_receipts (project_id VARCHAR, as_of_folder VARCHAR, receipt_no INTEGER,
    is_in_force BOOLEAN)""",
    """CREATE TABLE run.without_effect (project_id VARCHAR, as_of_folder VARCHAR, received_at TIMESTAMP,
    is_accepted BOOLEAN, in_force_as_of DATE, is_later BOOLEAN)""",
    """CREATE TABLE run.gone (project_id VARCHAR, before_as_of_date DATE, citizens_before BIGINT, citizens_gone BIGINT,
    expenses_before BIGINT, expenses_gone BIGINT, is_gone_waived BOOLEAN)""",
    """CREATE TABLE run.faults (project_id VARCHAR, receipt_no INTEGER, as_of_folder VARCHAR, is_in_force BOOLEAN,
    code VARCHAR, places_da VARCHAR, places_en VARCHAR)""",
    """CREATE TABLE run.draw_facts (project_id VARCHAR, finding_da VARCHAR, participants_drawn BIGINT,
    participants_undelivered BIGINT, controls_drawn BIGINT, controls_undelivered BIGINT)""",
    "CREATE TABLE run.project_holds (project_id VARCHAR, code VARCHAR, action VARCHAR)",
)

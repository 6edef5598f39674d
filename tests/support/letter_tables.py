"""A settlement's tables in small: the worked example's project JF-187 and two more, as the letters read them."""

from __future__ import annotations

import duckdb

from tasks.warehouse.connection import prepare
from tasks.warehouse.statements import execute

_TABLES = """
CREATE TABLE run.projects (
    project_id VARCHAR, delivery_no INTEGER, start_date DATE, year_last_day DATE
);
CREATE TABLE run.project_facts (
    project_id VARCHAR, project_name VARCHAR, case_number VARCHAR, lead_municipality VARCHAR, contact VARCHAR,
    as_of_date DATE, target_participants INTEGER, participants BIGINT, controls BIGINT,
    activity_grant_per_citizen_max_dkk DECIMAL(18, 2), activity_cap_share DECIMAL(9, 6), completion_days INTEGER,
    is_missing BOOLEAN, is_not_started BOOLEAN, start_date DATE
);
CREATE TABLE run.project_municipalities (
    project_id VARCHAR, kommunekode VARCHAR
);
CREATE TABLE run.settlement (
    year INTEGER, project_id VARCHAR, gross_activity_dkk DECIMAL(18, 2), gross_cumulative_dkk DECIMAL(18, 2),
    activity_cumulative_dkk DECIMAL(18, 2), activity_dkk DECIMAL(18, 2), cap_dkk DECIMAL(18, 2),
    wages_dkk DECIMAL(18, 2), wages_cumulative_dkk DECIMAL(18, 2), fixed_cumulative_dkk DECIMAL(18, 2),
    fixed_dkk DECIMAL(18, 2), fixed_max_dkk DECIMAL(18, 2), entitlement_dkk DECIMAL(18, 2)
);
CREATE TABLE run.posted (
    project_id VARCHAR, year INTEGER, component VARCHAR, posted_dkk DECIMAL(18, 2), lead_municipality VARCHAR
);
CREATE TABLE run.every_year AS FROM run.settlement;
CREATE TABLE run.other_years_posted AS FROM run.posted;
CREATE TABLE run.citizen_events (
    project_id VARCHAR, citizen_id VARCHAR, row_no INTEGER, arm VARCHAR, start_date DATE, start_dkk DECIMAL(18, 2),
    completion_date DATE, completion_dkk DECIMAL(18, 2)
);
CREATE TABLE run.violations (
    project_id VARCHAR, table_name VARCHAR, row_no INTEGER, key VARCHAR, code VARCHAR, severity VARCHAR,
    message_da VARCHAR, message_en VARCHAR
);
CREATE TABLE run.quarantine (
    table_name VARCHAR, delivery_no INTEGER, row_no INTEGER, code VARCHAR, action VARCHAR
);
CREATE TABLE run.reported_receipts (
    project_id VARCHAR, as_of_folder VARCHAR, receipt_no INTEGER, is_in_force BOOLEAN
);
CREATE TABLE run.rejected_value (
    table_name VARCHAR, delivery_no INTEGER, row_no INTEGER, lost_dkk DECIMAL(18, 2)
);
CREATE TABLE run.causes (
    project_id VARCHAR, year INTEGER, position INTEGER, text_da VARCHAR, text_en VARCHAR,
    of_one_da VARCHAR, amount_dkk DECIMAL(18, 2)
);
INSERT INTO run.projects VALUES
    ('JF-100', NULL, DATE '2016-02-01', DATE '2017-12-31'),
    ('JF-187', 7, DATE '2016-02-01', DATE '2017-12-31'),
    ('JF-190', 8, DATE '2016-02-01', DATE '2017-12-31');
INSERT INTO run.project_facts VALUES
    ('JF-100', 'Uden indberetning', '16/1', '101', '', NULL, 100, 0, 0, 16000, 0.9, 91, true, false,
     DATE '2016-02-01'),
    ('JF-187', 'JobFirst Vallensbæk', '16/145', '187', 'Kirsten Holm', DATE '2017-12-31', 100, 100, 100,
     16000, 0.9, 91, false, false, DATE '2016-02-01'),
    ('JF-190', 'På tværs', '16/9', '190', '', DATE '2017-12-31', 100, 1, 0, 16000, 0.9, 91, false, false,
     DATE '2016-02-01');
INSERT INTO run.project_municipalities VALUES
    ('JF-100', '101'),
    ('JF-187', '187'),
    ('JF-187', '183'),
    ('JF-190', '190');
-- 2016: 80 starts, 40 completions; 2017: 20 and 58; the cap is 1 440 000.
INSERT INTO run.settlement VALUES
    (2016, 'JF-187', 880000, 880000, 880000, 880000, 1440000, 400000, 400000, 400000, 400000, 850000, 1280000),
    (2017, 'JF-187', 700000, 1580000, 1440000, 560000, 1440000, 500000, 900000, 850000, 450000, 850000, 1010000),
    (2016, 'JF-100', 0, 0, 0, 0, 1440000, 0, 0, 0, 0, 850000, 0),
    (2017, 'JF-100', 0, 0, 0, 0, 1440000, 0, 0, 0, 0, 850000, 0),
    (2016, 'JF-190', 0, 0, 0, 0, 1440000, 0, 0, 0, 0, 850000, 0),
    (2017, 'JF-190', 6000, 6000, 6000, 6000, 1440000, 0, 0, 0, 0, 850000, 6000);
INSERT INTO run.posted VALUES
    ('JF-187', 2016, 'activity', 880000, '187'),
    ('JF-187', 2016, 'fixed', 400000, '187'),
    ('JF-190', 2017, 'activity', 12000, '190');
INSERT INTO run.citizen_events
SELECT 'JF-187', 'B' || n, 2 + n, 'participant',
    CASE WHEN n < 80 THEN DATE '2016-02-01' ELSE DATE '2017-02-01' END, 6000,
    CASE WHEN n < 40 THEN DATE '2016-05-01' WHEN n < 98 THEN DATE '2017-05-02' END,
    CASE WHEN n < 98 THEN 10000 END
FROM range(100) AS r (n);
INSERT INTO run.citizen_events VALUES
    ('JF-187', 'K1', 102, 'control', NULL, NULL, NULL, NULL),
    ('JF-190', '=cmd|'' /C calc''!A0', 2, 'participant', DATE '2017-03-01', 6000, NULL, NULL);
INSERT INTO run.violations VALUES
    ('', 'portfolio', NULL, '', 'B01', 'hold', 'Rammen er brugt. (docs/rules.md#b01)', ''),
    ('JF-187', 'project', NULL, '', 'P01', 'hold', 'Andelene afviger. (docs/rules.md#p01)', ''),
    ('JF-187', 'project', NULL, '', 'P03', 'remark', 'Færre end måltallet. (docs/rules.md#p03)', ''),
    ('JF-187', 'forloeb', 12, '@F-12', 'S06', 'reject', 'virksomhed_cvr er tom. (docs/rules.md#s06)', ''),
    ('JF-187', 'forloeb', 12, '@F-12', 'S07', 'reject', 'startdato er tom. (docs/rules.md#s07)', ''),
    ('JF-187', 'forloeb', 2, 'F-2', 'S06', 'reject', 'virksomhed_cvr er "1". (docs/rules.md#s06)', ''),
    ('JF-187', 'forloeb', 3, 'F-3', 'S13', 'remark', 'Går videre. (docs/rules.md#s13)', '');
CREATE TABLE run.project_holds AS
SELECT project_id, code, severity AS action FROM run.violations WHERE table_name IN ('project', 'portfolio');
INSERT INTO run.quarantine VALUES
    ('forloeb', 7, 12, 'S06', 'reject'),
    ('forloeb', 7, 12, 'S07', 'reject'),
    ('forloeb', 7, 2, 'S06', 'reject'),
    ('forloeb', 7, 3, 'S13', 'remark');
INSERT INTO run.reported_receipts VALUES
    ('JF-100', '2017-12-31', 1, false),
    ('JF-187', '2017-12-31', 2, true);
INSERT INTO core_faults VALUES
    (1, 0, 'F03', 'borgere.csv: kolonnen ydelse mangler', ''),
    (1, 1, 'F09', 'kontroltal mangler', ''),
    (2, 0, 'F09', 'kontroltal mangler', '');
INSERT INTO run.rejected_value VALUES ('forloeb', 7, 12, 6000), ('forloeb', 7, 2, 0);
CREATE TABLE run.wage_rows (
    project_id VARCHAR, delivery_no INTEGER, row_no INTEGER, bilagsnr VARCHAR, dato DATE, amount_dkk DECIMAL(18, 2)
);
INSERT INTO run.wage_rows VALUES
    ('JF-187', 7, 2, 'L-1', DATE '2016-05-31', 400000),
    ('JF-187', 7, 3, 'L-2', DATE '2017-05-31', 500000);
INSERT INTO run.cause_rows VALUES
    ('JF-190', 2017, 1, 'start', '=1+1', 8, 3, DATE '2017-03-02', 6000, NULL, NULL, NULL, 0);
INSERT INTO run.causes VALUES ('JF-190', 2017, 1, '1 borger tæller ikke længere', '',
    'Tæller ikke længere', -6000);
"""


def letter_tables() -> duckdb.DuckDBPyConnection:
    """Give a connection to a warehouse in memory that holds the tables."""
    connection = duckdb.connect()
    prepare(connection)
    execute(connection, "run/cause_rows")
    connection.execute(_TABLES)
    execute(connection, "settlement/payable")
    execute(connection, "settlement/other_years_differing")
    execute(connection, "validation/holds")
    return connection

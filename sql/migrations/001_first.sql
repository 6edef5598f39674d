-- What a warehouse of version 1 holds: the tables of the first homes, which had no table
-- core_migrations yet. Never edited: the next change is the next file. sql/schema/ tells what the
-- tables are for.
CREATE TABLE IF NOT EXISTS core_backfills (
    backfill_no INTEGER PRIMARY KEY,
    from_year INTEGER NOT NULL,
    to_year INTEGER NOT NULL,
    projects VARCHAR[],
    reason VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    registrations_known_at TIMESTAMP,
    plan VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core_citizens (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    borger_id VARCHAR NOT NULL,
    id_is_cpr BOOLEAN NOT NULL,
    cpr_state VARCHAR NOT NULL,
    person VARCHAR,
    birth_date DATE,
    kommunekode VARCHAR NOT NULL,
    maalgruppe VARCHAR NOT NULL,
    ydelse VARCHAR NOT NULL,
    offentlig_forsoergelse_siden DATE,
    offentlig_forsoergelse_siden_text VARCHAR,
    integrationsprogram VARCHAR NOT NULL,
    gruppe VARCHAR NOT NULL,
    visitationsdato DATE,
    visitationsdato_text VARCHAR
);
CREATE TABLE IF NOT EXISTS core_deliveries (
    delivery_no INTEGER PRIMARY KEY,
    project_folder VARCHAR NOT NULL,
    as_of_folder VARCHAR NOT NULL,
    as_of_date DATE,
    content_sha256 VARCHAR NOT NULL,
    UNIQUE (project_folder, as_of_folder, content_sha256)
);
CREATE TABLE IF NOT EXISTS core_drafts (
    draft_no INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,
    parts VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    prepared_at TIMESTAMP NOT NULL,
    projects VARCHAR[],
    registrations_known_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS core_expectation_results (
    run_id VARCHAR NOT NULL,
    settled_year INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    suite VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    passed BOOLEAN NOT NULL,
    unexpected BIGINT,
    row_count BIGINT,
    error_class VARCHAR
);
CREATE TABLE IF NOT EXISTS core_expenses (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    bilagsnr VARCHAR NOT NULL,
    dato DATE,
    dato_text VARCHAR,
    kategori VARCHAR NOT NULL,
    beloeb DECIMAL(18, 2),
    beloeb_text VARCHAR,
    lovpligtig VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core_faults (
    receipt_no INTEGER NOT NULL,
    place_no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    place_da VARCHAR NOT NULL,
    place_en VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core_files (
    delivery_no INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS core_key (
    pseudonym VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS core_known (
    known_no INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    contents BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS core_ledger (
    number BIGINT PRIMARY KEY,
    run VARCHAR NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    component VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    amount_dkk DECIMAL(18, 2) NOT NULL,
    text VARCHAR NOT NULL,
    waivers STRUCT(code VARCHAR, reason VARCHAR)[] NOT NULL,
    draft_fingerprint VARCHAR NOT NULL,
    prepared_by VARCHAR NOT NULL,
    approved_by VARCHAR NOT NULL,
    posted_at TIMESTAMP NOT NULL,
    previous_sha256 VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL
);
CREATE OR REPLACE VIEW core_posted AS
SELECT
    project_id,
    year,
    component,
    sum(amount_dkk)::DECIMAL(18, 2) AS posted_dkk
FROM core_ledger
GROUP BY project_id, year, component;
CREATE TABLE IF NOT EXISTS core_ragged (
    delivery_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    field_count INTEGER NOT NULL,
    header_count INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS core_receipts (
    receipt_no INTEGER PRIMARY KEY,
    delivery_no INTEGER NOT NULL,
    received_at TIMESTAMP NOT NULL,
    is_accepted BOOLEAN NOT NULL
);
CREATE TABLE IF NOT EXISTS core_reconciliations (
    run_id VARCHAR NOT NULL,
    settled_year INTEGER NOT NULL,
    equation VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    left_side DECIMAL(18, 2) NOT NULL,
    right_side DECIMAL(18, 2) NOT NULL
);
CREATE TABLE IF NOT EXISTS core_row_counts (
    delivery_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    received BIGINT NOT NULL,
    ragged BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS core_spells (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    forloeb_id VARCHAR NOT NULL,
    borger_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    virksomhed_cvr INTEGER,
    virksomhed_cvr_text VARCHAR,
    startdato DATE,
    startdato_text VARCHAR,
    slutdato DATE,
    slutdato_text VARCHAR,
    ordinaere_timer_pr_uge DECIMAL(18, 2),
    ordinaere_timer_pr_uge_text VARCHAR
);
CREATE TABLE IF NOT EXISTS draft_cause_rows (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    earlier_delivery_no INTEGER,
    earlier_row_no INTEGER,
    earlier_day DATE,
    earlier_dkk DECIMAL(18, 2) NOT NULL,
    delivery_no INTEGER,
    row_no INTEGER,
    day DATE,
    now_dkk DECIMAL(18, 2) NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_causes (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text_da VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    amount_dkk DECIMAL(38, 2) NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_citizen_events (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    citizen_id VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    arm VARCHAR NOT NULL,
    start_date DATE,
    start_dkk DECIMAL(18, 2),
    completion_date DATE,
    completion_dkk DECIMAL(18, 2)
);
CREATE TABLE IF NOT EXISTS draft_projects (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    project_name VARCHAR NOT NULL,
    lead_municipality VARCHAR NOT NULL,
    start_date DATE NOT NULL,
    delivery_no INTEGER,
    receipt_no INTEGER,
    status VARCHAR NOT NULL,
    holds VARCHAR[] NOT NULL,
    participants BIGINT NOT NULL,
    controls BIGINT NOT NULL,
    target_participants INTEGER NOT NULL,
    commitment_dkk DECIMAL(18, 2) NOT NULL,
    fixed_grant_max_dkk DECIMAL(18, 2) NOT NULL,
    activity_grant_per_citizen_max_dkk DECIMAL(18, 2) NOT NULL,
    activity_cap_share DECIMAL(18, 6) NOT NULL,
    completion_days INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_rejected (
    draft_no INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    code VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_settlement (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    completions INTEGER NOT NULL,
    gross_activity_dkk DECIMAL(18, 2) NOT NULL,
    gross_cumulative_dkk DECIMAL(18, 2) NOT NULL,
    cap_dkk DECIMAL(18, 2) NOT NULL,
    activity_dkk DECIMAL(18, 2) NOT NULL,
    wages_dkk DECIMAL(38, 2) NOT NULL,
    wages_cumulative_dkk DECIMAL(38, 2) NOT NULL,
    fixed_max_dkk DECIMAL(18, 2) NOT NULL,
    fixed_dkk DECIMAL(18, 2) NOT NULL,
    entitlement_dkk DECIMAL(18, 2) NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_spells (
    draft_no INTEGER NOT NULL,
    delivery_no INTEGER NOT NULL,
    citizen_row_no INTEGER NOT NULL,
    event VARCHAR NOT NULL,
    spell_row_no INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS draft_wages (
    draft_no INTEGER NOT NULL,
    project_id VARCHAR NOT NULL,
    bilagsnr VARCHAR NOT NULL,
    row_no INTEGER NOT NULL,
    dato DATE NOT NULL,
    amount_dkk DECIMAL(18, 2) NOT NULL
);

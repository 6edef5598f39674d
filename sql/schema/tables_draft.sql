-- What every table `draft_*` holds, and each of its columns: the one description. The warehouse
-- gives it (duckdb_tables(), duckdb_columns()), docs/tables.md prints it, and `jobfirst export`
-- writes it beside its files. It is run for a new warehouse, and again after every migration.

COMMENT ON TABLE draft_cause_rows IS 'Registration behind a draft''s cause.';
COMMENT ON COLUMN draft_cause_rows.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_cause_rows.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_cause_rows.year IS 'The year that differs.';
COMMENT ON COLUMN draft_cause_rows.position IS 'The cause (draft_causes).';
COMMENT ON COLUMN draft_cause_rows.subject IS 'start, completion or wages.';
COMMENT ON COLUMN draft_cause_rows.key IS 'The municipality''s own reference.';
COMMENT ON COLUMN draft_cause_rows.earlier_delivery_no
    IS 'The delivery that gave it before; null: none did.';
COMMENT ON COLUMN draft_cause_rows.earlier_row_no IS 'Its row there.';
COMMENT ON COLUMN draft_cause_rows.earlier_day IS 'Its day there.';
COMMENT ON COLUMN draft_cause_rows.earlier_dkk IS 'What it gave before, in DKK.';
COMMENT ON COLUMN draft_cause_rows.delivery_no
    IS 'The delivery that gives it now; null: none does.';
COMMENT ON COLUMN draft_cause_rows.row_no IS 'Its row there.';
COMMENT ON COLUMN draft_cause_rows.day IS 'Its day there.';
COMMENT ON COLUMN draft_cause_rows.now_dkk IS 'What it gives now, in DKK.';

COMMENT ON TABLE draft_causes IS 'Cause of a draft''s difference from what was posted before.';
COMMENT ON COLUMN draft_causes.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_causes.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_causes.year IS 'The year that differs.';
COMMENT ON COLUMN draft_causes.position IS 'Numbers the causes in the order told.';
COMMENT ON COLUMN draft_causes.text_da IS 'The cause in Danish.';
COMMENT ON COLUMN draft_causes.text_en IS 'The cause in English.';
COMMENT ON COLUMN draft_causes.amount_dkk IS 'What of the difference it is, in DKK.';

COMMENT ON TABLE draft_citizen_events IS 'Accepted citizen of a draft.';
COMMENT ON COLUMN draft_citizen_events.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_citizen_events.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_citizen_events.citizen_id IS 'The municipality''s own reference.';
COMMENT ON COLUMN draft_citizen_events.row_no IS 'The row in borgere of the project''s delivery.';
COMMENT ON COLUMN draft_citizen_events.arm IS 'participant or control.';
COMMENT ON COLUMN draft_citizen_events.start_date IS 'Day of the start; null: none.';
COMMENT ON COLUMN draft_citizen_events.start_dkk IS 'What it gave, in DKK.';
COMMENT ON COLUMN draft_citizen_events.completion_date IS 'Day of the completion; null: none.';
COMMENT ON COLUMN draft_citizen_events.completion_dkk IS 'What it gave, in DKK.';

COMMENT ON TABLE draft_intended IS 'Project whose year a draft decides.';
COMMENT ON COLUMN draft_intended.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_intended.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_intended.is_settled_before
    IS 'Whether the ledger held an entry of the year when it was drafted.';
COMMENT ON COLUMN draft_intended.burdens
    IS 'What burdens the project in the decision, for which it is heard.';
COMMENT ON COLUMN draft_intended.gives_sha256
    IS 'SHA-256 of what the decision gives, by which another decision is known.';

COMMENT ON TABLE draft_projects IS 'Project that a draft covers.';
COMMENT ON COLUMN draft_projects.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_projects.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_projects.project_name IS 'Its name.';
COMMENT ON COLUMN draft_projects.lead_municipality IS 'Code of the municipality that is paid.';
COMMENT ON COLUMN draft_projects.start_date IS 'Its first day.';
COMMENT ON COLUMN draft_projects.delivery_no IS 'The delivery in force; null: missing.';
COMMENT ON COLUMN draft_projects.receipt_no IS 'Its receipt; null: missing.';
COMMENT ON COLUMN draft_projects.status IS 'As in settlement.csv.';
COMMENT ON COLUMN draft_projects.holds IS 'Codes of what holds it back.';
COMMENT ON COLUMN draft_projects.participants IS 'Accepted citizens who take part.';
COMMENT ON COLUMN draft_projects.controls IS 'Accepted citizens of the control group.';
COMMENT ON COLUMN draft_projects.target_participants IS 'How many were promised.';
COMMENT ON COLUMN draft_projects.commitment_dkk IS 'What was promised, in DKK.';
COMMENT ON COLUMN draft_projects.fixed_grant_max_dkk IS 'Most of the fixed grant, in DKK.';
COMMENT ON COLUMN draft_projects.activity_grant_per_citizen_max_dkk
    IS 'Most of the activity grant for each promised participant, in DKK.';
COMMENT ON COLUMN draft_projects.activity_cap_share
    IS 'Share of the promised activity grant that is its cap.';
COMMENT ON COLUMN draft_projects.completion_days IS 'Days that a completion takes.';

COMMENT ON TABLE draft_rejected IS 'Rejected row of a draft, rule that it breaks.';
COMMENT ON COLUMN draft_rejected.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_rejected.table_name
    IS 'The delivered table: borgere, forloeb, udgifter, grundelementer.';
COMMENT ON COLUMN draft_rejected.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN draft_rejected.row_no IS 'The row that is rejected.';
COMMENT ON COLUMN draft_rejected.code IS 'The rule that it breaks.';

COMMENT ON TABLE draft_settlement IS 'Project and programme year of a draft.';
COMMENT ON COLUMN draft_settlement.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_settlement.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_settlement.year IS 'The programme year.';
COMMENT ON COLUMN draft_settlement.starts IS 'Starts of the year.';
COMMENT ON COLUMN draft_settlement.completions IS 'Completions of the year.';
COMMENT ON COLUMN draft_settlement.gross_activity_dkk IS 'Activity grant before its cap, in DKK.';
COMMENT ON COLUMN draft_settlement.gross_cumulative_dkk
    IS 'The same from the first year on, in DKK.';
COMMENT ON COLUMN draft_settlement.cap_dkk IS 'Cap of the activity grant over all years, in DKK.';
COMMENT ON COLUMN draft_settlement.activity_dkk IS 'Activity grant, in DKK.';
COMMENT ON COLUMN draft_settlement.wages_dkk IS 'Wages that the fixed grant pays, in DKK.';
COMMENT ON COLUMN draft_settlement.wages_cumulative_dkk
    IS 'The same from the first year on, in DKK.';
COMMENT ON COLUMN draft_settlement.fixed_max_dkk
    IS 'Most of the fixed grant over all years, in DKK.';
COMMENT ON COLUMN draft_settlement.fixed_dkk IS 'Fixed grant, in DKK.';
COMMENT ON COLUMN draft_settlement.entitlement_dkk IS 'Activity and fixed grant together, in DKK.';

COMMENT ON TABLE draft_spells IS 'Spell that gave an event of a draft.';
COMMENT ON COLUMN draft_spells.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_spells.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN draft_spells.citizen_row_no IS 'The citizen''s row in borgere.';
COMMENT ON COLUMN draft_spells.event IS 'start or completion.';
COMMENT ON COLUMN draft_spells.spell_row_no IS 'The spell''s row in forloeb.';

COMMENT ON TABLE draft_wages IS 'Accepted expense that a draft''s fixed grant rests on.';
COMMENT ON COLUMN draft_wages.draft_no
    IS 'The draft (core_drafts): the first that had its fingerprint.';
COMMENT ON COLUMN draft_wages.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN draft_wages.bilagsnr IS 'The voucher''s number.';
COMMENT ON COLUMN draft_wages.row_no IS 'Its row in udgifter of the project''s delivery.';
COMMENT ON COLUMN draft_wages.dato IS 'Its day.';
COMMENT ON COLUMN draft_wages.amount_dkk IS 'DKK, below zero where it corrects another.';

-- What every table `core_*` holds, and each of its columns: the one description. The warehouse
-- gives it (duckdb_tables(), duckdb_columns()), docs/tables.md prints it, and `jobfirst export`
-- writes it beside its files. It is run for a new warehouse, and again after every migration.

COMMENT ON TABLE core_backfills IS 'Backfill that was begun.';
COMMENT ON COLUMN core_backfills.backfill_no IS 'Numbers the backfills in their order.';
COMMENT ON COLUMN core_backfills.from_year IS 'The first year.';
COMMENT ON COLUMN core_backfills.to_year IS 'The last year.';
COMMENT ON COLUMN core_backfills.projects
    IS 'The only projects that it covers; null: all of the register.';
COMMENT ON COLUMN core_backfills.reason IS 'Why it was made.';
COMMENT ON COLUMN core_backfills.prepared_by IS 'Who prepared it, as a typed name.';
COMMENT ON COLUMN core_backfills.started_at IS 'When it was begun (UTC).';
COMMENT ON COLUMN core_backfills.registrations_known_at
    IS 'The earlier moment (UTC) whose state it was made from; null: that of its own.';
COMMENT ON COLUMN core_backfills.plan IS 'What it was going to draft, as JSON.';

COMMENT ON TABLE core_citizens IS 'Row of borgere.';
COMMENT ON COLUMN core_citizens.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_citizens.row_no IS 'The row as a spreadsheet numbers it: the header is 1.';
COMMENT ON COLUMN core_citizens.borger_id
    IS 'The municipality''s own reference to the citizen; a CPR number in it is masked.';
COMMENT ON COLUMN core_citizens.id_is_cpr IS 'Whether borger_id held a CPR number.';
COMMENT ON COLUMN core_citizens.cpr_state
    IS 'blank, valid, valid_without_check, or what is wrong with the number, which is never kept.';
COMMENT ON COLUMN core_citizens.person IS 'Keyed pseudonym of a valid CPR number; else null.';
COMMENT ON COLUMN core_citizens.birth_date IS 'Day of birth, from a valid number.';
COMMENT ON COLUMN core_citizens.kommunekode IS 'Municipality code, three digits.';
COMMENT ON COLUMN core_citizens.maalgruppe IS 'Target group, folded.';
COMMENT ON COLUMN core_citizens.ydelse IS 'Benefit, folded.';
COMMENT ON COLUMN core_citizens.offentlig_forsoergelse_siden
    IS 'First day of public support; null: blank or unreadable.';
COMMENT ON COLUMN core_citizens.offentlig_forsoergelse_siden_text
    IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_citizens.integrationsprogram
    IS 'ja, nej or blank: whether the citizen is in the integration programme.';
COMMENT ON COLUMN core_citizens.gruppe IS 'Arm: deltager or kontrol.';
COMMENT ON COLUMN core_citizens.visitationsdato IS 'Day of referral; null: blank or unreadable.';
COMMENT ON COLUMN core_citizens.visitationsdato_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_citizens.kommunekode_text
    IS 'A code with a leading zero, as it was written; else null.';
COMMENT ON COLUMN core_citizens.maalgruppe_text
    IS 'A known code as it was written, where that is another text; else null.';
COMMENT ON COLUMN core_citizens.ydelse_text
    IS 'A known code as it was written, where that is another text; else null.';
COMMENT ON COLUMN core_citizens.integrationsprogram_text
    IS 'A known code as it was written, where that is another text; else null.';
COMMENT ON COLUMN core_citizens.gruppe_text
    IS 'A known code as it was written, where that is another text; else null.';

COMMENT ON TABLE core_deliveries IS 'Distinct delivery.';
COMMENT ON COLUMN core_deliveries.delivery_no
    IS 'Numbers the distinct deliveries in the order in which they came.';
COMMENT ON COLUMN core_deliveries.project_folder
    IS 'Name of the project''s folder in the inbox, masked.';
COMMENT ON COLUMN core_deliveries.as_of_folder
    IS 'Name of the delivery''s folder or archive, masked.';
COMMENT ON COLUMN core_deliveries.as_of_date
    IS 'The day that it describes; null where the name is no date.';
COMMENT ON COLUMN core_deliveries.content_sha256 IS 'SHA-256 of its files'' names and contents.';

COMMENT ON TABLE core_drafts IS 'Draft that was made.';
COMMENT ON COLUMN core_drafts.draft_no IS 'Numbers the drafts in their order.';
COMMENT ON COLUMN core_drafts.year IS 'The programme year.';
COMMENT ON COLUMN core_drafts.fingerprint IS 'SHA-256 over inputs, rules, codes and amounts.';
COMMENT ON COLUMN core_drafts.parts IS 'What the fingerprint is made of, as JSON.';
COMMENT ON COLUMN core_drafts.prepared_by IS 'Who prepared it, as a typed name.';
COMMENT ON COLUMN core_drafts.prepared_at IS 'When it was made (UTC).';
COMMENT ON COLUMN core_drafts.projects
    IS 'The only projects that it covers; null: all of the register.';
COMMENT ON COLUMN core_drafts.registrations_known_at
    IS 'The earlier moment (UTC) whose state it was made from; null: that of its own.';
COMMENT ON COLUMN core_drafts.prepared_as
    IS 'Account of the operating system that prepared it; null in older drafts.';

COMMENT ON TABLE core_draw
    IS 'Entry of a project''s record of its draw, the second copy of HOME/draw/<project_id>.jsonl.';
COMMENT ON COLUMN core_draw.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN core_draw.number IS 'Numbers the entries of the project''s record.';
COMMENT ON COLUMN core_draw.kind IS 'open, beacon, batch, withdraw, reveal or import.';
COMMENT ON COLUMN core_draw.written_at IS 'When the entry was written (UTC).';
COMMENT ON COLUMN core_draw.line
    IS 'The entry as it stands in the record''s file, without the line feed.';
COMMENT ON COLUMN core_draw.sha256 IS 'SHA-256, 64 hexadecimal digits.';

COMMENT ON TABLE core_draw_members IS 'Person drawn in a project.';
COMMENT ON COLUMN core_draw_members.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN core_draw_members.number IS 'The entry of core_draw that drew the person.';
COMMENT ON COLUMN core_draw_members.ref IS 'How the person stands in the record.';
COMMENT ON COLUMN core_draw_members.person IS 'Keyed pseudonym of the person.';
COMMENT ON COLUMN core_draw_members.stratum IS 'Stratum within which the person was drawn.';
COMMENT ON COLUMN core_draw_members.gruppe IS 'Arm that was drawn.';
COMMENT ON COLUMN core_draw_members.day IS 'The day drawn (Copenhagen).';

COMMENT ON TABLE core_elements IS 'Row of grundelementer.';
COMMENT ON COLUMN core_elements.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_elements.row_no IS 'The row as a spreadsheet numbers it: the header is 1.';
COMMENT ON COLUMN core_elements.borger_id
    IS 'The municipality''s own reference to the citizen; a CPR number in it is masked.';
COMMENT ON COLUMN core_elements.element IS 'The core element, as written, masked.';
COMMENT ON COLUMN core_elements.opfyldt IS 'Whether it was fulfilled, folded.';
COMMENT ON COLUMN core_elements.dato IS 'The day; null: blank or unreadable.';
COMMENT ON COLUMN core_elements.dato_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_elements.kilde IS 'Who says so, as written, masked.';
COMMENT ON COLUMN core_elements.opfyldt_text
    IS 'A known code as it was written, where that is another text; else null.';

COMMENT ON TABLE core_expectation_results IS 'Rule that a run judged.';
COMMENT ON COLUMN core_expectation_results.run_id IS 'The moment of the run.';
COMMENT ON COLUMN core_expectation_results.settled_year IS 'The year that the run settled.';
COMMENT ON COLUMN core_expectation_results.code IS 'The rule, or the finding (docs/rules.md).';
COMMENT ON COLUMN core_expectation_results.suite IS 'The suite of rules.';
COMMENT ON COLUMN core_expectation_results.action
    IS 'What a failure leads to: refuse, reject, hold, remark.';
COMMENT ON COLUMN core_expectation_results.severity IS 'Great Expectations'' own severity.';
COMMENT ON COLUMN core_expectation_results.passed IS 'Whether every key held.';
COMMENT ON COLUMN core_expectation_results.unexpected
    IS 'How many keys failed; null where the check could not be made.';
COMMENT ON COLUMN core_expectation_results.row_count
    IS 'How many keys were judged; null where the check could not be made.';
COMMENT ON COLUMN core_expectation_results.error_class
    IS 'Class of the error of a check that could not be made.';

COMMENT ON TABLE core_expenses IS 'Row of udgifter.';
COMMENT ON COLUMN core_expenses.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_expenses.row_no IS 'The row as a spreadsheet numbers it: the header is 1.';
COMMENT ON COLUMN core_expenses.bilagsnr IS 'The voucher''s number.';
COMMENT ON COLUMN core_expenses.dato IS 'The voucher''s day; null: blank or unreadable.';
COMMENT ON COLUMN core_expenses.dato_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_expenses.kategori IS 'Category, folded.';
COMMENT ON COLUMN core_expenses.beloeb IS 'Amount in DKK; null: blank or unreadable.';
COMMENT ON COLUMN core_expenses.beloeb_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_expenses.lovpligtig
    IS 'ja, nej or blank: whether the task is one that the law puts on the municipality.';
COMMENT ON COLUMN core_expenses.kategori_text
    IS 'A known code as it was written, where that is another text; else null.';
COMMENT ON COLUMN core_expenses.lovpligtig_text
    IS 'A known code as it was written, where that is another text; else null.';

COMMENT ON TABLE core_faults
    IS 'Place where an F rule fails in a delivery, as judged at a receipt.';
COMMENT ON COLUMN core_faults.receipt_no IS 'The receipt (core_receipts).';
COMMENT ON COLUMN core_faults.place_no IS 'Numbers the places in the order found.';
COMMENT ON COLUMN core_faults.code IS 'The F rule that fails.';
COMMENT ON COLUMN core_faults.place_da IS 'What is wrong and where, in Danish, masked.';
COMMENT ON COLUMN core_faults.place_en IS 'The same in English.';

COMMENT ON TABLE core_files IS 'File of a delivery (an archive is one file).';
COMMENT ON COLUMN core_files.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_files.file_name IS 'The file''s name within the delivery, masked.';
COMMENT ON COLUMN core_files.sha256 IS 'SHA-256, 64 hexadecimal digits.';
COMMENT ON COLUMN core_files.size_bytes IS 'Its size in bytes.';

COMMENT ON TABLE core_hearing
    IS 'Entry of the record of hearings, the second copy of HOME/hearing.jsonl.';
COMMENT ON COLUMN core_hearing.number IS 'Numbers the entries of the record.';
COMMENT ON COLUMN core_hearing.kind
    IS 'sent: a hearing letter; reply: what the municipality answered.';
COMMENT ON COLUMN core_hearing.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN core_hearing.year IS 'The programme year.';
COMMENT ON COLUMN core_hearing.written_at IS 'When the entry was written (UTC).';
COMMENT ON COLUMN core_hearing.line
    IS 'The entry as it stands in the record''s file, without the line feed.';
COMMENT ON COLUMN core_hearing.sha256 IS 'SHA-256, 64 hexadecimal digits.';

COMMENT ON TABLE core_key IS 'One row, from the first receiving on.';
COMMENT ON COLUMN core_key.pseudonym
    IS 'Pseudonym of a text that is no number, by which another key is noticed.';

COMMENT ON TABLE core_known
    IS 'Moment (UTC) at which the register or the rules were first seen with these contents.';
COMMENT ON COLUMN core_known.known_no IS 'Numbers the states in the order seen.';
COMMENT ON COLUMN core_known.name IS 'projekter.csv, maalgrupper.csv or jobfirst.yaml.';
COMMENT ON COLUMN core_known.first_seen_at IS 'When it was first seen so (UTC).';
COMMENT ON COLUMN core_known.contents IS 'The file''s bytes.';

COMMENT ON TABLE core_ledger IS 'Entry of the ledger.';
COMMENT ON COLUMN core_ledger.number IS 'Numbers the entries from 1 on, without a gap.';
COMMENT ON COLUMN core_ledger.run IS 'The release run that posted it.';
COMMENT ON COLUMN core_ledger.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN core_ledger.year IS 'The programme year.';
COMMENT ON COLUMN core_ledger.component IS 'activity or fixed: which part of the grant it is.';
COMMENT ON COLUMN core_ledger.kind IS 'settlement: the year''s first; adjustment: a correction.';
COMMENT ON COLUMN core_ledger.amount_dkk IS 'DKK, exact to the øre; below zero is a repayment.';
COMMENT ON COLUMN core_ledger.text IS 'The posting''s text, in Danish.';
COMMENT ON COLUMN core_ledger.waivers IS 'The holds that were waived for it, each with its reason.';
COMMENT ON COLUMN core_ledger.draft_fingerprint IS 'The draft that was approved.';
COMMENT ON COLUMN core_ledger.prepared_by IS 'Who prepared it, as a typed name.';
COMMENT ON COLUMN core_ledger.approved_by IS 'Who approved it, as a typed name.';
COMMENT ON COLUMN core_ledger.posted_at IS 'When it was posted (UTC).';
COMMENT ON COLUMN core_ledger.previous_sha256
    IS 'SHA-256 of the entry before; 64 zeros: there is none.';
COMMENT ON COLUMN core_ledger.sha256 IS 'SHA-256 of this entry''s canonical form.';
COMMENT ON COLUMN core_ledger.approval
    IS 'Accounts, accepted findings and the signature''s hash; null in older entries.';
COMMENT ON COLUMN core_ledger.program
    IS 'Version and commit of the program that posted it; null in older entries.';

COMMENT ON TABLE core_migrations IS 'Version that the warehouse was brought to.';
COMMENT ON COLUMN core_migrations.version IS 'The version of the warehouse.';
COMMENT ON COLUMN core_migrations.name IS 'The file of sql/migrations/ that leads to it.';
COMMENT ON COLUMN core_migrations.program IS 'Version of the program that brought it there.';

COMMENT ON VIEW core_posted IS 'Project, year and component that the ledger has an entry of.';
COMMENT ON COLUMN core_posted.project_id IS 'The project, as the register names it.';
COMMENT ON COLUMN core_posted.year IS 'The programme year.';
COMMENT ON COLUMN core_posted.component IS 'activity or fixed.';
COMMENT ON COLUMN core_posted.posted_dkk IS 'What the ledger holds now, in DKK.';

COMMENT ON TABLE core_ragged IS 'CSV row whose fields are more or fewer than the header''s (R01).';
COMMENT ON COLUMN core_ragged.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_ragged.table_name
    IS 'The delivered table: borgere, forloeb, udgifter, grundelementer.';
COMMENT ON COLUMN core_ragged.row_no IS 'The row as a spreadsheet numbers it: the header is 1.';
COMMENT ON COLUMN core_ragged.field_count IS 'How many fields the row has.';
COMMENT ON COLUMN core_ragged.header_count IS 'How many columns the header has.';
COMMENT ON COLUMN core_ragged.split_place
    IS 'The first of two fields that seem one number, split at its decimal comma.';

COMMENT ON TABLE core_receipts
    IS 'Moment (UTC) at which a delivery came into the inbox, changed, or was judged anew.';
COMMENT ON COLUMN core_receipts.receipt_no IS 'Numbers the receipts in their order.';
COMMENT ON COLUMN core_receipts.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_receipts.received_at
    IS 'When the delivery came, changed or was judged anew (UTC).';
COMMENT ON COLUMN core_receipts.is_accepted IS 'Whether no fault refused it.';

COMMENT ON TABLE core_reconciliations IS 'Sum that a run held against another.';
COMMENT ON COLUMN core_reconciliations.run_id IS 'The moment of the run.';
COMMENT ON COLUMN core_reconciliations.settled_year IS 'The year that the run settled.';
COMMENT ON COLUMN core_reconciliations.equation IS 'What should be equal, left = right.';
COMMENT ON COLUMN core_reconciliations.subject
    IS 'Where: a project and year, or a delivery and table.';
COMMENT ON COLUMN core_reconciliations.unit IS 'rows or DKK.';
COMMENT ON COLUMN core_reconciliations.left_side IS 'The left sum.';
COMMENT ON COLUMN core_reconciliations.right_side IS 'The right sum.';

COMMENT ON TABLE core_row_counts IS 'Table of a delivery.';
COMMENT ON COLUMN core_row_counts.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_row_counts.table_name
    IS 'The delivered table: borgere, forloeb, udgifter, grundelementer.';
COMMENT ON COLUMN core_row_counts.received
    IS 'Rows that are not wholly blank, ragged ones included.';
COMMENT ON COLUMN core_row_counts.ragged
    IS 'Of them, those with more or fewer fields than the header.';

COMMENT ON TABLE core_spells IS 'Row of forloeb.';
COMMENT ON COLUMN core_spells.delivery_no IS 'The delivery (core_deliveries).';
COMMENT ON COLUMN core_spells.row_no IS 'The row as a spreadsheet numbers it: the header is 1.';
COMMENT ON COLUMN core_spells.forloeb_id
    IS 'The municipality''s own reference to the spell, masked.';
COMMENT ON COLUMN core_spells.borger_id
    IS 'The municipality''s own reference to the citizen; a CPR number in it is masked.';
COMMENT ON COLUMN core_spells.type IS 'Type of spell, folded.';
COMMENT ON COLUMN core_spells.virksomhed_cvr
    IS 'The company''s CVR number; null: blank or invalid.';
COMMENT ON COLUMN core_spells.virksomhed_cvr_text IS 'What was delivered there; '''' where blank.';
COMMENT ON COLUMN core_spells.startdato IS 'First day; null: blank or unreadable.';
COMMENT ON COLUMN core_spells.startdato_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_spells.slutdato IS 'Last day; null: it goes on, or is unreadable.';
COMMENT ON COLUMN core_spells.slutdato_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_spells.ordinaere_timer_pr_uge
    IS 'Ordinary paid hours a week; null: none, or unreadable.';
COMMENT ON COLUMN core_spells.ordinaere_timer_pr_uge_text IS 'What was unreadable there, masked.';
COMMENT ON COLUMN core_spells.type_text
    IS 'A known code as it was written, where that is another text; else null.';

-- Grain: project (or '' for the portfolio), P or B rule that it breaks, or a rule that its rows
-- break, and for which it waits (row_count; null otherwise). Key: project_id, code.
-- action: 'hold' or 'remark'. payable_dkk: what the project waits for, in DKK. The facts that
-- explain it; null for the portfolio.
SELECT
    h.project_id,
    h.code,
    h.action,
    q.row_count,
    q.table_name,
    s.payable_dkk,
    f.is_missing,
    f.as_of_date,
    f.year_last_day,
    (f.window_end - INTERVAL 1 DAY)::DATE AS last_enrolment_day,
    f.participants,
    f.controls,
    f.target_participants,
    f.arm_min_citizens,
    f.refused_later,
    f.before_as_of_date,
    f.citizens_before,
    f.citizens_gone,
    f.expenses_before,
    f.expenses_gone,
    f.hold_gone_share,
    f.betrayed_da,
    f.unknown_populations,
    d.finding_da AS draw_finding_da,
    d.participants_drawn,
    d.participants_undelivered,
    d.controls_drawn,
    d.controls_undelivered,
    f.differing_years,
    f.years_together
FROM run.project_holds AS h
CROSS JOIN run.programme AS y
LEFT JOIN run.row_holds AS q ON q.project_id = h.project_id AND q.code = h.code
LEFT JOIN run.project_facts AS f ON f.project_id = h.project_id
LEFT JOIN run.draw_facts AS d ON d.project_id = h.project_id
LEFT JOIN run.payable AS s ON s.project_id = h.project_id AND s.year = y.settled_year
ORDER BY h.project_id, h.code

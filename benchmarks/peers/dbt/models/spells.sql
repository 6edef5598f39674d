{{ config(pre_hook="{{ files_of('forloeb') }}") }}
SELECT
    s.project_id,
    s.borger_id,
    s.virksomhed_cvr AS company,
    s.startdato AS first_day,
    least(coalesce(s.slutdato, s.as_of), s.as_of, DATE '{{ var("programme_last_day") }}') AS last_day
FROM ({{ delivered('forloeb', {
    'forloeb_id': 'VARCHAR', 'borger_id': 'VARCHAR', 'type': 'VARCHAR', 'virksomhed_cvr': 'VARCHAR',
    'startdato': 'DATE', 'slutdato': 'DATE', 'ordinaere_timer_pr_uge': 'VARCHAR',
}) }}) AS s
SEMI JOIN (FROM {{ ref('citizens') }} WHERE is_participant) USING (project_id, borger_id)
WHERE s.type IN ('{{ var("spell_types") | join("', '") }}')

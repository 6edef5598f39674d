-- Grain: spell that counts.
SELECT
    project_id,
    borger_id,
    company,
    first_day,
    least(coalesce(ends, as_of), as_of, {{ var('programme_last_day') }}) AS last_day
FROM {{ ref('spell_rows') }}
WHERE codes IN ('', 'S11', 'S13') AND is_participant AND type IN {{ var('qualifying_types') }}

{{ config(pre_hook="{{ files_of('borgere') }}") }}
SELECT project_id, borger_id, gruppe = '{{ var("participant") }}' AS is_participant
FROM ({{ delivered('borgere', {
    'borger_id': 'VARCHAR', 'cpr': 'VARCHAR', 'kommunekode': 'VARCHAR', 'maalgruppe': 'VARCHAR', 'ydelse': 'VARCHAR',
    'offentlig_forsoergelse_siden': 'VARCHAR', 'integrationsprogram': 'VARCHAR', 'gruppe': 'VARCHAR',
    'visitationsdato': 'VARCHAR',
}) }})

-- Every cell as text. A row's last column is null where fields are missing, `more` is not where there are too many.
SELECT *
FROM read_csv(
    {{ var('borgere') }}, delim = ';', quote = '"', header = true, auto_detect = false, filename = true,
    null_padding = true, nullstr = '\N', parallel = false,
    columns = {
        'borger_id': 'VARCHAR', 'cpr': 'VARCHAR', 'kommunekode': 'VARCHAR', 'maalgruppe': 'VARCHAR', 'ydelse': 'VARCHAR',
        'offentlig_forsoergelse_siden': 'VARCHAR', 'integrationsprogram': 'VARCHAR', 'gruppe': 'VARCHAR',
        'visitationsdato': 'VARCHAR', 'more': 'VARCHAR'
    }
)

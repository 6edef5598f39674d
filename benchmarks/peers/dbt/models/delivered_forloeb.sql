-- Every cell as text. A row's last column is null where fields are missing, `more` is not where there are too many.
SELECT *
FROM read_csv(
    {{ var('forloeb') }}, delim = ';', quote = '"', header = true, auto_detect = false, filename = true,
    null_padding = true, nullstr = '\N', parallel = false,
    columns = {
        'forloeb_id': 'VARCHAR', 'borger_id': 'VARCHAR', 'type': 'VARCHAR', 'virksomhed_cvr': 'VARCHAR',
        'startdato': 'VARCHAR', 'slutdato': 'VARCHAR', 'ordinaere_timer_pr_uge': 'VARCHAR', 'more': 'VARCHAR'
    }
)

-- Every cell as text. A row's last column is null where fields are missing, `more` is not where there are too many.
SELECT *
FROM read_csv(
    {{ var('udgifter') }}, delim = ';', quote = '"', header = true, auto_detect = false, filename = true,
    null_padding = true, nullstr = '\N', parallel = false,
    columns = {
        'bilagsnr': 'VARCHAR', 'dato': 'VARCHAR', 'kategori': 'VARCHAR', 'beloeb': 'VARCHAR', 'lovpligtig': 'VARCHAR',
        'tekst': 'VARCHAR', 'more': 'VARCHAR'
    }
)

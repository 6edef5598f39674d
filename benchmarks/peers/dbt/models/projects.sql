SELECT
    projekt_id AS project_id,
    right(tilsagnshaver, 3) AS lead_municipality,
    string_split(kommuner, ' ') AS municipalities,
    projektstart AS first_day,
    projektstart + to_years({{ var('enrolment_window_years') }}) AS window_end,
    maaltal AS target,
    least(tilsagn_fast, {{ var('fixed_max_dkk') }}) AS fixed_max
FROM read_csv(
    {{ var('projekter') }}, delim = ';', header = true,
    types = {
        'tilsagnshaver': 'VARCHAR', 'kommuner': 'VARCHAR', 'maaltal': 'BIGINT', 'tilsagn_fast': 'DECIMAL(18, 2)'
    }
)

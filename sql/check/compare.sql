-- Grain: table, what became of its registrations from the delivery $before_no to $now_no: 'came',
-- 'went', 'changed'. registrations: how many; before_dkk, now_dkk: of udgifter, their amounts in
-- DKK; keys: the first by which a reader knows them. A citizen is the same by the person, otherwise
-- by borger_id; a registration by its own number.
WITH registrations AS (
    SELECT
        'borgere' AS table_name,
        delivery_no,
        coalesce(person, borger_id) AS same_by,
        min(visible_id(borger_id)) AS shown,
        list([
            visible_id(borger_id),
            cpr_state,
            kommunekode,
            maalgruppe,
            ydelse,
            offentlig_forsoergelse_siden::VARCHAR,
            offentlig_forsoergelse_siden_text,
            integrationsprogram,
            gruppe,
            visitationsdato::VARCHAR,
            visitationsdato_text
        ] ORDER BY row_no) AS contents,
        NULL::DECIMAL(38, 2) AS amount_dkk
    FROM core_citizens
    GROUP BY ALL
    UNION ALL
    SELECT
        'forloeb',
        delivery_no,
        forloeb_id,
        visible_id(forloeb_id),
        list([
            borger_id,
            type,
            virksomhed_cvr::VARCHAR,
            virksomhed_cvr_text,
            startdato::VARCHAR,
            startdato_text,
            slutdato::VARCHAR,
            slutdato_text,
            ordinaere_timer_pr_uge::VARCHAR,
            ordinaere_timer_pr_uge_text
        ] ORDER BY row_no),
        NULL
    FROM core_spells
    GROUP BY ALL
    UNION ALL
    SELECT
        'udgifter',
        delivery_no,
        bilagsnr,
        visible_id(bilagsnr),
        list(
            [dato::VARCHAR, dato_text, kategori, beloeb::VARCHAR, beloeb_text, lovpligtig]
            ORDER BY row_no
        ),
        sum(beloeb)::DECIMAL(38, 2)
    FROM core_expenses
    GROUP BY ALL
),

compared AS (
    SELECT
        table_name,
        CASE
            WHEN b.delivery_no IS NULL THEN 'came' WHEN n.delivery_no IS NULL THEN 'went'
            ELSE 'changed'
        END AS how,
        coalesce(n.shown, b.shown) AS shown,
        b.amount_dkk AS before_dkk,
        n.amount_dkk AS now_dkk
    FROM (SELECT * FROM registrations WHERE delivery_no = $before_no) AS b
    FULL JOIN (SELECT * FROM registrations WHERE delivery_no = $now_no) AS n
        USING (table_name, same_by)
    WHERE b.contents IS DISTINCT FROM n.contents
)

SELECT
    table_name,
    how,
    count(*) AS registrations,
    coalesce(sum(before_dkk), 0)::DECIMAL(38, 2) AS before_dkk,
    coalesce(sum(now_dkk), 0)::DECIMAL(38, 2) AS now_dkk,
    list(shown ORDER BY shown)[1:20] AS keys
FROM compared
GROUP BY table_name, how
ORDER BY table_name, how

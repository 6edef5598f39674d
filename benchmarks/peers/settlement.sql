-- The settlement for the least processor time. Each file is read once, into a narrow table of its rows, in which a
-- project and a citizen are numbers, words are enums, and the rules that a row breaks are bits: 1 << 12 is C12 or S12,
-- and 1 is R01. number: a row's place among all rows of its table. What follows a dollar sign is what `as_sql` gives.
CREATE TYPE arm AS ENUM $arms;
CREATE TYPE target_group AS ENUM $target_groups;
CREATE TYPE spell_type AS ENUM $spell_types;

-- Grain: delivery in force. A project is the place of its files in each list of files.
CREATE TEMP TABLE delivery AS
SELECT
    (place - 1)::INTEGER AS project,
    split_part(file, '/', -3) AS project_id,
    split_part(file, '/', -2)::DATE AS as_of
FROM (SELECT unnest($borgere) AS file, generate_subscripts($borgere, 1) AS place);

-- Grain: project that has delivered.
CREATE TEMP TABLE project AS
SELECT
    project,
    project_id,
    as_of,
    right(tilsagnshaver, 3) AS lead_municipality,
    string_split(kommuner, ' ') AS municipalities,
    projektstart AS first_day,
    projektstart + to_years($enrolment_window_years) AS window_end,
    maaltal AS target,
    least(tilsagn_fast, $fixed_max_dkk) AS fixed_max
FROM read_csv(
    $projekter, delim = ';', header = true,
    types = {
        'tilsagnshaver': 'VARCHAR', 'kommuner': 'VARCHAR', 'maaltal': 'BIGINT', 'tilsagn_fast': 'DECIMAL(18, 2)'
    }
)
JOIN delivery ON project_id = projekt_id;

-- Grain: row of borgere. A row's last column is null where fields are missing, `more` is not where there are too many.
-- C14's sum, of the weights 4327654321, is taken over the number shortened by a digit at a time, not over its digits:
-- modulo 11, the weight of each is that of its last digit plus that of the digit after it.
CREATE TEMP TABLE citizen AS
WITH delivered AS (
    SELECT
        *,
        (row_number() OVER ())::INTEGER AS number,
        file_index::INTEGER AS project,
        visitationsdato IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(visitationsdato AS DATE) AS enrolled,
        try_cast(offentlig_forsoergelse_siden AS DATE) AS supported_since,
        try_cast(maalgruppe AS target_group) AS target_group,
        try_cast(gruppe AS arm) AS arm,
        CASE WHEN regexp_full_match(cpr, '[0-9]{10}') THEN cpr::BIGINT END AS person,
        person // 100000000 % 60 AS day,
        person // 1000000 % 100 AS month,
        person // 10000 % 100 AS short_year,
        person // 1000 % 10 AS seventh,
        CASE
            WHEN seventh <= 3 OR (seventh IN (4, 9) AND short_year > 36) THEN 1900
            WHEN seventh IN (4, 9) OR short_year <= 57 THEN 2000
            ELSE 1800
        END AS century,
        CASE
            WHEN month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31
                THEN make_date(century + short_year, month, 1) + (day - 1)::INTEGER
        END AS counted_day,
        CASE WHEN month(counted_day) = month THEN counted_day END AS birth_date
    FROM read_csv(
        $borgere, delim = ';', quote = '"', header = true, auto_detect = false, null_padding = true, nullstr = '\N',
        parallel = false,
        columns = {
            'borger_id': 'VARCHAR', 'cpr': 'VARCHAR', 'kommunekode': 'VARCHAR', 'maalgruppe': 'VARCHAR',
            'ydelse': 'VARCHAR', 'offentlig_forsoergelse_siden': 'VARCHAR', 'integrationsprogram': 'VARCHAR',
            'gruppe': 'VARCHAR', 'visitationsdato': 'VARCHAR', 'more': 'VARCHAR'
        }
    )
)

SELECT
    number,
    project,
    borger_id,
    person,
    target_group,
    arm = $participant AS is_participant,
    enrolled,
    CASE
        WHEN is_ragged THEN 1
        ELSE
            CASE WHEN borger_id = '' THEN 1 << 1 ELSE 0 END
            + CASE WHEN birth_date IS NULL THEN 1 << 3 ELSE 0 END
            + CASE WHEN NOT list_contains(municipalities, kommunekode) THEN 1 << 4 ELSE 0 END
            + CASE WHEN target_group IS NULL THEN 1 << 5 ELSE 0 END
            + CASE
                WHEN
                    maalgruppe || ' ' || ydelse NOT IN $group_benefits
                    AND (target_group IS NOT NULL OR ydelse NOT IN $benefits)
                    THEN 1 << 6
                ELSE 0
            END
            + CASE WHEN arm IS NULL THEN 1 << 7 ELSE 0 END
            + CASE WHEN enrolled > as_of IS NOT FALSE THEN 1 << 8 ELSE 0 END
            + CASE
                WHEN enrolled < first_day OR enrolled >= window_end OR enrolled > $programme_last_day THEN 1 << 9
                ELSE 0
            END
            + CASE WHEN birth_date + to_years($minimum_age_years) > enrolled THEN 1 << 10 ELSE 0 END
            + CASE
                WHEN
                    target_group IN $support_groups
                    AND (
                        supported_since IS NULL
                        OR supported_since < birth_date
                        OR supported_since > enrolled - to_years($support_years)
                    )
                    THEN 1 << 11
                ELSE 0
            END
            + CASE
                WHEN
                    (target_group IN $no_integration_groups AND integrationsprogram = 'ja')
                    OR integrationsprogram NOT IN ('ja', 'nej', '')
                    THEN 1 << 12
                ELSE 0
            END
            + CASE
                WHEN
                    birth_date IS NOT NULL
                    AND (
                        person + 3 * (person // 10) + 5 * (person // 100) + 7 * (person // 1000)
                        + 9 * (person // 10000) + 2 * (person // 1000000) + 9 * (person // 10000000)
                        + 5 * (person // 100000000) + 7 * (person // 1000000000)
                    ) % 11 <> 0
                    THEN 1 << 14
                ELSE 0
            END
            + CASE WHEN regexp_full_match(borger_id, '[0-9]{6}-?[0-9]{4}') THEN 1 << 15 ELSE 0 END
    END AS broken
FROM delivered
JOIN project USING (project);

UPDATE citizen SET broken = broken + (1 << 2)
FROM (
    SELECT project, borger_id FROM citizen WHERE borger_id <> '' AND broken <> 1 GROUP BY ALL HAVING count(*) > 1
) AS repeated
WHERE citizen.project = repeated.project AND citizen.borger_id = repeated.borger_id AND broken <> 1;

-- A person counts once: where enrolled first. 1 << 14 is a remark.
UPDATE citizen SET broken = broken + (1 << 13)
FROM (
    SELECT number
    FROM citizen
    SEMI JOIN (
        SELECT person FROM citizen WHERE broken & ~(1 << 14) = 0 GROUP BY person HAVING count(*) > 1
    ) USING (person)
    WHERE broken & ~(1 << 14) = 0
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY enrolled, project, borger_id) > 1
) AS later
WHERE citizen.number = later.number;

-- The hash table of the join holds what stands on its right, the citizens: DuckDB takes a CSV file to be smaller.
SET disabled_optimizers = 'join_order,build_side_probe_side';

-- Grain: row of forloeb. broken: all but S02. The sum for S06 is the one of the weights 27654321, taken as C14's is.
CREATE TEMP TABLE spell AS
WITH delivered AS (
    SELECT
        *,
        (row_number() OVER ())::INTEGER AS number,
        file_index::INTEGER AS project,
        ordinaere_timer_pr_uge IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(startdato AS DATE) AS first_day,
        try_cast(slutdato AS DATE) AS ends,
        try_cast(type AS spell_type) AS kind,
        try_cast(virksomhed_cvr AS INTEGER) AS eight_digits,
        CASE
            WHEN eight_digits BETWEEN 10000000 AND 99999999 AND eight_digits::VARCHAR = virksomhed_cvr THEN eight_digits
        END AS company
    FROM read_csv(
        $forloeb, delim = ';', quote = '"', header = true, auto_detect = false, null_padding = true, nullstr = '\N',
        parallel = false,
        columns = {
            'forloeb_id': 'VARCHAR', 'borger_id': 'VARCHAR', 'type': 'VARCHAR', 'virksomhed_cvr': 'VARCHAR',
            'startdato': 'VARCHAR', 'slutdato': 'VARCHAR', 'ordinaere_timer_pr_uge': 'VARCHAR', 'more': 'VARCHAR'
        }
    )
),

-- Grain: borger_id of a project. enrolled: null where a row of it is rejected.
known AS (
    SELECT
        project,
        borger_id,
        number AS citizen,
        is_participant,
        CASE WHEN broken & ~(1 << 14) = 0 THEN enrolled END AS enrolled
    FROM citizen
    WHERE borger_id <> '' AND broken <> 1 AND broken & (1 << 2) = 0
    UNION ALL
    SELECT DISTINCT project, borger_id, 0, NULL::BOOLEAN, NULL::DATE FROM citizen WHERE broken & (1 << 2) <> 0
),

joined AS (
    SELECT *, coalesce(ends, CASE WHEN slutdato = '' THEN as_of END) AS known_end
    FROM delivered
    LEFT JOIN known USING (project, borger_id)
    JOIN delivery USING (project)
)

SELECT
    number,
    project,
    forloeb_id,
    citizen,
    company,
    first_day,
    least(known_end, as_of, $programme_last_day) AS last_day,
    is_participant AND kind IN $qualifying_types AS is_qualifying,
    CASE
        WHEN is_ragged THEN 1
        ELSE
            CASE WHEN forloeb_id = '' THEN 1 << 1 ELSE 0 END
            + CASE WHEN citizen IS NULL THEN 1 << 3 ELSE 0 END
            + CASE WHEN citizen IS NOT NULL AND enrolled IS NULL THEN 1 << 4 ELSE 0 END
            + CASE WHEN kind IS NULL THEN 1 << 5 ELSE 0 END
            + CASE
                WHEN
                    (
                        company + 3 * (company // 10) + 5 * (company // 100) + 7 * (company // 1000)
                        + 9 * (company // 10000) + 2 * (company // 1000000) + 9 * (company // 10000000)
                    ) % 11 <> 0 IS NOT FALSE
                    THEN 1 << 6
                ELSE 0
            END
            + CASE WHEN first_day > as_of IS NOT FALSE THEN 1 << 7 ELSE 0 END
            + CASE WHEN known_end IS NULL OR ends < first_day THEN 1 << 8 ELSE 0 END
            + CASE WHEN first_day < enrolled THEN 1 << 9 ELSE 0 END
            + CASE
                WHEN
                    first_day > $programme_last_day
                    OR (kind IN $ending_types AND known_end > $programme_last_day)
                    THEN 1 << 10
                ELSE 0
            END
            + CASE
                WHEN kind = 'snusepraktik' AND known_end - first_day + 1 > $snusepraktik_max_days THEN 1 << 11
                ELSE 0
            END
            + CASE
                WHEN
                    ordinaere_timer_pr_uge <> ''
                    AND try_cast(ordinaere_timer_pr_uge AS DECIMAL(18, 2)) BETWEEN $hours_least AND $hours_most
                    IS NOT TRUE
                    THEN 1 << 12
                ELSE 0
            END
            + CASE
                WHEN
                    kind IN $open_types
                    AND first_day <= $programme_last_day
                    AND known_end > $programme_last_day
                    THEN 1 << 13
                ELSE 0
            END
    END AS broken
FROM joined;

RESET disabled_optimizers;

-- Grain: row that breaks S02. Sorted, rows of the same identifier stand side by side. OVER without an order takes the
-- rows as they come.
CREATE TEMP TABLE repeated_spell AS
WITH neighbours AS (
    SELECT
        project,
        forloeb_id,
        number,
        lag(project) OVER () AS project_before,
        lag(forloeb_id) OVER () AS forloeb_id_before,
        lag(number) OVER () AS number_before
    FROM (
        SELECT project, forloeb_id, number FROM spell WHERE forloeb_id <> '' AND broken <> 1
        ORDER BY project, forloeb_id
    )
),

alike AS (
    SELECT * FROM neighbours WHERE project = project_before AND forloeb_id = forloeb_id_before
)

SELECT project, forloeb_id, number FROM alike
UNION
SELECT project, forloeb_id, number_before FROM alike;

-- Grain: row of udgifter.
CREATE TEMP TABLE expense AS
WITH delivered AS (
    SELECT
        *,
        (row_number() OVER ())::INTEGER AS number,
        file_index::INTEGER AS project,
        tekst IS NULL OR more IS NOT NULL AS is_ragged,
        try_cast(dato AS DATE) AS day,
        try_cast(beloeb AS DECIMAL(18, 2)) AS amount
    FROM read_csv(
        $udgifter, delim = ';', quote = '"', header = true, auto_detect = false, null_padding = true, nullstr = '\N',
        parallel = false,
        columns = {
            'bilagsnr': 'VARCHAR', 'dato': 'VARCHAR', 'kategori': 'VARCHAR', 'beloeb': 'VARCHAR',
            'lovpligtig': 'VARCHAR', 'tekst': 'VARCHAR', 'more': 'VARCHAR'
        }
    )
)

SELECT
    number,
    project,
    bilagsnr,
    day,
    kategori,
    amount,
    CASE
        WHEN is_ragged THEN 1
        ELSE
            CASE WHEN bilagsnr = '' THEN 1 << 1 ELSE 0 END
            + CASE WHEN day > as_of IS NOT FALSE THEN 1 << 3 ELSE 0 END
            + CASE WHEN day < first_day OR day > $programme_last_day THEN 1 << 4 ELSE 0 END
            + CASE WHEN kategori NOT IN $expense_categories THEN 1 << 5 ELSE 0 END
            + CASE WHEN amount = 0 IS NOT FALSE THEN 1 << 6 ELSE 0 END
            + CASE WHEN lovpligtig NOT IN ('nej', '') THEN 1 << 7 ELSE 0 END
    END AS broken
FROM delivered
JOIN project USING (project);

UPDATE expense SET broken = broken + (1 << 2)
FROM (
    SELECT project, bilagsnr FROM expense WHERE bilagsnr <> '' AND broken <> 1 GROUP BY ALL HAVING count(*) > 1
) AS repeated
WHERE expense.project = repeated.project AND expense.bilagsnr = repeated.bilagsnr AND broken <> 1;

SET VARIABLE first_day = (SELECT min(first_day) FROM project);

-- Grain: accepted citizen. A point is a citizen, 27 bits of a company and 14 of a day (44 years) in one number; four
-- million citizens fit, and a shift overflows with an error. Spells sorted by it stand together by company, each in
-- turn, and the furthest reach so far says whether a chain begins.
CREATE TEMP TABLE event AS
WITH in_turn AS (
    SELECT
        ((citizen::BIGINT << 27) + company) << 14 AS place,
        place + (first_day - getvariable('first_day')) AS first_point,
        place + (last_day - getvariable('first_day')) AS last_point,
        place + (reach_day - getvariable('first_day')) AS reach_point
    FROM spell
    ANTI JOIN repeated_spell USING (number)
    LEFT JOIN (
        SELECT unnest($days::DATE[]) AS day, unnest($reaches::DATE[]) AS reach_day
    ) ON day = last_day
    -- S11 and S13 are remarks
    WHERE is_qualifying AND broken & ~(1 << 11 | 1 << 13) = 0
    ORDER BY first_point
),

reached AS (
    SELECT
        first_point,
        last_point,
        max(reach_point) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS furthest
    FROM in_turn
),

marked AS (
    SELECT
        first_point,
        last_point,
        CASE WHEN first_point > lag(furthest) OVER () IS NOT FALSE THEN first_point END AS begins
    FROM reached
),

chained AS (
    SELECT
        first_point,
        last_point,
        max(begins) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS chain
    FROM marked
),

dated AS (
    SELECT
        (first_point >> 41)::INTEGER AS citizen,
        min(first_point & 16383) AS first_day,
        min(chain & 16383) FILTER (last_point - chain + 1 >= $completion_days) AS chain_first_day
    FROM chained
    GROUP BY citizen
)

SELECT
    project,
    borger_id,
    is_participant,
    target_group,
    getvariable('first_day') + first_day::INTEGER AS start_date,
    getvariable('first_day') + chain_first_day::INTEGER + $completion_days - 1 AS completion_date
FROM citizen
LEFT JOIN dated ON citizen = number
WHERE broken & ~(1 << 14) = 0;

COPY (
    SELECT
        project_id,
        borger_id AS citizen_id,
        CASE WHEN is_participant THEN 'participant' ELSE 'control' END AS arm,
        target_group,
        start_date,
        completion_date
    FROM event
    JOIN delivery USING (project)
    ORDER BY project_id, borger_id
) TO '$out/citizens.csv' (HEADER);

COPY (
    WITH starts AS (
        SELECT project, year(start_date) AS year, count(*) AS starts FROM event GROUP BY ALL
    ),

    completions AS (
        SELECT project, year(completion_date) AS year, count(*) AS completions FROM event GROUP BY ALL
    ),

    paid AS (
        SELECT project, year(day) AS year, sum(amount) AS wages
        FROM expense
        WHERE broken = 0 AND kategori IN $wage_categories
        GROUP BY ALL
    ),

    arms AS (
        SELECT project, count_if(is_participant) AS participants, count_if(NOT is_participant) AS controls
        FROM event
        GROUP BY ALL
    ),

    yearly AS (
        SELECT
            project.*,
            y.year,
            coalesce(starts, 0) AS starts,
            coalesce(completions, 0) AS completions,
            coalesce(wages, 0) AS wages,
            coalesce(starts, 0) * $start_dkk + coalesce(completions, 0) * $completion_dkk AS gross,
            target * $cap_a_participant_dkk AS cap
        FROM project
        CROSS JOIN (SELECT unnest(range($first_year, $year + 1)) AS year) AS y
        LEFT JOIN starts USING (project, year)
        LEFT JOIN completions USING (project, year)
        LEFT JOIN paid USING (project, year)
    ),

    capped AS (
        SELECT
            *,
            least(sum(gross) OVER so_far, cap) AS activity_cumulative,
            greatest(least(sum(wages) OVER so_far, fixed_max), 0) AS fixed_cumulative
        FROM yearly
        WINDOW so_far AS (PARTITION BY project ORDER BY year ROWS UNBOUNDED PRECEDING)
    ),

    money AS (
        SELECT
            *,
            activity_cumulative - lag(activity_cumulative, 1, 0) OVER years AS activity,
            fixed_cumulative - lag(fixed_cumulative, 1, 0) OVER years AS fixed
        FROM capped
        WINDOW years AS (PARTITION BY project ORDER BY year)
    )

    SELECT
        year,
        project_id,
        lead_municipality,
        'ready' AS status,
        NULL AS holds,
        as_of AS delivery_as_of,
        target AS target_participants,
        participants,
        controls,
        starts,
        completions,
        gross::DECIMAL(18, 2) AS gross_activity,
        cap::DECIMAL(18, 2) AS cap,
        activity_cumulative::DECIMAL(18, 2) AS activity_cumulative,
        activity::DECIMAL(18, 2) AS activity,
        wages::DECIMAL(18, 2) AS wages_documented,
        fixed_cumulative::DECIMAL(18, 2) AS fixed_cumulative,
        fixed::DECIMAL(18, 2) AS fixed,
        (activity + fixed)::DECIMAL(18, 2) AS entitlement,
        0::DECIMAL(18, 2) AS posted,
        (activity + fixed)::DECIMAL(18, 2) AS payable
    FROM money
    JOIN arms USING (project)
    WHERE year = $year
    ORDER BY project_id
) TO '$out/settlement.csv' (HEADER);

COPY (
    WITH faulty AS (
        SELECT 'borgere' AS "table", project, number, borger_id AS key, broken FROM citizen WHERE broken <> 0
        UNION ALL
        SELECT 'forloeb', project, number, forloeb_id, broken FROM spell WHERE broken <> 0
        UNION ALL
        SELECT 'forloeb', project, number, forloeb_id, 1 << 2 FROM repeated_spell
        UNION ALL
        SELECT 'udgifter', project, number, bilagsnr, broken FROM expense WHERE broken <> 0
    ),

    -- Grain: file.
    firsts AS (
        SELECT 'borgere' AS "table", 'C' AS letter, project, min(number) AS first_number FROM citizen GROUP BY project
        UNION ALL
        SELECT 'forloeb', 'S', project, min(number) FROM spell GROUP BY project
        UNION ALL
        SELECT 'udgifter', 'E', project, min(number) FROM expense GROUP BY project
    ),

    -- Grain: rule among some that a row breaks together.
    named AS (
        SELECT broken, bit
        FROM (SELECT DISTINCT broken FROM faulty)
        JOIN range(16) AS bits (bit) ON broken & (1 << bit) <> 0
    )

    SELECT
        project_id,
        "table",
        number - first_number + 2 AS row,
        CASE
            WHEN bit = 0 THEN ''
            WHEN strlen(key) IN (10, 11) AND regexp_full_match(key, '[0-9]{6}-?[0-9]{4}') THEN '******-****'
            ELSE key
        END AS key,
        CASE WHEN bit = 0 THEN 'R01' ELSE letter || lpad(bit::VARCHAR, 2, '0') END AS code,
        CASE WHEN code IN ('C14', 'S11', 'S13') THEN 'remark' ELSE 'reject' END AS severity
    FROM faulty
    JOIN firsts USING ("table", project)
    JOIN named USING (broken)
    JOIN delivery USING (project)
    ORDER BY project_id, "table", row, code
) TO '$out/violations.csv' (HEADER);

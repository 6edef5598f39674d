-- Grain: explained project and year, transition, start, completion or expense that gives another
-- amount in the year than before. Key: project_id, year, transition, subject, key. change: 'came',
-- 'went', 'moved_in', 'moved_out' (from or to another year), 'amount'. why: 'new' or 'gone' (the
-- row is not in the other delivery), 'rejected' (it is or was), 'control' (the citizen is in the
-- control arm), 'changed'; '' where the rules made it. *_row_no: null where the delivery has no
-- such row. Amounts in DKK.
CREATE OR REPLACE TABLE run.changes AS
WITH earlier AS (
    SELECT
        t.project_id, t.year, t.transition, t.earlier_delivery_no, u.* EXCLUDE (stage, project_id)
    FROM run.transitions AS t
    JOIN run.stage_units AS u ON u.stage = t.before_stage AND u.project_id = t.project_id
),

later AS (
    SELECT
        t.project_id, t.year, t.transition, t.earlier_delivery_no, u.* EXCLUDE (stage, project_id)
    FROM run.transitions AS t
    JOIN run.stage_units AS u ON u.stage = t.after_stage AND u.project_id = t.project_id
),

both_sides AS (
    SELECT
        project_id,
        year,
        transition,
        subject,
        key,
        coalesce(b.earlier_delivery_no, a.earlier_delivery_no) AS earlier_delivery_no,
        b.row_no AS earlier_row_no,
        b.day AS earlier_day,
        CASE WHEN year(b.day) = year THEN b.amount_dkk ELSE 0 END::DECIMAL(18, 2) AS earlier_dkk,
        a.row_no,
        a.day,
        CASE WHEN year(a.day) = year THEN a.amount_dkk ELSE 0 END::DECIMAL(18, 2) AS now_dkk
    FROM earlier AS b
    FULL JOIN later AS a USING (project_id, year, transition, subject, key)
),

changed AS (
    SELECT
        c.*,
        p.delivery_no,
        now_dkk - earlier_dkk AS amount_dkk,
        CASE
            WHEN day IS NULL THEN 'went'
            WHEN earlier_day IS NULL THEN 'came'
            WHEN year(day) <> year THEN 'moved_out'
            WHEN year(earlier_day) <> year THEN 'moved_in'
            ELSE 'amount'
        END AS change
    FROM both_sides AS c
    JOIN run.projects AS p USING (project_id)
    WHERE earlier_dkk <> now_dkk
),

-- The rows that a change could come from, in the delivery then and the delivery now, counted or
-- not.
delivered AS (
    SELECT delivery_no, 'borgere' AS table_name, borger_id AS key, row_no, gruppe
    FROM core_citizens
    WHERE delivery_no IN (
        SELECT delivery_no FROM changed
        UNION
        SELECT earlier_delivery_no FROM changed
    )
    UNION ALL
    SELECT delivery_no, 'udgifter', bilagsnr, row_no, ''
    FROM core_expenses
    WHERE delivery_no IN (
        SELECT delivery_no FROM changed
        UNION
        SELECT earlier_delivery_no FROM changed
    )
),

rejected_earlier AS (
    SELECT DISTINCT r.table_name, r.delivery_no, r.row_no
    FROM draft_rejected AS r
    SEMI JOIN run.explained AS e ON e.draft_no = r.draft_no
),

traced AS (
    SELECT
        c.*,
        CASE
            WHEN change = 'went' THEN c.delivery_no WHEN change = 'came' THEN c.earlier_delivery_no
        END AS traced_in,
        CASE WHEN subject = 'wages' THEN 'udgifter' ELSE 'borgere' END AS table_name
    FROM changed AS c
),

reasons AS (
    SELECT
        t.project_id,
        t.year,
        t.transition,
        t.subject,
        t.key,
        CASE
            WHEN t.transition = 'rules' THEN ''
            WHEN t.change NOT IN ('went', 'came') THEN 'changed'
            WHEN count(d.row_no) = 0 AND t.change = 'went' THEN 'gone'
            WHEN count(d.row_no) = 0 THEN 'new'
            WHEN t.change = 'went' AND count(n.row_no) > 0 THEN 'rejected'
            WHEN t.change = 'came' AND count(e.row_no) > 0 THEN 'rejected'
            WHEN bool_or(a.arm = 'control') THEN 'control'
            ELSE 'changed'
        END AS why
    FROM traced AS t
    LEFT JOIN delivered AS d
        ON d.delivery_no = t.traced_in AND d.table_name = t.table_name AND d.key = t.key
    LEFT JOIN run.rejected_rows AS n
        ON n.table_name = t.table_name AND n.delivery_no = d.delivery_no AND n.row_no = d.row_no
    LEFT JOIN rejected_earlier AS e
        ON e.table_name = t.table_name AND e.delivery_no = d.delivery_no AND e.row_no = d.row_no
    LEFT JOIN run.arms AS a ON a.gruppe = d.gruppe
    GROUP BY t.project_id, t.year, t.transition, t.subject, t.key, t.change, t.traced_in
),

-- Where the row stands, also in the delivery in which it does not count.
places AS (
    SELECT delivery_no, table_name, key, min(row_no) AS row_no
    FROM delivered
    GROUP BY delivery_no, table_name, key
)

SELECT
    t.* EXCLUDE (traced_in, table_name) REPLACE (
        coalesce(t.earlier_row_no, b.row_no) AS earlier_row_no,
        coalesce(t.row_no, a.row_no) AS row_no
    ),
    r.why
FROM traced AS t
JOIN reasons AS r USING (project_id, year, transition, subject, key)
LEFT JOIN places AS b
    ON b.delivery_no = t.earlier_delivery_no AND b.table_name = t.table_name AND b.key = t.key
LEFT JOIN places AS a
    ON a.delivery_no = t.delivery_no AND a.table_name = t.table_name AND a.key = t.key

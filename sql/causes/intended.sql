-- Grain: project of the register for which the settled year is decided: the decision that its
-- hearing letter intends. Key: project_id. burdens: why it is heard before it is decided:
-- 'repayment'; 'less' (a component below what was posted); 'rejected' (registrations that would
-- have given money, or whose amount can't be computed). gives_sha256: over its amounts, causes and
-- rejections, so that two drafts which give a project the same have the same. A registration is
-- known by its key, since another delivery may have it on another row.
CREATE OR REPLACE VIEW run.intended AS
WITH decided AS (
    SELECT s.*
    FROM run.payable AS s
    JOIN run.programme AS g ON g.settled_year = s.year
    JOIN run.project_facts AS f ON f.project_id = s.project_id AND f.is_asked
),

caused AS (
    SELECT
        c.project_id,
        string_agg(
            concat_ws('|', c.amount_dkk, c.text_da), chr(10) ORDER BY c.amount_dkk, c.text_da
        ) AS causes
    FROM run.causes AS c
    JOIN run.programme AS g ON g.settled_year = c.year
    GROUP BY c.project_id
),

caused_by AS (
    SELECT
        r.project_id,
        string_agg(
            concat_ws(
                '|',
                r.subject,
                visible_id(r.key),
                coalesce(r.earlier_day::VARCHAR, ''),
                r.earlier_dkk,
                coalesce(r.day::VARCHAR, ''),
                r.now_dkk
            ),
            chr(10)
            ORDER BY r.subject, visible_id(r.key), r.earlier_dkk, r.now_dkk
        ) AS rows
    FROM run.cause_rows AS r
    JOIN run.programme AS g ON g.settled_year = r.year
    GROUP BY r.project_id
),

rejected AS (
    SELECT
        project_id,
        string_agg(
            concat_ws(
                '|', table_name, code, coalesce(nullif(visible_id(key), ''), row_no::VARCHAR)
            ),
            chr(10)
            ORDER BY table_name, code, coalesce(nullif(visible_id(key), ''), row_no::VARCHAR)
        ) AS rejections
    FROM run.violations
    WHERE severity = 'reject' AND table_name <> 'grundelementer'
    GROUP BY project_id
),

costly AS (
    SELECT DISTINCT p.project_id
    FROM run.rejected_value AS v
    JOIN run.projects AS p USING (delivery_no)
    WHERE v.lost_dkk IS DISTINCT FROM 0
)

SELECT
    d.project_id,
    d.is_settled_before,
    list_filter(
        [
            CASE
                WHEN d.activity_dkk + d.fixed_dkk < d.posted_activity_dkk + d.posted_fixed_dkk
                    THEN 'repayment'
            END,
            CASE
                WHEN d.activity_dkk < d.posted_activity_dkk OR d.fixed_dkk < d.posted_fixed_dkk
                    THEN 'less'
            END,
            CASE WHEN k.project_id IS NOT NULL THEN 'rejected' END
        ],
        lambda burden: burden IS NOT NULL
    ) AS burdens,
    sha256(
        concat_ws(
            chr(10),
            d.year,
            d.activity_dkk,
            d.fixed_dkk,
            d.posted_activity_dkk,
            d.posted_fixed_dkk,
            'causes',
            coalesce(c.causes, ''),
            coalesce(b.rows, ''),
            'rejections',
            coalesce(r.rejections, '')
        )
    ) AS gives_sha256
FROM decided AS d
LEFT JOIN caused AS c USING (project_id)
LEFT JOIN caused_by AS b USING (project_id)
LEFT JOIN rejected AS r USING (project_id)
LEFT JOIN costly AS k USING (project_id)

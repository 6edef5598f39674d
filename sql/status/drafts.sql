-- Grain: settled year, its newest draft as known at $known_at. Key: year. released: projects of it
-- that the ledger holds; decided: those of it for which it has something to post. holds: codes by
-- project that is not released from it; held: for how many of them it has something to post.
-- left_out: codes by project that only an earlier draft of the year covers, and that waits to be
-- released from it: none older than the newest of all of the register. Amounts in DKK: payable_dkk
-- as when it was made, released_dkk what was posted from it. missing: how many have no delivery.
-- apart: how many of those undecided the rule $together holds, by what the ledger holds at
-- $known_at; by years that it does not remember, as when it was made. apart_years: the years that
-- the ledger holds of them. contradicts: the years whose newest draft gives one of those undecided
-- another amount, for either of the two years, so that no run releases it from both.
-- held_otherwise: the undecided projects that another rule holds. takes_from: the earlier years,
-- with an amount and nothing in the ledger, of those undecided that ask money back. changed_since:
-- projects for which another delivery counts now than when it was made; draws_changed: projects
-- whose draw has another entry now; rules_changed, register_changed: the rules, the register that
-- was last seen, are no longer its; with any of these, a release of it is refused. preparers: all
-- who prepared a draft with its fingerprint.
WITH known AS (
    SELECT *
    FROM core_drafts
    WHERE prepared_at <= $known_at::TIMESTAMP
),

newest AS (
    SELECT *
    FROM known
    QUALIFY row_number() OVER (PARTITION BY year ORDER BY draft_no DESC) = 1
),

since_all AS (
    SELECT *
    FROM known
    QUALIFY draft_no >= coalesce(
        max(draft_no) FILTER (WHERE projects IS NULL) OVER (PARTITION BY year), 0
    )
),

remembered AS (
    SELECT n.year, n.fingerprint, n.draft_no AS latest_draft_no, p.*
    FROM since_all AS n
    JOIN core_drafts AS f USING (fingerprint)
    JOIN draft_projects AS p ON p.draft_no = f.draft_no
    QUALIFY row_number() OVER (PARTITION BY n.year, p.project_id ORDER BY n.draft_no DESC) = 1
),

-- What the ledger held for the year from other drafts, and from the one that covers the project.
posted AS (
    SELECT
        l.project_id,
        l.year,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint <> r.fingerprint) AS other_dkk,
        coalesce(
            sum(l.amount_dkk) FILTER (
                WHERE l.draft_fingerprint <> r.fingerprint AND l.component = 'activity'
            ),
            0
        ) AS other_activity_dkk,
        sum(l.amount_dkk) FILTER (WHERE l.draft_fingerprint = r.fingerprint) AS own_dkk
    FROM core_ledger AS l
    JOIN remembered AS r USING (year, project_id)
    WHERE l.posted_at <= $known_at::TIMESTAMP
    GROUP BY l.project_id, l.year
),

differing AS (
    SELECT DISTINCT r.year, r.project_id
    FROM remembered AS r
    JOIN posted_by($known_at::TIMESTAMP, NULL) AS l
        ON l.project_id = r.project_id AND l.year <> r.year
    LEFT JOIN draft_settlement AS s
        ON s.draft_no = r.draft_no AND s.project_id = r.project_id AND s.year = l.year
    WHERE CASE
        WHEN s.draft_no IS NULL THEN list_contains(r.holds, $together)
        ELSE (s.entitlement_dkk, s.activity_dkk) IS DISTINCT FROM (l.posted_dkk, l.activity_dkk)
    END
),

projects AS (
    SELECT
        r.year,
        r.project_id,
        r.draft_no,
        r.status,
        r.latest_draft_no = n.draft_no AS is_in_newest,
        d.project_id IS NOT NULL AS is_apart,
        list_sort(list_concat(
            list_filter(r.holds, lambda code: code <> $together),
            CASE WHEN is_apart THEN [$together::VARCHAR] ELSE [] END
        )) AS holds,
        s.entitlement_dkk,
        s.entitlement_dkk - coalesce(p.other_dkk, 0) AS payable_dkk,
        p.own_dkk,
        p.own_dkk IS NOT NULL AS is_released,
        is_to_decide(
            r.status, s.entitlement_dkk, s.activity_dkk, p.other_dkk, p.other_activity_dkk
        ) AS is_decision,
        is_decision AND NOT is_released AS is_awaited
    FROM remembered AS r
    JOIN newest AS n ON n.year = r.year
    JOIN draft_settlement AS s
        ON s.draft_no = r.draft_no AND s.project_id = r.project_id AND s.year = r.year
    LEFT JOIN posted AS p ON p.project_id = r.project_id AND p.year = r.year
    LEFT JOIN differing AS d ON d.project_id = r.project_id AND d.year = r.year
),

summed AS (
    SELECT
        year,
        count(*) AS covered,
        count(*) FILTER (WHERE status = 'missing') AS missing,
        count(*) FILTER (WHERE is_decision OR is_released) AS decided,
        count(*) FILTER (WHERE is_released) AS released,
        sum(entitlement_dkk)::DECIMAL(18, 2) AS entitlement_dkk,
        sum(payable_dkk)::DECIMAL(18, 2) AS payable_dkk,
        coalesce(sum(own_dkk), 0)::DECIMAL(18, 2) AS released_dkk,
        coalesce(
            list({project_id: project_id, codes: holds} ORDER BY project_id)
                FILTER (WHERE len(holds) > 0 AND NOT is_released),
            []
        ) AS holds,
        count(*) FILTER (WHERE len(holds) > 0 AND is_awaited) AS held,
        count(*) FILTER (WHERE is_apart AND is_awaited) AS apart,
        coalesce(
            list(project_id ORDER BY project_id) FILTER (
                WHERE len(list_filter(holds, lambda code: code <> $together)) > 0 AND is_awaited
            ),
            []
        ) AS held_otherwise
    FROM projects
    WHERE is_in_newest
    GROUP BY year
),

apart AS (
    SELECT p.year, list(DISTINCT l.year ORDER BY l.year) AS apart_years
    FROM projects AS p
    JOIN core_ledger AS l ON l.project_id = p.project_id
    WHERE p.is_in_newest AND p.is_apart AND p.is_awaited AND l.posted_at <= $known_at::TIMESTAMP
    GROUP BY p.year
),

contradicting AS (
    SELECT p.year, list(DISTINCT q.year ORDER BY q.year) AS contradicts
    FROM projects AS p
    JOIN projects AS q ON q.project_id = p.project_id AND q.year <> p.year
    JOIN draft_settlement AS s
        ON s.draft_no = p.draft_no AND s.project_id = p.project_id AND s.year IN (p.year, q.year)
    JOIN draft_settlement AS t
        ON t.draft_no = q.draft_no AND t.project_id = q.project_id AND t.year = s.year
    WHERE p.is_in_newest AND p.is_awaited
      AND q.is_in_newest AND q.is_awaited
      AND (t.activity_dkk, t.fixed_dkk) <> (s.activity_dkk, s.fixed_dkk)
    GROUP BY p.year
),

takes AS (
    SELECT p.year, list(DISTINCT s.year ORDER BY s.year) AS takes_from
    FROM projects AS p
    JOIN draft_settlement AS s
        ON s.draft_no = p.draft_no AND s.project_id = p.project_id AND s.year < p.year
    WHERE p.is_in_newest AND p.is_awaited AND p.payable_dkk < 0 AND s.entitlement_dkk <> 0
      AND NOT EXISTS (
          FROM core_ledger AS l
          WHERE l.project_id = s.project_id AND l.year = s.year
            AND l.posted_at <= $known_at::TIMESTAMP
      )
    GROUP BY p.year
),

-- What counts now of each project, hashed as a draft hashes it.
standing AS (
    SELECT project_folder AS project_id, as_of_folder, receipt_no, false AS is_in_force
    FROM standing_refused($known_at::TIMESTAMP)
    UNION ALL
    SELECT f.project_folder, d.as_of_folder, f.receipt_no, true
    FROM in_force($known_at::TIMESTAMP) AS f
    JOIN core_deliveries AS d USING (delivery_no)
),

deliveries_now AS (
    SELECT
        t.project_id,
        deliveries_sha256(t.as_of_folder, d.content_sha256, t.is_in_force) AS sha256,
        bool_or(t.is_in_force) AS is_in_force
    FROM standing AS t
    JOIN core_receipts AS r USING (receipt_no)
    JOIN core_deliveries AS d USING (delivery_no)
    GROUP BY t.project_id
),

deliveries_then AS (
    SELECT n.year, t.entry.key AS project_id, t.entry.value AS sha256
    FROM newest AS n
    CROSS JOIN unnest(
        map_entries(from_json(n.parts -> '$.deliveries', '"MAP(VARCHAR, VARCHAR)"'))
    ) AS t (entry)
),

covered AS (
    SELECT n.year, p.project_id
    FROM newest AS n
    JOIN core_drafts AS d USING (fingerprint)
    JOIN draft_projects AS p ON p.draft_no = d.draft_no
),

changed AS (
    SELECT year, list(DISTINCT project_id ORDER BY project_id) AS changed_since
    FROM (
        SELECT n.year, coalesce(c.project_id, t.project_id) AS project_id
        FROM newest AS n
        CROSS JOIN deliveries_now AS c
        LEFT JOIN deliveries_then AS t ON t.year = n.year AND t.project_id = c.project_id
        WHERE n.registrations_known_at IS NULL
          AND t.sha256 IS DISTINCT FROM c.sha256
          AND (
              (n.projects IS NULL AND NOT c.is_in_force)
              OR (n.year, c.project_id) IN (SELECT (v.year, v.project_id) FROM covered AS v)
          )
        UNION ALL
        SELECT t.year, t.project_id
        FROM deliveries_then AS t
        JOIN newest AS n ON n.year = t.year
        WHERE n.registrations_known_at IS NULL
          AND t.project_id NOT IN (SELECT project_id FROM deliveries_now)
    )
    GROUP BY year
),

then_drawn AS (
    SELECT n.year, t.entry.key AS project_id, t.entry.value AS sha256
    FROM newest AS n
    CROSS JOIN unnest(
        map_entries(from_json(n.parts -> '$.draws', '"MAP(VARCHAR, VARCHAR)"'))
    ) AS t (entry)
),

now_drawn AS (
    SELECT project_id, arg_max(sha256, number) AS sha256
    FROM core_draw
    WHERE written_at <= $known_at::TIMESTAMP
    GROUP BY project_id
),

drawn_since AS (
    SELECT n.year, list(d.project_id ORDER BY d.project_id) AS draws_changed
    FROM newest AS n
    CROSS JOIN now_drawn AS d
    LEFT JOIN then_drawn AS t ON t.year = n.year AND t.project_id = d.project_id
    WHERE n.registrations_known_at IS NULL AND t.sha256 IS DISTINCT FROM d.sha256
    GROUP BY n.year
),

left_out AS (
    SELECT year, list({project_id: project_id, codes: holds} ORDER BY project_id) AS left_out
    FROM projects
    WHERE is_awaited AND NOT is_in_newest
    GROUP BY year
),

last_seen AS (
    SELECT name, sha256(arg_max(contents, known_no)) AS sha256
    FROM core_known
    WHERE first_seen_at <= $known_at::TIMESTAMP AND name IN ('projekter.csv', 'maalgrupper.csv')
    GROUP BY name
)

SELECT
    n.year,
    n.draft_no,
    n.fingerprint,
    n.prepared_by,
    n.prepared_at,
    n.projects,
    n.registrations_known_at,
    s.* EXCLUDE (year),
    coalesce(o.left_out, []) AS left_out,
    coalesce(a.apart_years, []) AS apart_years,
    coalesce(x.contradicts, []) AS contradicts,
    coalesce(t.takes_from, []) AS takes_from,
    coalesce(c.changed_since, []) AS changed_since,
    coalesce(w.draws_changed, []) AS draws_changed,
    n.registrations_known_at IS NULL AND n.parts ->> '$.rules' <> $rules_sha256 AS rules_changed,
    n.registrations_known_at IS NULL AND EXISTS (
        FROM last_seen AS k
        WHERE k.sha256 NOT IN (n.parts ->> '$.projekter', n.parts ->> '$.maalgrupper')
    ) AS register_changed,
    (
        SELECT list(DISTINCT k.prepared_by ORDER BY k.prepared_by)
        FROM known AS k
        WHERE k.fingerprint = n.fingerprint
    ) AS preparers
FROM newest AS n
JOIN summed AS s USING (year)
LEFT JOIN left_out AS o USING (year)
LEFT JOIN apart AS a USING (year)
LEFT JOIN contradicting AS x USING (year)
LEFT JOIN takes AS t USING (year)
LEFT JOIN changed AS c USING (year)
LEFT JOIN drawn_since AS w USING (year)
ORDER BY n.year

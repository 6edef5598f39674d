-- Grain: entry of the ledger, as the line of ledger.jsonl that belongs to it
-- (docs/ledger-format.md), made again from the columns. Only a line of an entry with an approval or
-- a program holds one. A quote within a text is escaped, so what is taken out can't be part of one.
SELECT
    left(
        replace(
            replace(
                to_json({
                    number: number,
                    run: run,
                    project_id: project_id,
                    year: year,
                    component: component,
                    kind: kind,
                    amount_dkk: amount_dkk::VARCHAR,
                    text: text,
                    waivers: waivers,
                    draft_fingerprint: draft_fingerprint,
                    prepared_by: prepared_by,
                    approved_by: approved_by,
                    approval: approval,
                    program: program,
                    posted_at: strftime(posted_at, '%Y-%m-%dT%H:%M:%S.%fZ'),
                    previous_sha256: previous_sha256
                })::VARCHAR,
                ',"approval":null,',
                ','
            ),
            ',"program":null,',
            ','
        ),
        -1
    ) || ',"sha256":"' || sha256 || '"}' AS line
FROM core_ledger
ORDER BY number

-- Adds to run.odd_rows those of one table. The places in braces take the broken rows, and their
-- cells: name, text as written, whether it is a figure (a day, an amount, a number), and whether it
-- was read.
INSERT INTO run.odd_rows
WITH filled AS (
    SELECT
        delivery_no,
        row_no,
        list_filter(
            [{cells}],
            lambda cell: cell.text <> '' AND NOT starts_with(cell.text, 'flettet med ')
        ) AS cells
    FROM {broken}
),

rows AS (
    SELECT *, list_filter(cells, lambda cell: NOT cell.is_read) AS unread
    FROM filled
),

kinds AS (
    SELECT
        delivery_no,
        row_no,
        CASE
            WHEN len(cells) = 0 THEN 'outside'
            WHEN len(list_filter(unread, lambda cell: folded(cell.text) = cell.name)) > 1
                THEN 'header'
            WHEN
                len(list_filter(cells, lambda cell: regexp_full_match(cell.text, '[-=_]{2,}')))
                = len(cells)
                AND len(cells) > 1
                THEN CASE WHEN row_no <= 3 THEN 'line' ELSE 'line_below' END
            WHEN len(cells) > len(unread) + 1 THEN NULL
            WHEN
                len(list_filter(cells, lambda cell: is_total(cell.text))) > 0
                OR (len(cells) = 1 AND cells[1].name = 'beloeb' AND cells[1].is_read)
                THEN 'total'
            WHEN len(cells) > len(unread) THEN NULL
            WHEN len(cells) = 1 THEN 'lone'
            WHEN
                row_no <= 3
                AND len(list_filter(cells, lambda cell: cell.is_figure AND is_words(cell.text))) > 0
                AND len(list_filter(
                    cells, lambda cell: cell.is_figure AND NOT is_words(cell.text)
                )) = 0
                THEN 'note'
        END AS kind
    FROM rows
),

told (kind, message_da, message_en) AS (
    VALUES
    (
        'outside',
        'Rækken er kun udfyldt i kolonner, som ingen regel bruger: er det en note, så slet den; '
        || 'ellers udfyld dens celler.',
        'The row is filled only in columns that no rule uses: delete it if it is a note; otherwise '
        || 'fill in its cells.'
    ),
    (
        'header',
        'Rækken ligner en overskrift blandt tabellens rækker: slet den.',
        'The row looks like a header among the rows of the table: delete it.'
    ),
    (
        'line',
        'Rækken er en streg under kolonnenavnene: slet den.',
        'The row draws a line below the column names: delete it.'
    ),
    (
        'line_below',
        'Rækken er en streg: slet den.',
        'The row draws a line: delete it.'
    ),
    (
        'total',
        'Rækken ligner en sum af de andre: slet den, hvis den er det; ellers udfyld dens celler.',
        'The row looks like a sum of the others: delete it if it is one; otherwise fill in its '
        || 'cells.'
    ),
    (
        'lone',
        'Rækken har kun én udfyldt celle: er den en note, så slet den; ellers udfyld de andre.',
        'The row has only one filled cell: delete it if it is a note; otherwise fill in the others.'
    ),
    (
        'note',
        'Rækken ligner en forklaring til kolonnerne: slet den, hvis den er det; ellers ret dens '
        || 'celler.',
        'The row looks like an explanation of the columns: delete it if it is one; otherwise '
        || 'correct its cells.'
    )
)

SELECT $table_name, k.delivery_no, k.row_no, t.message_da, t.message_en
FROM kinds AS k
JOIN told AS t USING (kind)

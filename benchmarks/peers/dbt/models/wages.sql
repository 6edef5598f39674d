{{ config(pre_hook="{{ files_of('udgifter') }}") }}
SELECT project_id, year(dato) AS year, sum(beloeb) AS wages
FROM ({{ delivered('udgifter', {
    'bilagsnr': 'VARCHAR', 'dato': 'DATE', 'kategori': 'VARCHAR', 'beloeb': 'DECIMAL(18, 2)', 'lovpligtig': 'VARCHAR',
    'tekst': 'VARCHAR',
}) }})
WHERE kategori IN ('{{ var("wage_categories") | join("', '") }}')
GROUP BY ALL

SELECT split_part(file, '/', -3) AS project_id, split_part(file, '/', -2)::DATE AS as_of, parse_dirpath(file) AS folder
FROM glob('{{ var("inbox") }}/*/*/borgere.*')
QUALIFY row_number() OVER (PARTITION BY project_id ORDER BY as_of DESC) = 1

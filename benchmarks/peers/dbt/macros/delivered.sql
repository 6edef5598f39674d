{# The rows of a table in every project's newest delivery, with project_id and as_of. #}
{% macro delivered(table, columns) %}
    SELECT d.project_id, d.as_of, r.*
    FROM
    {%- if var('form') == 'parquet' %}
        read_parquet(getvariable('{{ table }}'), filename = true)
    {%- else %}
        read_csv(
            getvariable('{{ table }}'), delim = ';', quote = '"', header = true, auto_detect = false, filename = true,
            columns = {{ columns }}
        )
    {%- endif %} AS r
    JOIN {{ ref('deliveries') }} AS d ON d.folder = parse_dirpath(r.filename)
{% endmacro %}

{# Which files those are; DuckDB wants them before the query. #}
{% macro files_of(table) %}
    SET VARIABLE {{ table }} = (
        SELECT list(folder || '/{{ table }}.{{ var('form') }}') FROM {{ ref('deliveries') }}
    )
{% endmacro %}

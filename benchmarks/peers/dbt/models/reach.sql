SELECT unnest({{ var('days') }}::DATE[]) AS day, unnest({{ var('reaches') }}::DATE[]) AS reach_day

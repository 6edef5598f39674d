SELECT unnest({{ var("days") }})::DATE AS day, unnest({{ var("reach") }})::DATE AS reach_day

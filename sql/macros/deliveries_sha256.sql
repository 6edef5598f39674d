-- One hash over the contents and the verdict of each delivery of a group: an aggregate, by which a
-- draft knows what it was made from.
CREATE OR REPLACE MACRO deliveries_sha256(as_of_folder, content_sha256, is_in_force) AS sha256(
    string_agg(
        concat_ws(
            ' ',
            as_of_folder,
            content_sha256,
            CASE WHEN is_in_force THEN 'in force' ELSE 'refused' END
        ),
        chr(10)
        ORDER BY as_of_folder, content_sha256, is_in_force
    )
)

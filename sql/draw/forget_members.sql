-- Takes out members of project $project_id that no entry up to $entries drew.
DELETE FROM core_draw_members
WHERE project_id = $project_id AND number > $entries

-- Forgets what was found in grundelementer by rules that need borgere, which could not be read.
-- $codes: theirs.
DELETE FROM run.element_quarantine WHERE list_contains($codes::VARCHAR[], code)

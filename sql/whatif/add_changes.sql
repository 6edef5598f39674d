-- Adds the changes that are laid. Reads laid_changes (frame).
INSERT INTO run.changes_laid BY NAME SELECT * FROM laid_changes

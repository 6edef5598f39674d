-- Adds drawn persons. Reads members (frame).
INSERT INTO core_draw_members BY NAME SELECT * FROM members

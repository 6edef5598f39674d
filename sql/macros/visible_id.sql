-- An id as it may be shown: without the keyed pseudonym behind chr(31), which is only for
-- comparing.
CREATE OR REPLACE MACRO visible_id(id) AS split_part(id, chr(31), 1)

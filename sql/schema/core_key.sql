-- Grain: one row, from the first receiving on. The pseudonym of a text that is no number, by which
-- another key is noticed. The key itself is never here. Written once.
CREATE TABLE IF NOT EXISTS core_key (
    pseudonym VARCHAR NOT NULL
)

-- Grain: moment (UTC) at which the register or the rules were first seen with these contents. Key:
-- known_no. Append only: an earlier state can be taken up again. name: 'projekter.csv',
-- 'maalgrupper.csv', 'jobfirst.yaml'.
CREATE TABLE IF NOT EXISTS core_known (
    known_no INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    contents BLOB NOT NULL
)

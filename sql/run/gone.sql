-- Grain: project whose delivery in force followed another. Key: project_id. What P14 judges: of the
-- delivery before (before_as_of_date), its persons and its rows of udgifter with a bilagsnr, and
-- how many of each are not in the one in force. is_gone_waived: P14 was waived for the one in
-- force.
CREATE OR REPLACE TABLE run.gone (
    project_id VARCHAR NOT NULL,
    before_as_of_date DATE NOT NULL,
    citizens_before BIGINT NOT NULL,
    citizens_gone BIGINT NOT NULL,
    expenses_before BIGINT NOT NULL,
    expenses_gone BIGINT NOT NULL,
    is_gone_waived BOOLEAN NOT NULL
)

-- HMAC-SHA256 (RFC 2104) of a text under a key, given as the two padded blocks that its hashes
-- begin with.
CREATE OR REPLACE MACRO pseudonym(text, inner_block, outer_block) AS
    sha256(outer_block::BLOB || unhex(sha256(inner_block::BLOB || encode(text))))

-- Grain: row of grundelementer, rule that it breaks. Key: delivery_no, row_no, code. action:
-- 'reject' or 'remark'. Apart from run.quarantine: what is registered of activities touches no
-- money, no hold and no letter.
CREATE OR REPLACE TABLE run.element_quarantine (
    delivery_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    action VARCHAR NOT NULL
)

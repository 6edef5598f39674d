-- Adds a sum and what it is held against.
INSERT INTO run.reconciliations VALUES (
    $equation, $subject, $unit, $left_side::DECIMAL(18, 2), $right_side::DECIMAL(18, 2)
)

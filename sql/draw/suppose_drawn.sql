-- Gives the citizens of a list the day drawn, $day, and an arm that no rule refuses: both are what
-- the draw is to give.
UPDATE core_citizens
SET gruppe = $gruppe, visitationsdato = $day::DATE

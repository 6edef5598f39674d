-- Lets the enrolment window last to the programme's end, where the project's start is not known.
UPDATE run.projects SET window_end = programme_last_day + 1

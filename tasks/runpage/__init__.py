"""The page that Prefect has for a run, and the events that others can act on."""

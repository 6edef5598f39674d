"""The settlement to look at: one page for the officers of the agency, from the tables of schema `run`."""

"""Judging registrations by the rule catalogue, setting aside what fails, and reporting it."""

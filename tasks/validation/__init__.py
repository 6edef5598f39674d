"""Judging registrations by the rule catalogue, keeping what fails apart, and telling it."""

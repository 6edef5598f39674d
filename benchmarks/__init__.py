"""Measuring the project, and holding its work against what it was."""

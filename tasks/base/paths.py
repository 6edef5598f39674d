"""Where the project's own files are."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SQL = PROJECT / "sql"
RULES = PROJECT / "rules"
TEMPLATES = PROJECT / "templates"
EXPECTATIONS = PROJECT / "expectations"

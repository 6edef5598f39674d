"""The story of a run: what came of it, as tables for its page in Prefect, and as events. No personal data."""

"""What a run shows on its page in Prefect, and tells those who listen: tables, texts, events. No personal data."""

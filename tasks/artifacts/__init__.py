"""What a run shows on its page in Prefect, and the events that it raises: tables and texts without personal data."""

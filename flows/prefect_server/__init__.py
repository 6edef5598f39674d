"""The Prefect server of one command: how it is started, found, fed with a database, and ended."""

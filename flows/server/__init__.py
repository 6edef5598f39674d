"""Prefect's server: how one is started, found, given a database, and ended; for one command, or to stay."""

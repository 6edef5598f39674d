"""The servers of Prefect: how one is started, found, fed with a database, and ended; for a command, or to stay."""

"""The order: the Prefect flows, and the command line above them."""

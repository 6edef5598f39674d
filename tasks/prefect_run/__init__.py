"""How a run is seen in Prefect: its steps, its page, and its parameters."""

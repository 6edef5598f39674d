"""How a run is seen in Prefect: its steps, its page, and the form of its parameters."""

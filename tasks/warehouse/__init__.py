"""The DuckDB warehouse: opening it, its statements, and handing frames over to it."""

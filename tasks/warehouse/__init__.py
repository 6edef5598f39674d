"""The DuckDB warehouse: opening it, executing its statements, and handing frames to it."""

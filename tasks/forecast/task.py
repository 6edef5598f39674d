"""The task that forecasts what the programme comes to, after a settlement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.forecast.forecast import Forecast, forecast
from tasks.prefect_run.step import step

if TYPE_CHECKING:
    import duckdb


@step("forecast the cost")
def forecast_cost(connection: duckdb.DuckDBPyConnection) -> Forecast:
    """Forecast from the settled tables; none of it is kept or posted."""
    return forecast(connection)

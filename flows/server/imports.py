"""The slow imports of a run, made while its Prefect server starts."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from flows.server.left_out import as_if_not_installed, import_at_first_use, leaving_out
from tasks.validation.guards import LAYERS, guards_of

# The last four would be imported later, while the server waits: by Prefect for a flow's parameters, and by our tasks.
_NEEDED = (
    "flows.settle",
    "tasks.validation.great_expectations_judge",
    "fastapi.encoders",
    "prefect.flow_engine",
    "holidays.countries.denmark",
    "lets_plot",
)
# Great Expectations imports the first, which only estimates need; a run uses one module of each of the others.
_SELDOM_USED = ("scipy.stats", "fastapi", "holidays.countries")
# Pandas, which Great Expectations imports, imports it wherever it is installed, as it is beside the tests: 34 MB.
_OPTIONAL = "pyarrow"
_DATASOURCES, _USED_DATASOURCES = "great_expectations.datasource.fluent", ("sql_datasource", "invalid_datasource")
_EXPECTATIONS = "great_expectations.expectations.core"


def import_what_a_run_needs() -> None:
    """Import what every flow uses; what is seldom used is imported when it first is."""
    # It looks whether the optional package is there, and is to find it.
    import_module("polars")
    for package in _SELDOM_USED:
        import_at_first_use(package)
    with leaving_out(_is_unused), as_if_not_installed(_OPTIONAL):
        for name in _NEEDED:
            import_module(name)


def _is_unused(name: str) -> bool:
    """Return whether a module of Great Expectations is another system's datasource, or an expectation of no guard."""
    package, _, short_name = name.rpartition(".")
    if package == _DATASOURCES:
        return short_name.endswith("_datasource") and short_name not in _USED_DATASOURCES
    return package == _EXPECTATIONS and short_name.startswith("expect_") and short_name not in _types_of_guards()


@cache
def _types_of_guards() -> frozenset[str]:
    return frozenset(guard.type for layer in LAYERS for guard in guards_of(layer))

"""The slow imports of a run, made while its Prefect server starts."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec

# The last four would be imported later, while the server waits: by Prefect for a flow's parameters, and by our tasks.
_NEEDED = (
    "polars",
    "flows.settle",
    "tasks.validation.great_expectations_judge",
    "fastapi.encoders",
    "prefect.flow_engine",
    "holidays.countries",
    "lets_plot",
)
# Great Expectations takes most of the time, and some of that goes into what no rule is made of.
_SELDOM_USED = "scipy.stats"


def import_what_a_run_needs() -> None:
    """Import what every flow uses; what is seldom used is imported when it first is."""
    _import_at_first_use(_SELDOM_USED)
    for name in _NEEDED:
        import_module(name)


def _import_at_first_use(name: str) -> None:
    if name in sys.modules:
        return
    package, _, short_name = name.rpartition(".")
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name=name)
    spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    sys.modules[name] = module
    setattr(sys.modules[package], short_name, module)
    spec.loader.exec_module(module)

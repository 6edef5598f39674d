"""The slow imports of a run, made while its Prefect server starts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType

# The last four would be imported later, while the server waits: by Prefect for a flow's parameters, and by our tasks.
_NEEDED = (
    "flows.settle",
    "tasks.validation.great_expectations_judge",
    "fastapi.encoders",
    "prefect.flow_engine",
    "holidays.countries",
    "lets_plot",
)
# Great Expectations takes most of the time, and some of that goes into what no rule is made of.
_SELDOM_USED = "scipy.stats"
# Pandas, which Great Expectations imports, imports it wherever it is installed, as it is beside the tests: 34 MB.
_OPTIONAL = "pyarrow"
_DATASOURCES = "great_expectations.datasource.fluent"
_USED_DATASOURCES = ("sql_datasource", "invalid_datasource")


def import_what_a_run_needs() -> None:
    """Import what every flow uses; what is seldom used is imported when it first is."""
    # It looks whether the optional package is there, and is to find it.
    import_module("polars")
    _import_at_first_use(_SELDOM_USED)
    with _without_other_datasources(), _as_if_not_installed(_OPTIONAL):
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


@contextmanager
def _as_if_not_installed(name: str) -> Iterator[None]:
    """Have a package not be found; whoever imports it later finds it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # so Python tells that it is not there
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def _without_other_datasources() -> Iterator[None]:
    """Leave out Great Expectations' datasources for other systems: to define them is a quarter of its import."""
    finder = _LeftOut()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _LeftOut(MetaPathFinder, Loader):
    """Finds an empty module for each datasource that is left out."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, short_name = name.rpartition(".")
        is_left_out = short_name.endswith("_datasource") and short_name not in _USED_DATASOURCES
        return ModuleSpec(name, self) if package == _DATASOURCES and is_left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, _module: ModuleType) -> None:
        pass


class _Empty(ModuleType):
    """A module in which every name is an empty class: others import the names, and call none."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made

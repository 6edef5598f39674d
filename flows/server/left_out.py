"""Leave out of a large library's import what a run has no use for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType

UNUSED_BLOCKS = ("prefect.blocks.notifications", "prefect.blocks.webhook")
"""Prefect's ways to notify somebody: no flow of ours does, and Prefect imports them wherever it is imported."""


@contextmanager
def leaving_out(is_unused: Callable[[str], bool]) -> Iterator[None]:
    """Make modules empty where `is_unused` says so of their full names.

    They stay empty in this process: others import names from them, and call none.
    """
    finder = _LeftOut(is_unused)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def as_if_not_installed(name: str) -> Iterator[None]:
    """Keep a package from being found; whoever imports it later finds it."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # so Python says that it is not there
    try:
        yield
    finally:
        del sys.modules[name]


def import_at_first_use(package: str) -> None:
    """Have a package's own code run when one of its names is first used; its modules can be imported before.

    Raises ModuleNotFoundError when it is not installed.
    """
    if package in sys.modules:
        return
    spec = find_spec(package)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name=package)
    module = module_from_spec(spec)
    module.__class__ = _AtFirstUse
    _waiting[package] = spec.loader
    sys.modules[package] = module
    parent, _, name = package.rpartition(".")
    if parent:
        setattr(sys.modules[parent], name, module)


_waiting: dict[str, Loader] = {}
"""What runs the code of a package that is not used yet, by its name."""
_one_at_a_time = RLock()


class _AtFirstUse(ModuleType):
    """A package whose own code has not run."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        with _one_at_a_time:
            loader = _waiting.pop(self.__name__, None)
            if loader is not None:
                loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment] # a plain module from now on
        return ModuleType.__getattribute__(self, name)


class _LeftOut(MetaPathFinder, Loader):
    """Finds an empty module for each that is left out."""

    def __init__(self, is_unused: Callable[[str], bool]) -> None:
        self._is_unused = is_unused

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if self._is_unused(name) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, _module: ModuleType) -> None:
        pass


class _Empty(ModuleType):
    """A module in which every name is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {})
        setattr(self, name, made)
        return made

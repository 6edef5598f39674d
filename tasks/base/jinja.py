"""The settings of every Jinja2 environment of the project: it escapes, and a missing value is an error."""

from __future__ import annotations

import hashlib
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from tasks.base.paths import TEMPLATES
from tasks.base.program import source_sha256

COMMON = TEMPLATES / "common"
"""Templates, styles and scripts that several pages have."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Unicode's embeddings, overrides and isolates: with them a name or a reason can be read as another."""
E = TypeVar("E", bound=Environment)


class _BytecodeCache(FileSystemBytecodeCache):
    """Compiled templates, kept beside the templates if the folder can be written to.

    A compiled template is used only by the program that compiled it: filters and options are compiled in.
    """

    def get_source_checksum(self, source: str) -> str:
        """Give the hash of a template and of the program."""
        return hashlib.sha256(f"{source_sha256()}{source}".encode()).hexdigest()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def strict_environment(folder: Path, kind: type[E]) -> E:
    """Make an environment for the templates of a folder, and for those that pages have in common."""
    return kind(
        loader=FileSystemLoader([folder, COMMON]),
        bytecode_cache=_bytecode_cache(),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_in_its_order,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _in_its_order(value: object) -> object:
    """Give a value of a page as its letters stand: what would turn the order of reading is shown as a sign."""
    if isinstance(value, str) and not value.isascii() and _TURNING.search(value):
        return type(value)(_TURNING.sub("\ufffd", value))
    return value


def _bytecode_cache() -> _BytecodeCache | None:
    if sys.dont_write_bytecode:
        return None
    folder = TEMPLATES / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return _BytecodeCache(str(folder)) if folder.is_dir() else None

"""Files that a person or a municipality names, read whole."""

from __future__ import annotations

import errno
from pathlib import Path

from tasks.base.worded import phrase


def read_file(path: Path) -> bytes:
    """Read a file, or the file that a link leads to.

    Raises OSError where it can't be read, and for a pipe, a socket or a device: to read one may never end.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, phrase("it is no file"))
    return path.read_bytes()

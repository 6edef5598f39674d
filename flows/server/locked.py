"""A lock that SQLite refused is one line in the server's log, and no traceback of a hundred."""

from __future__ import annotations

import logging
from collections.abc import Iterator

LINE = (
    "SQLite was locked by another writer; what was to be written is tried again or lost (docs/operations.md): several "
    "people or programs that start runs at the same time need PostgreSQL."
)


class OneLineForALock(logging.Filter):
    """Put one line in the place of a record's traceback where its error is a lock; let every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record of a lock."""
        error = record.exc_info[1] if record.exc_info else None
        if any("database is locked" in str(one) for one in _chain(error)):
            record.msg, record.args = LINE, ()
            record.exc_info = record.exc_text = None
        return True


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an error and all that it came of: causes, contexts, the parts of a group."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, *getattr(one, "exceptions", ())]

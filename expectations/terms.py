"""How a named expectation's terms enter its query: the one place, with and without Great Expectations."""

from __future__ import annotations

import re
from collections.abc import Mapping

QUERY = "unexpected_rows_query"
_COLUMN = re.compile(r"[a-z_]+")


def compose(query: str, terms: Mapping[str, str]) -> str:
    """Put the columns that `terms` names into the `{term}` places of `query`; `{batch}` stays.

    Raises ValueError when a term is no column's name, or the query has no place for it.
    """
    for term, column in terms.items():
        if not _COLUMN.fullmatch(column):
            raise ValueError(f"{term}: {column!r} is not the name of a column")
        if f"{{{term}}}" not in query and column not in query:
            raise ValueError(f"{term}: the query does not use it")
        query = query.replace(f"{{{term}}}", column)
    return query

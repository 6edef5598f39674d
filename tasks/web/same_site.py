"""Whether a form was sent from the page itself: no other site may make a visitor's browser send one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

_OWN = frozenset({"same-origin", "none"})


def is_of_own_site(headers: Mapping[str, str]) -> bool:
    """Return whether the headers (names in lower case) of a form are those that a page of this very site sends.

    A page that gives no referrer sends the origin `null` with its own forms, so that alone proves nothing; a browser
    says by Sec-Fetch-Site where it comes from. A client that sends neither is no browser, and is nobody's visitor.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site.strip().lower() not in _OWN:
        return False
    if origin is None:
        return True
    if origin.strip().lower() == "null":
        return site is not None
    try:
        netloc = urlsplit(origin.strip()).netloc
    except ValueError:
        # No browser sends an origin that is no address.
        return False
    return netloc.lower() == headers.get("host", "").strip().lower() != ""

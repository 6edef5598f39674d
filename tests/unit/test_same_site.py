"""A form counts as the page's own only where its headers say so."""

from __future__ import annotations

import pytest

from tasks.web.same_site import is_of_own_site


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "https://[x]/", "[", "http://\uff0f\u2100"])
def test_an_origin_that_is_no_address_is_another_sites(origin: str) -> None:
    assert not is_of_own_site({"origin": origin, "host": "kontrol.example.dk"})

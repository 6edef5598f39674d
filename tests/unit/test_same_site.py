"""A form counts as the page's own only where its headers say so."""

from __future__ import annotations

import pytest

from tasks.web.same_site import is_of_own_site


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "https://[x]/", "[", "http://\uff0f\u2100"])
def test_an_origin_that_is_no_address_is_another_sites(origin: str) -> None:
    assert not is_of_own_site({"origin": origin, "host": "kontrol.example.dk"})


@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({}, True),
        ({"origin": "https://kontrol.example.dk"}, True),
        ({"origin": "https://Kontrol.example.dk "}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "null"}, False),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": ""}, False),
        ({"origin": "https://kontrol.example.dk", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://kontrol.example.dk.evil.example"}, False),
        ({"origin": "https://evil-kontrol.example.dk"}, False),
        ({"origin": "https://kontrol.example.dk:8443"}, False),
        ({"origin": ""}, False),
        ({"origin": "", "host": ""}, False),
        ({"origin": "file://", "host": ""}, False),
    ],
)
def test_a_form_is_of_its_own_site_where_no_header_says_otherwise(headers: dict[str, str], *, is_own: bool) -> None:
    assert is_of_own_site({"host": "kontrol.example.dk"} | headers) is is_own

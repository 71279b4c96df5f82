"""Only pages on Pipedrive's own hosts are ever opened, each customer's own host among them."""

from __future__ import annotations

import pytest

from bridge_gui.sync.given_back import is_own
from bridge_gui.vendors.pipedrive import SPEC
from bridge_gui.vendors.pipedrive.assumed import deal_page


def test_a_deals_page_can_be_opened():
    assert is_own([SPEC], deal_page("esimerkki", 42))
    assert is_own([SPEC], SPEC.site)


@pytest.mark.parametrize(
    "url",
    [
        "https://pipedrive.com.evil.example/deal/1",
        "https://evilpipedrive.com/deal/1",
        "https://a.b.pipedrive.com/deal/1",
        "https://pipedrive.com/deal/1",
        "https://.pipedrive.com/deal/1",
        "http://esimerkki.pipedrive.com/deal/1",
        "https://esimerkki.pipedrive.com:8443/deal/1",
        "https://esimerkki.pipedrive.com@evil.example/",
        "https://*.pipedrive.com/",
        "https://*.evil.example/",
    ],
)
def test_no_other_page_is(url):
    assert not is_own([SPEC], url)

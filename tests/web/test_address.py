from __future__ import annotations

import pytest

from bridge_gui.errors import SetupError
from bridge_gui.web.address import is_loopback, normalise, origin


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://api.payday.is", "https://api.payday.is"),
        (" HTTPS://API.Payday.is:443/ ", "https://api.payday.is"),
        ("api.payday.is/v1/", "https://api.payday.is/v1"),
        ("https://api.payday.is:8443/a/b", "https://api.payday.is:8443/a/b"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("http://127.9.9.9:80/x/", "http://127.9.9.9/x"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:5000", "http://[::1]:5000"),
        ("https://192.168.1.5", "https://192.168.1.5"),
        ("https://dæmi.is", "https://xn--dmi-yla.is"),
    ],
)
def test_the_one_written_form(typed, kept):
    assert normalise(typed) == kept == normalise(kept)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"), ("   ", "empty"),
        ("http://api.payday.is", "not_https"), ("http://127.0.0.1.evil.example", "not_https"),
        ("http://localhost.evil.example", "not_https"), ("http://0.0.0.0", "not_https"), ("http://2130706433", "not_https"),
        ("http://127.1", "not_https"), ("http://192.168.1.5", "not_https"), ("ftp://127.0.0.1", "not_https"),
        ("file:///etc/passwd", "bad"), ("https://", "bad"), ("https://a b", "bad"), ("https://a\nb", "bad"),
        ("https://a:99999", "bad"), ("https://a:x", "bad"), ("https://a:0", "bad"), ("https://[::1", "bad"),
        ("https://a\\@b", "bad"), ("https://a..b", "bad"), ("https://" + "a" * 300, "bad"), ("https://a/ð", "bad"),
        ("https://user@a", "user_info"), ("https://user:pass@a", "user_info"), ("http://127.0.0.1@evil.example", "user_info"),
        ("https://a?b=c", "query"), ("https://a/#b", "query"),
    ],
)  # fmt: skip
def test_what_is_refused(typed, code):
    with pytest.raises(SetupError) as caught:
        normalise(typed)
    assert caught.value.code == f"address.{code}"
    assert "pass" not in str(caught.value)


def test_loopback():
    assert all(map(is_loopback, ("127.0.0.1", "::1", "LOCALHOST", "localhost.")))
    assert not any(map(is_loopback, ("0.0.0.0", "127.0.0.1.example", "::", "10.0.0.1", "")))


def test_the_origin_has_its_port():
    assert origin("https://A.example/x?y") == origin("https://a.example:443") == ("https", "a.example", 443)

"""The environment's proxy is used for encrypted connections, and never for this computer."""

from __future__ import annotations

import pytest

from bridge_gui.errors import Passing, SetupError
from bridge_gui.web.manners import Manners
from bridge_gui.web.proxy import Proxy, parse_proxy, system_proxy
from bridge_gui.web.transport import LineTransport
from bridge_gui.web.waiting import SystemClock
from tests.web.toys import raw


@pytest.fixture
def settings(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_the_environments_proxy_and_its_exceptions(settings):
    settings.setenv("HTTPS_PROXY", "http://user:p%40ss@proxy.example:3128")
    settings.setenv("NO_PROXY", "inside.example")
    found = system_proxy("https", "vendor.example")
    assert found == Proxy("proxy.example", 3128, {"Proxy-Authorization": "Basic dXNlcjpwQHNz"})
    assert "dXNl" not in repr(found)
    assert [system_proxy("https", host) for host in ("inside.example", "127.0.0.1", "localhost", "::1")] == [
        None
    ] * 4
    assert system_proxy("http", "127.0.0.1") is None


def test_without_a_setting_there_is_none(settings):
    assert system_proxy("https", "vendor.example") is None


def test_kinds_of_proxies_we_do_not_speak_are_said_so():
    assert parse_proxy("proxy.example") == Proxy("proxy.example", 80)
    for address in ("socks5://proxy.example:1", "https://proxy.example", "http://"):
        with pytest.raises(SetupError, match=r"net\.proxy_kind"):
            parse_proxy(address)


def test_a_call_goes_through_the_proxys_tunnel_and_a_refusal_there_never_left(toy, bench):
    proxy = toy(raw(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"))
    transport = LineTransport(
        SystemClock(),
        proxy=lambda _scheme, _host: Proxy("127.0.0.1", proxy.port, {"Proxy-Authorization": "Basic abc"}),
    )
    table = bench("https://vendor.example", transport=transport, manners=Manners(tries=2))
    with pytest.raises(Passing, match=r"net\.proxy"):
        table.client.write("POST", "/a", json={"secret": "s"})
    assert [(got.method, got.target, got.body) for got in proxy.received] == [
        ("CONNECT", "vendor.example:443", b"")
    ] * 2
    assert proxy.received[0].headers["proxy-authorization"] == "Basic abc"
    assert table.calls == 0

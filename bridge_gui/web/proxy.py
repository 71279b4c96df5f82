"""Which proxy, if any, stands between us and a host: the environment's or the system's own setting."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from bridge_gui.errors import SetupError
from bridge_gui.web.address import is_loopback


@dataclass(frozen=True)
class Proxy:
    """An http proxy through which encrypted connections are tunnelled."""

    host: str
    port: int
    headers: dict[str, str] = field(default_factory=dict, repr=False)


def system_proxy(scheme: str, host: str) -> Proxy | None:
    """The proxy for an https host; never one for loopback. Raises `SetupError` for kinds we do not speak."""
    if scheme != "https" or is_loopback(host) or proxy_bypass(host):
        return None
    address = getproxies().get("https", "")
    return parse_proxy(address) if address else None


def parse_proxy(address: str) -> Proxy:
    """The proxy written as `http://user:password@host:port`, of which only the host is needed."""
    parts = urlsplit(address if "://" in address else "http://" + address)
    if parts.scheme != "http" or not parts.hostname:
        raise SetupError("net.proxy_kind", scheme=parts.scheme)
    headers: dict[str, str] = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = "Basic " + b64encode(pair.encode()).decode()
    return Proxy(parts.hostname, parts.port or 80, headers)

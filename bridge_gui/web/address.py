"""A vendor's address as typed by the user: what is acceptable, and its one written form."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from bridge_gui.errors import SetupError


def is_loopback(host: str) -> bool:
    """Whether the host can only be this computer: localhost, 127.0.0.0/8 or ::1."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def normalise(typed: str) -> str:
    """The address with its scheme, lower-case host and no slash at the end; https, or http for loopback.

    Raises `SetupError`: address.empty, address.bad, address.not_https, address.user_info, address.query.
    """
    text = typed.strip()
    if not text:
        raise SetupError("address.empty")
    parts = _split(text if "://" in text else "https://" + text)
    _check(parts)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host.encode("idna").decode()
    port = f":{parts.port}" if parts.port not in (None, _default_port(parts.scheme)) else ""
    return f"{parts.scheme}://{shown}{port}{parts.path.rstrip('/')}"


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what must stay the same for a sign-in to go along; empty for nonsense."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or _default_port(parts.scheme)
    except ValueError:
        return "", "", 0


def quoted(path: str) -> str:
    """The path, with its query if it has one, fit to be sent; what is quoted already stays as it is."""
    return quote(path, safe="/?%:@!$&'()*+,;=~[]")


def joined(url: str, link: str) -> str:
    """Where a link on the page at `url` leads, fit to be sent; empty for nonsense."""
    try:
        return quoted(urldefrag(urljoin(url, link)).url)
    except ValueError:
        return ""


def _split(text: str) -> SplitResult:
    if not text.isprintable() or any(sign in text for sign in " \\<>\"'%"):
        raise SetupError("address.bad")
    try:
        parts = urlsplit(text)
        ok = parts.port != 0 and parts.path.isascii() and _is_name(parts.hostname or "")
    except ValueError:
        ok = False
    if not ok:
        raise SetupError("address.bad")
    return parts


def _is_name(host: str) -> bool:
    """Whether it can be a host; IPv6 passes as it is, `urlsplit` has looked at its brackets."""
    try:
        return 0 < len(host.encode("idna")) <= 253
    except UnicodeError:
        return False


def _check(parts: SplitResult) -> None:
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None:
        raise SetupError("address.user_info", host=host)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise SetupError("address.not_https", host=host)
    if parts.query or parts.fragment:
        raise SetupError("address.query", host=host)


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80

"""Where Sharefox is, and how a shop is named to it."""

from __future__ import annotations

import re

from bridge_gui.errors import SetupError

VENDOR = "Sharefox"
PRODUCTION = "https://api.mysharefox.com"
SECOND = f"{PRODUCTION}/api-v2"
BY_PASSWORD, BY_TOKEN = "password", "token"
LOCALE = "no"
_DOMAIN = re.compile(
    r"(?:https?://)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?:/.*)?", re.IGNORECASE
)


def shop_domain(typed: str) -> str:
    """The shop's whole domain, however much of its address was copied.

    QUIRK: the shop's name alone fails, it must be the full domain (sharefox.md 1, spec).
    """
    found = _DOMAIN.fullmatch(typed.strip())
    if not found:
        raise SetupError("sharefox.domain", domain=typed.strip()[:60])
    return found.group(1).lower()

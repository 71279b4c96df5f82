"""Signing in at Pipedrive with the customer's own private app, and where the company is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from bridge_gui.errors import SetupError
from bridge_gui.web.oauth.terms import OAuth

PRODUCTION = "https://api.pipedrive.com"
BY_TOKEN, BY_APP = "token", "app"
# QUIRK: an app has exactly one callback address, so there is one port (pipedrive.md 2.2, docs).
REDIRECT = "http://localhost:8770/callback"
DISUSE, WARN_AFTER = timedelta(days=60), timedelta(days=45)
_DOMAIN = re.compile(r"(?:https://)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.pipedrive\.com)?/?", re.IGNORECASE)


def terms(endpoint: str, values: Mapping[str, str]) -> OAuth:
    """How to sign in: a secret instead of PKCE, and no scopes, which are ticked at the app itself."""
    host = "https://oauth.pipedrive.com" if endpoint.rstrip("/") == PRODUCTION else endpoint
    return OAuth(
        authorize=f"{host}/oauth/authorize",
        # QUIRK: with a slash at the end a renewal is redirected and lost (pipedrive.md 2.2, code).
        token=f"{host}/oauth/token",
        revoke=f"{host}/oauth/revoke",
        client_id=values.get("client_id", "").strip(),
        redirects=(REDIRECT,),
        pkce=False,
        basic=True,
        disuse=DISUSE,
        warn_after=WARN_AFTER,
    )


def company_domain(typed: str) -> str:
    """The company's own part of its address, however much of the address was copied."""
    found = _DOMAIN.fullmatch(typed.strip())
    if not found:
        raise SetupError("pipedrive.domain", domain=typed.strip()[:60])
    return found.group(1).lower()


def address(endpoint: str, domain: str) -> str:
    """Where to call: the company's own host (the right data centre), unless another was typed in."""
    return f"https://{domain}.pipedrive.com" if endpoint.rstrip("/") == PRODUCTION else endpoint

"""Signing in at Intuit with the user's own app: listening for development keys, pasting for production."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bridge_gui.web.oauth.terms import OAuth

PRODUCTION = "https://quickbooks.api.intuit.com"
SANDBOX = "https://sandbox-quickbooks.api.intuit.com"
SCOPES = ("com.intuit.quickbooks.accounting",)
# QUIRK: plain http on this computer works with development keys only (quickbooks.md 0.1, spec).
LISTENED = ("http://localhost:8780/callback",)
# QUIRK: production keys want an https address with a host name; Intuit's own page shows what it was
# called with, and the user pastes that (quickbooks.md 2, code).
PASTED = ("https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl",)
# The value before the newest dies 24 hours after the new one was handed out (quickbooks.md 2.3).
GRACE = timedelta(hours=23)
DISUSE, WARN_AFTER = timedelta(days=100), timedelta(days=80)


def terms(endpoint: str, values: Mapping[str, str]) -> OAuth:
    """How to sign in at an endpoint: Intuit's own hosts, or all at one address (a sandbox of ours)."""
    own = endpoint.rstrip("/") in (PRODUCTION, SANDBOX)
    page, token, revoke = (
        (
            "https://appcenter.intuit.com",
            "https://oauth.platform.intuit.com",
            "https://developer.api.intuit.com",
        )
        if own
        else (endpoint, endpoint, endpoint)
    )
    return OAuth(
        authorize=f"{page}/connect/oauth2",
        token=f"{token}/oauth2/v1/tokens/bearer",
        revoke=f"{revoke}/v2/oauth2/tokens/revoke",
        client_id=values.get("client_id", "").strip(),
        scopes=SCOPES,
        redirects=PASTED if endpoint.rstrip("/") == PRODUCTION else LISTENED,
        pkce=False,
        basic=True,
        revoke_json=True,
        grace=GRACE,
        disuse=DISUSE,
        warn_after=WARN_AFTER,
    )

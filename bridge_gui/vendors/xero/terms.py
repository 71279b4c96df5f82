"""Signing in at Xero: the user's own app, PKCE without a secret, and addresses on three hosts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bridge_gui.web.oauth.terms import OAuth

PRODUCTION = "https://api.xero.com"
# QUIRK: "localhost" by name, never 127.0.0.1, and every address registered with the app (xero.md 0).
REDIRECTS = (
    "http://localhost:8765/callback",
    "http://localhost:8766/callback",
    "http://localhost:8767/callback",
)
# QUIRK: apps made since March 2026 get these small scopes only (xero.md 2.3).
SCOPES = (
    "openid",
    "profile",
    "email",
    "offline_access",
    "accounting.invoices",
    "accounting.contacts",
    "accounting.settings.read",
    "accounting.payments",
    "accounting.attachments",
)
GRACE = timedelta(minutes=30)
DISUSE, WARN_AFTER = timedelta(days=60), timedelta(days=45)


def terms(endpoint: str, values: Mapping[str, str]) -> OAuth:
    """How to sign in at an endpoint: Xero's own hosts, or all at one address (a sandbox)."""
    own = endpoint == PRODUCTION
    login, identity = ("https://login.xero.com", "https://identity.xero.com") if own else (endpoint, endpoint)
    return OAuth(
        authorize=f"{login}/identity/connect/authorize",
        token=f"{identity}/connect/token",
        revoke=f"{identity}/connect/revocation",
        client_id=values.get("client_id", "").strip(),
        scopes=SCOPES,
        redirects=REDIRECTS,
        grace=GRACE,
        disuse=DISUSE,
        warn_after=WARN_AFTER,
    )

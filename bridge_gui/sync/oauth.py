"""A connection's sign-in by OAuth 2, put together from what an adapter is opened with."""

from __future__ import annotations

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.web.oauth.access import OAuthSignIn
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.oauth.tokens import TokenDoor


def oauth_sign_in(
    context: ConnectionContext, terms: OAuth, vendor: str, *, field: str = "sign_in", secret: str = ""
) -> OAuthSignIn:
    """Signs this connection's requests; `field` is where the grant is kept, `secret` the app's own."""
    return OAuthSignIn(
        TokenDoor(terms, secret, context.wire, vendor),
        terms,
        context.access,
        kept=lambda: context.secret(field),
        keep=lambda text: context.store_secret(field, text),
        wire=context.wire,
        noted=context.noted,
    )

"""Whether a request is signed by the App, and whether the App is installed.

Facts: salescloud.md section 2.1 (headers, `App <signature>`, over app uuid, public key and body).
Inferred: hex HMAC-SHA256 over their plain concatenation; the encoding and a separator are switches, and so
is the way of refusing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import Headers

APP = "a9900000-0000-4000-8000-000000000001"
PUBLIC_KEY = "example-public-key-0001"
FIRST_SECRET = "example-secret-key-of-the-sandbox-0001"  # noqa: S105 - invented, for the sandbox only
ORGANIZATION = "9b1de000-0000-4000-8000-000000000001"


def signed(secret: str, body: bytes, settings: Mapping[str, Any]) -> str:
    """The signature a request with this body has to carry."""
    separator = str(settings["signature_separator"]).encode()
    message = separator.join([APP.encode(), PUBLIC_KEY.encode(), body])
    digest = hmac.new(secret.encode(), message, hashlib.sha256).digest()
    return base64.b64encode(digest).decode() if settings["signature_encoding"] == "base64" else digest.hex()


def holds(headers: Headers, secret: str, body: bytes, settings: Mapping[str, Any]) -> bool:
    """Whether app, public key and signature are right."""
    wanted = f"App {signed(secret, body, settings)}"
    told = headers.get("Authorization", "")
    return (
        headers.get("SalesCloud-Application") == APP
        and headers.get("SalesCloud-Application-Public-Key") == PUBLIC_KEY
        and hmac.compare_digest(told.encode(), wanted.encode())
    )

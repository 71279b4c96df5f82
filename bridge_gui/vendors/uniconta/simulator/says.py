"""What Uniconta says when it refuses.

Fact: the names of the codes (uniconta.md 6). INFERRED, in this one place: how they travel; no source shows a
body. So the status and the form are switches: 400, 500 or 200; a JSON string, an object, or plain text.
"""

from __future__ import annotations

import msgspec

from bridge_gui.sandbox.kit import Refusal, Settings


def refusal(settings: Settings, code: str) -> Refusal:
    """A refused write or read, in the form that the switches say."""
    status, form = int(settings["error_status"]), settings["error_body"]
    if form == "text":
        return Refusal(status, f"Uniconta returned: {code}")
    if form == "object":
        return Refusal(status, {"Message": "The request could not be completed.", "Error": code})
    return Refusal(status, msgspec.Raw(msgspec.json.encode(code)))


def nobody() -> Refusal:
    """Wrong credentials: nothing is said."""
    return Refusal(401, "", {"WWW-Authenticate": 'Basic realm="Uniconta"'})

"""What webcrm says when it refuses.

Fact: the body of a 429 (webcrm.md 4). INFERRED, in this one place: every other text and type; the shape
`Message` and `Type` is taken over from the 429, as webcrm.md 4 supposes.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Refusal


def refused(message: str, status: int = 400, kind: str = "ValidationException") -> Refusal:
    """A refusal in words."""
    return Refusal(status, {"Message": message, "Type": kind})


def missing(what: str, key: object) -> Refusal:
    """Nothing of that id."""
    return refused(f"{what} {key} was not found.", 404, "NotFoundException")


def unauthorized(message: str = "Authorization has been denied for this request.") -> Refusal:
    """No token, an old one, or one without the right."""
    return refused(message, 401, "UnauthorizedException")


def too_many(seconds: int) -> Refusal:
    """The minute's quota is used up."""
    body = {
        "RetryAfterSeconds": seconds,
        "Message": f"API calls quota exceeded. Retry after {seconds} seconds.",
        "Type": "TooManyRequestsException",
    }
    return Refusal(429, body, {"Retry-After": str(seconds)})

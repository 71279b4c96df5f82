"""What HighLevel says when it refuses, in its several forms.

Facts: highlevel.md 1, 2, 3.2, 7. INFERRED, in this one place: every text of `Unsure`.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc, Refusal

NO_VERSION, WRONG_VERSION = "version header was not found.", "version header is invalid"
NO_TOKEN = "Invalid Private Integration token"  # noqa: S105 - a sentence
NOT_ACCESSIBLE = "This location is not accessible from this token!"
NO_ACCESS = "The token does not have access to this location."
NO_SCOPE = "The token is not authorized for this scope."
DUPLICATE = "This location does not allow duplicated contacts."
CLOUDFLARE = (
    "<!DOCTYPE html><html><head><title>Access denied | services.leadconnectorhq.com used Cloudflare to"
    " restrict access</title></head><body><h1>Error 1010</h1><p>The owner of this website has banned your"
    " access based on your browser's signature.</p></body></html>"
)


class Unsure:
    """Texts that no source shows."""

    NOT_FOUND = "{} with id {} not found"
    PAID = "Invoice is already paid"
    PROCESSING = "A payment for this invoice is in progress"
    TOO_MUCH = "Amount is more than the amount due"
    NOT_EDITABLE = "Invoice cannot be updated in its present status"
    NOT_VOIDABLE = "Invoice cannot be voided in its present status"
    DND = "Cannot send message as DND is active for this channel."
    NO_EMAIL = "Contact does not have an email address"
    NO_PHONE = "Contact does not have a phone number"
    DRAFT = "Workflow is not published"


def bad(message: str, status: int = 400, **more: object) -> Refusal:
    """A refusal in words."""
    return Refusal(status, {"statusCode": status, "message": message, **more})


def unauthorized(message: str, status: int = 401) -> Refusal:
    """A token that does not open this."""
    error = "Unauthorized" if status == 401 else "Forbidden"
    return Refusal(status, {"statusCode": status, "message": message, "error": error})


def unprocessable(*messages: str, keep: bool = False) -> Refusal:
    """What the validation says, as a list."""
    body: Doc = {"statusCode": 422, "message": list(messages), "error": "Unprocessable Entity"}
    return Refusal(422, body, keep=keep)


def missing(kind: str, key: str, trace: str = "") -> Refusal:
    """QUIRK: payments and invoices spell a 404 with `status`, not `statusCode` (highlevel.md 7)."""
    if kind == "Order":
        body: Doc = {"status": 404, "message": "Order not found", "name": "HttpException", "traceId": trace}
        return Refusal(404, body)
    return Refusal(404, {"statusCode": 404, "message": Unsure.NOT_FOUND.format(kind, key), "traceId": trace})

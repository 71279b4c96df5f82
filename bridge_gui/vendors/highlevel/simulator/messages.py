"""Messages to one contact: by e-mail or as a text.

Facts: highlevel.md 3.5. Inferred: in `says.Unsure`; who set DND for a channel or for all gets none.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.highlevel.simulator.crm import Crm, sent
from bridge_gui.vendors.highlevel.simulator.says import Unsure, bad, missing, unprocessable

KINDS = {"SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK"}


class MessageDesk:
    """Takes messages; where they went is in its table."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """The one path."""
        return [("POST", "/conversations/messages", self.send)]

    def send(self) -> Doc:
        """A message, queued."""
        body = sent()
        if body.get("type") not in KINDS:
            raise unprocessable("type must be a valid enum value")
        if not body.get("contactId"):
            raise unprocessable("contactId should not be empty")
        contact = self._crm.contacts.get(str(body["contactId"]))
        if contact is None or contact.get("_into"):
            raise missing("Contact", str(body["contactId"]), self._crm.trace())
        self._check(contact, body)
        key = self._crm.new_id("message")
        text = str(body.get("html") or body.get("message") or "")
        row = {
            "contactId": contact["id"],
            "type": body["type"],
            "subject": body.get("subject", ""),
            "text": text,
        }
        self._crm.messages.put({"id": key, **row, "at": self._crm.stamp()})
        told: Doc = {"conversationId": f"conv{contact['id'][:16]}", "messageId": key}
        if body["type"] == "Email":
            told["emailMessageId"] = key
        return {**told, "msg": "Message queued successfully.", "status": "pending"}

    @staticmethod
    def _check(contact: Doc, body: Doc) -> None:
        kind = body["type"]
        channel = (contact.get("dndSettings") or {}).get(kind) or {}
        if contact.get("dnd") or channel.get("status") in {"active", "permanent"}:
            raise bad(Unsure.DND)
        if kind == "Email" and not contact.get("email"):
            raise bad(Unsure.NO_EMAIL)
        if kind == "SMS" and not contact.get("phone"):
            raise bad(Unsure.NO_PHONE)
        if kind == "Email" and not (body.get("html") or body.get("message")):
            raise unprocessable("html should not be empty")
        if kind == "SMS" and not body.get("message"):
            raise unprocessable("message should not be empty")

"""Words to a contact: sent once, and nobody can look up afterwards whether they went.

INFERRED: a field that the document requires (`subType`) is left out, as all clients do (highlevel.md 3.5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from bridge_gui.errors import NoSuchTarget, Refused
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.highlevel.client import HighLevelClient
from bridge_gui.vendors.highlevel.payloads import Tags, Workflows
from bridge_gui.web.decode import UNREADABLE

Result = TypeVar("Result")
_PUBLISHED = "published"


class HighLevelWords:
    """Messages, workflows and tags of one location."""

    _client: HighLevelClient

    def workflows(self) -> tuple[Option, ...]:
        """The workflows that can be begun; `offered` False for drafts."""
        found = self._client.read("workflows/", Workflows, {"locationId": self._client.location}).workflows
        ordered = sorted(found, key=lambda row: row.name.casefold())
        return tuple(Option(key=row.id, title=row.name, offered=row.status == _PUBLISHED) for row in ordered)

    def tags(self) -> tuple[Option, ...]:
        """The tags there are; `key` is what `tag_person` takes: the name itself."""
        found = self._client.read(f"locations/{self._client.location}/tags", Tags).tags
        return tuple(
            Option(key=row.name, title=row.name) for row in sorted(found, key=lambda row: row.name.casefold())
        )

    def send_email(self, person: str, subject: str, html: str) -> str:
        """Send one e-mail; the message's id."""
        body = {"type": "Email", "contactId": person, "subject": subject, "html": html, "status": "pending"}
        return self._sent(person, body)

    def send_text(self, person: str, text: str) -> str:
        """Send one text message; the message's id."""
        return self._sent(person, {"type": "SMS", "contactId": person, "message": text, "status": "pending"})

    def begin_workflow(self, person: str, workflow: str, at: datetime) -> None:
        """Put a contact into a workflow."""
        body = {"eventStartTime": at.isoformat(timespec="seconds")}
        told = self._once(person, f"contacts/{person}/workflow/{workflow}", body)
        done = told.get("succeeded", told.get("succeded"))  # QUIRK: spelt so (highlevel.md 3.2)
        if done is not None and bytes(done).strip() == b"false":
            raise Refused("highlevel.refused", text="succeded: false", contact="")

    def tag_person(self, person: str, tag: str) -> None:
        """Add a tag to those a contact has."""
        self._once(person, f"contacts/{person}/tags", {"tags": [tag]})

    def _sent(self, person: str, body: Mapping[str, Any]) -> str:
        told = self._once(person, "conversations/messages", body)
        found = told.get("messageId", told.get("emailMessageId"))
        try:
            return msgspec.json.decode(found, type=str) if found is not None else ""
        except UNREADABLE:
            return ""

    def _once(self, person: str, path: str, body: Mapping[str, Any]) -> dict[str, msgspec.Raw]:
        return _named(lambda: self._client.write("POST", path, body), person)


def _named(work: Callable[[], Result], person: str) -> Result:
    """Whom it was about, where somebody is gone."""
    try:
        return work()
    except NoSuchTarget as error:
        raise NoSuchTarget("highlevel.not_found", target=person) from error

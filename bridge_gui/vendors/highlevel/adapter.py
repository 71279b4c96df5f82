"""HighLevel in Bridge's terms: one location with its checkout, its invoices, its people."""

from __future__ import annotations

from bridge_gui.errors import SetupError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.highlevel.client import HighLevelClient
from bridge_gui.vendors.highlevel.invoices import HighLevelInvoices
from bridge_gui.vendors.highlevel.people import HighLevelPeople
from bridge_gui.vendors.highlevel.words import HighLevelWords


class HighLevelAdapter(HighLevelPeople, HighLevelInvoices, HighLevelWords):
    """One location at HighLevel."""

    def __init__(self, client: HighLevelClient) -> None:
        self._client = client

    @classmethod
    def open(cls, context: ConnectionContext) -> HighLevelAdapter:
        """The adapter of a connection; calls nobody yet.

        QUIRK: a line break that was copied along gave a 401 (highlevel.md 2).
        """
        location = "".join(context.values.get("location", "").split())
        token = "".join(context.secret("token").split())
        return cls(HighLevelClient(context.endpoint, location, token, context.wire))

    def company(self) -> Company:
        """The location; raises what the user has to mend."""
        if not self._client.location:
            raise SetupError("highlevel.wrong_location")
        place = self.place()
        return Company(id=place.id, name=place.name)

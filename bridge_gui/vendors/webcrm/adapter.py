"""webcrm in Bridge's terms: organisations, people, the price list, sold orders."""

from __future__ import annotations

from hashlib import sha256

from bridge_gui.accounting.trade import Holder
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.webcrm import query
from bridge_gui.vendors.webcrm.client import WebcrmClient
from bridge_gui.vendors.webcrm.deliveries import WebcrmDeliveries
from bridge_gui.vendors.webcrm.fields import Fields
from bridge_gui.vendors.webcrm.organisations import WebcrmOrganisations
from bridge_gui.vendors.webcrm.people import WebcrmPeople
from bridge_gui.vendors.webcrm.price_list import WebcrmPriceList
from bridge_gui.vendors.webcrm.records import Records
from bridge_gui.vendors.webcrm.row import changed
from bridge_gui.vendors.webcrm.terms import DELIVERY, ORGANISATION, PERSON, VENDOR


class WebcrmAdapter(WebcrmOrganisations, WebcrmPeople, WebcrmPriceList, WebcrmDeliveries):
    """One customer's webcrm; `named` is what the user calls it, because webcrm does not say."""

    def __init__(self, client: WebcrmClient, named: str) -> None:
        self._client, self._named = client, named
        self._records = Records(client, Fields(client))

    @classmethod
    def open(cls, context: ConnectionContext) -> WebcrmAdapter:
        """The adapter of a connection; calls nobody yet."""
        code = "".join(context.secret("token").split())
        client = WebcrmClient(context.endpoint, code, context.wire, context.access)
        return cls(client, context.values.get("name", "").strip())

    def company(self) -> Company:
        """Sign in, see that all rights are there, and tell this webcrm from any other.

        INFERRED: nothing names the company; its first user, who stays whatever token is used, tells it apart.
        """
        self._client.probe()
        for table in (ORGANISATION, PERSON, DELIVERY):
            list(self._client.query(table, query.none(table), self._client.cancel))
        self.own_fields(Holder.ORGANISATION)
        users = [row for page in self._client.listed("Users", "UserId", self._client.cancel) for row in page]
        if not users:
            raise changed("UserId")
        first = min(users, key=lambda row: int(row.id("UserId") or 0))
        first.instant("UserCreatedAt")  # only an instant may say which company it is
        told = f"{first.id('UserId')} {first.text('UserCreatedAt')}"
        return Company(id=sha256(told.encode()).hexdigest()[:12], name=self._named or VENDOR)

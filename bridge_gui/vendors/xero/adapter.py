"""Xero in Bridge's terms: one organisation with its invoices, customers and what a line may name."""

from __future__ import annotations

from bridge_gui.errors import Passing, SetupError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.oauth import oauth_sign_in
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.xero.bills import XeroBills
from bridge_gui.vendors.xero.client import XeroClient
from bridge_gui.vendors.xero.customers import XeroCustomers
from bridge_gui.vendors.xero.payloads import VENDOR
from bridge_gui.vendors.xero.refusals import HOUR
from bridge_gui.vendors.xero.selling import XeroSelling
from bridge_gui.vendors.xero.terms import terms
from bridge_gui.web.meter import Meter

RESERVE = 100
"""Calls of a day that are left to what a person orders; looking for changes waits."""


class XeroAdapter(XeroSelling, XeroBills, XeroCustomers):
    """One organisation at Xero; `tenant` says which of those the user has let us into."""

    def __init__(self, client: XeroClient, tenant: str, meter: Meter, connection: str) -> None:
        self._client = client
        self._tenant = tenant
        self._meter, self._connection = meter, connection

    @classmethod
    def open(cls, context: ConnectionContext) -> XeroAdapter:
        """The adapter of a connection; calls nobody yet."""
        sign_in = oauth_sign_in(context, terms(context.endpoint, context.values), VENDOR)
        tenant = context.values.get("tenant", "").strip()
        client = XeroClient(context.endpoint, tenant, context.wire, sign_in)
        return cls(client, tenant, context.wire.meter, context.wire.connection)

    def companies(self) -> tuple[Company, ...]:
        """The organisations the user has let us into."""
        found = self._client.connections()
        return tuple(
            Company(id=one.tenant_id, name=one.tenant_name)
            for one in found
            if one.tenant_type == "ORGANISATION"
        )

    def company(self) -> Company:
        """Sign in and name the organisation; it is always the one that was chosen, never another."""
        if not self._tenant:
            raise SetupError("xero.no_organisation")
        found = self.organisation
        return Company(id=self._tenant, name=found.name, number=found.registration_number)

    def leave_company(self) -> None:
        """End the access to this organisation; others of the same user stay."""
        for one in self._client.connections():
            if one.tenant_id == self._tenant:
                self._client.disconnect(one.id)

    def _spare(self) -> None:
        """QUIRK: the smallest plan has 1,000 calls a day and organisation (xero.md 2.5)."""
        told = {one.span: one.left for one in self._meter.allowances().get(self._connection, ())}
        if told.get("day", RESERVE) < RESERVE:
            raise Passing("xero.day_spared", retry_after=HOUR)

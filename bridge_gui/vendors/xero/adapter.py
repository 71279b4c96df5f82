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
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import Clock

RESERVE = 100
"""Calls of a day that are left to what a person orders; looking for changes waits."""


class Quota:
    """The calls of a day that are left, as all jobs of a connection know them.

    QUIRK: the smallest plan has 1,000 calls a day and organisation (xero.md 2.5).
    """

    def __init__(self, access: Access, clock: Clock) -> None:
        self._access, self._clock = access, clock

    def told(self, span: str, left: int) -> None:
        """Xero said how many are left; with few, looking for changes rests for an hour."""
        if span == "day":
            low = left < RESERVE
            self._access.quiet_until = self._clock.monotonic() + HOUR if low else 0.0

    def spare(self) -> None:
        """Refuse a look for changes while that rests; one an hour finds out whether a new day has begun."""
        wait = self._access.quiet_until - self._clock.monotonic()
        if wait > 0:
            raise Passing("xero.day_spared", retry_after=wait)


class XeroAdapter(XeroSelling, XeroBills, XeroCustomers):
    """One organisation at Xero; `tenant` says which of those the user has let us into."""

    def __init__(self, client: XeroClient, tenant: str, quota: Quota) -> None:
        self._client = client
        self._tenant = tenant
        self._spare = quota.spare

    @classmethod
    def open(cls, context: ConnectionContext) -> XeroAdapter:
        """The adapter of a connection; calls nobody yet."""
        sign_in = oauth_sign_in(context, terms(context.endpoint, context.values), VENDOR)
        tenant = context.values.get("tenant", "").strip()
        quota = Quota(context.access, context.clock)
        client = XeroClient(context.endpoint, tenant, context.wire, sign_in, quota.told)
        return cls(client, tenant, quota)

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

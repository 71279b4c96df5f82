"""QuickBooks in Bridge's terms: one company with its sales, payments, customers and what a sale may name."""

from __future__ import annotations

import re
from contextlib import suppress

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.oauth import oauth_sign_in
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.quickbooks.buyers import QuickBooksBuyers
from bridge_gui.vendors.quickbooks.client import QuickBooksClient
from bridge_gui.vendors.quickbooks.payloads import VENDOR
from bridge_gui.vendors.quickbooks.payments import QuickBooksPayments
from bridge_gui.vendors.quickbooks.sales import QuickBooksSales
from bridge_gui.vendors.quickbooks.selling import QuickBooksSelling
from bridge_gui.vendors.quickbooks.terms import terms
from bridge_gui.web.oauth.grant import Grant, load
from bridge_gui.web.oauth.tokens import TokenDoor

SIGN_IN, SECRET = "sign_in", "client_secret"
REALM = "realmId"
"""What the last page of the sign-in names the company by (quickbooks.md 2)."""
_REALM = re.compile(r"\d{1,30}")


class QuickBooksAdapter(QuickBooksSelling, QuickBooksSales, QuickBooksPayments, QuickBooksBuyers):
    """One company at QuickBooks; the sign-in says which one, and leads to no other."""

    def __init__(self, context: ConnectionContext, client: QuickBooksClient | None = None) -> None:
        self._context, self._clock = context, context.clock
        self._client = client or self._opened()

    @classmethod
    def open(cls, context: ConnectionContext) -> QuickBooksAdapter:
        """The adapter of a connection; calls nobody yet."""
        return cls(context)

    def companies(self) -> tuple[Company, ...]:
        """The one company that was chosen at Intuit's page."""
        realm = self._grant().extra.get(REALM, "")
        return (Company(id=realm, name=self.organisation.company_name),) if realm else ()

    def company(self) -> Company:
        """Sign in and name the company."""
        return Company(id=self._realm(), name=self.organisation.company_name)

    def leave_company(self) -> None:
        """End the sign-in at Intuit; one that has ended already is no error."""
        how = terms(self._context.endpoint, self._context.values)
        door = TokenDoor(how, self._secret(), self._context.wire, VENDOR)
        with suppress(SignInError):
            door.revoke(self._grant().refresh)

    def takes_currencies(self) -> bool:
        """Whether a customer has a currency of its own."""
        return self.selling_rules().several_currencies

    def _opened(self) -> QuickBooksClient:
        context = self._context
        how = terms(context.endpoint, context.values)
        sign_in = oauth_sign_in(context, how, VENDOR, field=SIGN_IN, secret=self._secret())
        return QuickBooksClient(context.endpoint, self._realm, context.wire, sign_in)

    def _realm(self) -> str:
        """The company of the sign-in; the one kept with the connection has to be the same."""
        kept = self._context.values.get("realm", "").strip()
        told = self._grant().extra.get(REALM, "") or kept
        if not _REALM.fullmatch(told):
            raise SetupError("quickbooks.no_company")
        if kept and kept != told:
            raise SetupError("quickbooks.other_company")
        return told

    def _grant(self) -> Grant:
        return load(self._context.secret(SIGN_IN))

    def _secret(self) -> str:
        return self._context.secret(SECRET)

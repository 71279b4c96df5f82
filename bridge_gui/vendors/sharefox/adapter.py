"""Sharefox in Bridge's terms: one shop's invoice bases, with how their orders are paid."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from bridge_gui.accounting.rentals import RentalInvoice, RentalStanding
from bridge_gui.errors import NoSuchTarget, Refused
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.sharefox import assumed
from bridge_gui.vendors.sharefox.assumed import INVOICES, ORDERS, OrderFacts
from bridge_gui.vendors.sharefox.client import LONG, SharefoxClient, signing_in
from bridge_gui.vendors.sharefox.terms import BY_PASSWORD, BY_TOKEN, shop_domain
from bridge_gui.web.bearer import Fetch
from bridge_gui.web.waiting import Cancel, check

_LOOK_BACK = timedelta(days=31)


class SharefoxAdapter:
    """One shop; its orders are read once per job."""

    def __init__(self, client: SharefoxClient, domain: str, today: Callable[[], date]) -> None:
        self._client = client
        self._domain = domain
        self._today = today
        self._orders: dict[str, OrderFacts] = {}

    @classmethod
    def open(cls, context: ConnectionContext) -> SharefoxAdapter:
        """The adapter of a connection; calls nobody yet."""
        domain = shop_domain(context.values.get("shop_domain", ""))
        client = SharefoxClient(context.endpoint, domain, _fetch(context, domain), context.wire)
        return cls(client, domain, lambda: context.clock.now().date())

    @property
    def scope(self) -> str:
        """Two letters for Sharefox and six signs that are this shop's own."""
        return f"sf-{hashlib.sha256(self._domain.encode()).hexdigest()[:6]}"

    def company(self) -> Company:
        """Sign in and see that invoice bases can be read; nothing tells the shop's name but its domain."""
        self._client.look(INVOICES, "invoices", self._today() - _LOOK_BACK)
        return Company(id=self._domain, name=self._domain)

    def rental_invoices(self, first: date, cancel: Cancel) -> Iterator[Sequence[RentalInvoice]]:
        """Pages of the invoice bases issued since a day, of every type and state, with lines; each once."""
        for page in self._client.pages(INVOICES, "invoices", first, cancel):
            made = [self._whole(row, first) for row in page]
            yield [one for one in made if one is not None and one.day >= first]

    def rental_invoices_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """Fresh copies; what is gone is left out."""
        found = []
        for one in dict.fromkeys(ids):
            check(cancel)
            row = self._client.found(f"{INVOICES}{one}", "invoice", self._today())
            found += [assumed.invoice_of(row)] if row is not None else []
        return tuple(found)

    def paid_by(self, invoices: Sequence[RentalInvoice], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """The same with `method`, `changes` and `order_number` filled in from their orders."""
        return tuple(self._filled(invoice, cancel) for invoice in invoices)

    def methods_seen(self, first: date, cancel: Cancel) -> tuple[str, ...]:
        """The ways to pay, in the shop's words: by invoice, and those of the orders since a day."""
        pages = self._client.pages(ORDERS, "orders", first, cancel)
        seen = {assumed.order_of(row).method for page in pages for row in page}
        return tuple(sorted({assumed.ON_INVOICE, *seen} - {""}))

    def rental_url(self, invoice: RentalInvoice) -> str:
        """Nothing tells where a person opens it."""
        del invoice
        return ""

    def hears(self) -> bool:
        """Whether this shop takes news of payments from others; changes nothing."""
        return self._client.allows(f"{INVOICES}0", "PATCH")

    def tell_standing(self, invoice: str, standing: RentalStanding) -> None:
        """Write it on the invoice basis; a shop that does not want it is `Refused`, never more."""
        try:
            self._client.change(f"{INVOICES}{invoice}", assumed.standing_body(standing))
        except NoSuchTarget:
            raise
        except Refused as error:
            raise Refused("sharefox.not_told", text=str(error.params.get("text", ""))) from error

    def _whole(self, row: dict[str, Any], first: date) -> RentalInvoice | None:
        """With its lines, which a list may leave out."""
        if not assumed.has_lines(row):
            found = self._client.found(f"{INVOICES}{assumed.identity(row)}", "invoice", first)
            if found is None:
                return None
            row = found
        return assumed.invoice_of(row)

    def _filled(self, invoice: RentalInvoice, cancel: Cancel) -> RentalInvoice:
        if invoice.order not in self._orders:
            check(cancel)
            row = self._client.found(f"{ORDERS}{invoice.order}", "order", self._today())
            facts = assumed.order_of(row) if row is not None else OrderFacts(id=invoice.order)
            self._orders[invoice.order] = facts
        facts = self._orders[invoice.order]
        return replace(
            invoice, method=invoice.method or facts.method, changes=facts.changes, order_number=facts.number
        )


def _fetch(context: ConnectionContext, domain: str) -> Fetch:
    """With the token that was typed in, or with one for an administrator's e-mail and password."""
    if context.values.get("way", BY_TOKEN) == BY_PASSWORD:
        email = context.values.get("email", "").strip()
        return signing_in(context.endpoint, domain, email, context.secret("password"), context.wire)
    token = context.secret("token").strip()
    return lambda: (token, LONG)

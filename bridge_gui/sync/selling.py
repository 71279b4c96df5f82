"""What an adapter can do about sales at the books that are invoices, receipts and refunds, and payments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.billing import BillItem
from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.selling import (
    Buyer,
    NewPayment,
    NewSale,
    Payment,
    Sale,
    SaleKind,
    SellingRules,
    Sought,
)
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import BridgeError
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class KeepsSales(Protocol):
    """Keeps invoices, sales receipts and refund receipts."""

    @property
    def changes_reach(self) -> timedelta:
        """How far back `sales_changed` still tells of what was deleted."""
        ...

    def sales_changed(
        self, kinds: Collection[SaleKind], since: datetime, cancel: Cancel
    ) -> Iterator[Sequence[Sale]]:
        """Pages of what changed since an instant, anybody's; deleted ones too as far as `changes_reach`."""
        ...

    def sales_by_id(self, kind: SaleKind, ids: Collection[str], cancel: Cancel) -> tuple[Sale, ...]:
        """Fresh copies with lines, voided ones too; what is gone is left out."""
        ...

    def sales_dated(
        self, kind: SaleKind, first: date, last: date, cancel: Cancel
    ) -> Iterator[Sequence[Sale]]:
        """Pages of the sales of a period, anybody's, voided ones too, with lines and memo."""
        ...

    def sales_sought(self, sought: Sequence[Sought], cancel: Cancel) -> list[tuple[Sale, ...]]:
        """For each what bears its mark as a word of its memo, in any state; one answer each, in order.

        By number where one is given, and where that shows nothing by customer and day: a person may have
        renumbered it, and books that number themselves never had ours.
        """
        ...

    def invoices_of(self, contacts: Collection[str], cancel: Cancel) -> Iterator[Sequence[Sale]]:
        """All invoices of these customers, anybody's, voided ones too."""
        ...

    def make_sales(self, sales: Sequence[NewSale], key: str) -> list[Sale | BridgeError]:
        """Make several in one call, at most thirty, of any kinds; one answer each, in order.

        A refused one is an error of its own. Raises `OutcomeUnknown` for all if the answer is lost.
        """
        ...

    def change_sale(self, now: Sale, wanted: NewSale, key: str) -> Sale:
        """Write a sale anew with all its lines; `now` is as just read. `Conflict` if it changed since."""
        ...

    def void_sale(self, now: Sale, key: str) -> Sale:
        """Void it and read it again; `Conflict` if it changed since."""
        ...

    def sale_url(self, kind: SaleKind, sale: str) -> str:
        """Where a person opens it, https on the vendor's own host."""
        ...


@runtime_checkable
class TakesPayments(Protocol):
    """Keeps payments of its invoices."""

    def payments_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Payment]]:
        """Pages of payments made or changed since an instant, anybody's."""
        ...

    def payments_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Payment, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def payments_of(self, invoice: str, cancel: Cancel) -> tuple[Payment, ...]:
        """The payments linked to an invoice that stand, oldest first."""
        ...

    def make_payments(self, payments: Sequence[NewPayment], key: str) -> list[Payment | BridgeError]:
        """As `make_sales`: at most thirty in one call."""
        ...

    def unlink_payment(self, now: Payment, invoice: str, key: str) -> Payment:
        """Take a payment off one invoice; the money stays with the customer as a credit."""
        ...


@runtime_checkable
class KnowsBuyers(Protocol):
    """Keeps customers by e-mail and by a name that is unique among all whom the books know."""

    def buyers(self, ids: Collection[str], cancel: Cancel) -> tuple[Buyer, ...]:
        """Customers by id, inactive ones included; what is gone is left out."""
        ...

    def buyers_like(self, *, email: str = "", name: str = "") -> tuple[Buyer, ...]:
        """Those with this e-mail address (among several too) or this name, case left aside, inactive too."""
        ...

    def buyers_named(self, text: str, limit: int) -> tuple[Buyer, ...]:
        """A search for a person to choose from."""
        ...

    def buyers_made(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Buyer]]:
        """Pages of the customers made since an instant, oldest first."""
        ...

    def add_buyer(self, buyer: Buyer, key: str) -> Buyer:
        """Make a customer; a name that anybody has is `Refused("quickbooks.name_taken")`."""
        ...


@runtime_checkable
class OffersSelling(Protocol):
    """Has what a sale may name; each list read once per job."""

    def items(self) -> tuple[BillItem, ...]:
        """All active items that are sold; `code` is what a line names."""
        ...

    def add_item(self, name: str, account: str, key: str) -> BillItem:
        """Make a service item that books to this income account; a taken name is `Refused`."""
        ...

    def income_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts an item may book to."""
        ...

    def deposit_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts money may go to."""
        ...

    def payment_methods(self) -> tuple[Option, ...]:
        """The ways to pay that the books know."""
        ...

    def sales_taxes(self) -> tuple[TaxCode, ...]:
        """The active tax codes that sales may bear, with the sum of their rates."""
        ...

    def tax_names(self) -> Mapping[str, str]:
        """What the books call each of these."""
        ...

    def selling_rules(self) -> SellingRules:
        """Country, currencies, closing day, numbering, discounts, tax model."""
        ...

"""What an adapter can do about sales invoices with a life of their own: made, approved, paid, voided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.billing import (
    Bill,
    BillContact,
    BillingRules,
    BillItem,
    BillPayment,
    NewBill,
)
from bridge_gui.accounting.documents import DocumentState, LedgerAccount
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import BridgeError
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class KeepsBills(Protocol):
    """Keeps sales invoices through all their states."""

    def bills_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Bill]]:
        """Pages of all invoices changed since an instant, voided and deleted ones too, with lines."""
        ...

    def bills_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Bill, ...]:
        """Fresh copies with lines; what is gone is left out."""
        ...

    def bills_marked(
        self, marks: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[Bill, ...]]:
        """For each mark the invoices whose reference ends with it, in any state, made or changed since."""
        ...

    def bills_dated(self, first: date, last: date, contact: str, cancel: Cancel) -> Iterator[Sequence[Bill]]:
        """Pages of the invoices of a period, of one customer or (empty) of all, ours or not, with lines."""
        ...

    def make_bills(self, bills: Sequence[NewBill], key: str) -> list[Bill | BridgeError]:
        """Make several in one call, at most fifty; one answer per invoice in order.

        A refused one is an error of its own. Raises `OutcomeUnknown` for all if the answer is lost.
        """
        ...

    def turn(self, bill: str, state: DocumentState, key: str) -> Bill:
        """Submit, approve, void or delete; a refused change of state is `Refused` with its reason."""
        ...

    def send_by_email(self, bill: str, key: str) -> None:
        """Let the books e-mail it to the customer; nobody can look up afterwards whether it went."""
        ...

    def pdf(self, bill: str) -> bytes:
        """The invoice as the customer sees it."""
        ...

    def payments_of(self, bill: str) -> tuple[BillPayment, ...]:
        """The payments of an invoice that stand."""
        ...

    def remove_payment(self, payment: str, key: str) -> None:
        """Take a payment off; a reconciled one is refused."""
        ...

    def happenings(self, bill: str) -> tuple[tuple[datetime, str], ...]:
        """The invoice's history as the books tell it, newest first."""
        ...

    def bill_url(self, bill: str) -> str:
        """Where a person opens it, https on the vendor's own host; empty if it cannot be told."""
        ...


@runtime_checkable
class KeepsCustomers(Protocol):
    """Keeps customers that can be found by e-mail, tax number and name."""

    def customers(self, ids: Collection[str], cancel: Cancel) -> tuple[BillContact, ...]:
        """Customers by id, archived ones included; what is gone is left out."""
        ...

    def customers_like(
        self, *, number: str = "", email: str = "", tax_number: str = "", name: str = ""
    ) -> tuple[BillContact, ...]:
        """Those that equal any of what is given, case left aside, archived ones included."""
        ...

    def customers_named(self, text: str, limit: int) -> tuple[BillContact, ...]:
        """A search for a person to choose from."""
        ...

    def add_customer(self, contact: BillContact, key: str) -> BillContact:
        """Make a customer; a taken name is `Refused`."""
        ...

    def change_customer(self, contact: str, changes: Mapping[str, str], key: str) -> BillContact:
        """Write only these fields (names of `BillContact`), in one call."""
        ...


@runtime_checkable
class KeepsManyCustomers(Protocol):
    """Looks for, and makes, many customers at once."""

    def customers_alike(self, wanted: Sequence[BillContact]) -> tuple[tuple[BillContact, ...], ...]:
        """For each those that share its number, e-mail, tax number or name, archived ones included.

        Always what is there now: a lost write is looked for with it.
        """
        ...

    def add_customers(self, contacts: Sequence[BillContact], key: str) -> list[BillContact | BridgeError]:
        """Make several in one call, at most fifty; one answer per customer in order.

        A refused one is an error of its own. Raises `OutcomeUnknown` for all if the answer is lost.
        """
        ...


@runtime_checkable
class SellsItems(Protocol):
    """Has what an invoice line may name."""

    def items(self) -> tuple[BillItem, ...]:
        """All items that are sold."""
        ...

    def income_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts an invoice line may go to."""
        ...

    def sales_taxes(self) -> tuple[TaxCode, ...]:
        """The tax rates that sales may bear."""
        ...

    def tax_names(self) -> Mapping[str, str]:
        """What the books call each of these tax rates."""
        ...

    def templates(self) -> tuple[Option, ...]:
        """The looks an invoice can have, the default first."""
        ...

    def billing_rules(self) -> BillingRules:
        """Currencies, lock date, what this sign-in may do."""
        ...

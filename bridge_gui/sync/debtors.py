"""What the books' adapter can do about debtors, items, orders, contacts and employees without any keys.

Every `change_...` takes `changes` and `before`: texts by the struct's own field names, or by the name of a
user-defined field. It reads the record, raises `Conflict` if one of `before` is not what stands there now,
writes it whole with only `changes` changed, and gives the record as read back. "" empties a field.

User-defined fields are named by whoever calls. Where a name sent does not come back the books do not have
that field: `PartlyAccepted("uniconta.field_missing", target_id=..., field=..., table=...)` for what was made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.ordering import OrderStanding
from bridge_gui.accounting.trade import (
    BookContact,
    Debtor,
    DebtorOrder,
    Employee,
    Holder,
    NewDebtorOrder,
    StockItem,
)
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class HasDailyCalls(Protocol):
    """Has so many calls a day, which nobody but ourselves counts."""

    @property
    def calls_a_day(self) -> int:
        """How many there are."""
        ...

    @property
    def calls_spent(self) -> tuple[date, int]:
        """The day that counts now, and how many calls are known to be spent on it."""
        ...

    def spent_before(self, day: date, calls: int) -> None:
        """What was spent on a day before this was opened; nothing if that day is over."""
        ...


@runtime_checkable
class HasLists(Protocol):
    """Has lists that debtors, items and employees refer to by key; each read once when first asked."""

    def debtor_groups(self) -> tuple[Option, ...]:
        """Groups of debtors."""
        ...

    def payment_terms(self) -> tuple[Option, ...]:
        """Terms of payment."""
        ...

    def vat_groups(self) -> tuple[Option, ...]:
        """Groups of VAT that sales may bear."""
        ...

    def item_groups(self) -> tuple[Option, ...]:
        """Groups of items."""
        ...

    def own_currency(self) -> str:
        """The currency of the books."""
        ...

    def has_field(self, holder: Holder, name: str) -> bool | None:
        """Whether there is a user-defined field of this name; None where it cannot be told yet."""
        ...


@runtime_checkable
class KeepsDebtors(Protocol):
    """Keeps debtors. Rows bear no date of change: whoever wants changes compares whole readings."""

    def debtors(self, cancel: Cancel) -> tuple[Debtor, ...]:
        """All of them, in one call."""
        ...

    def debtors_by_number(self, numbers: Collection[str], cancel: Cancel) -> tuple[Debtor, ...]:
        """Fresh copies, one call each for a few and one for all for many; what is gone is left out."""
        ...

    def debtors_with(self, field: str, value: str) -> tuple[Debtor, ...]:
        """Those whose field (a name of `Debtor`, or a user-defined field) is just this; one call."""
        ...

    def add_debtor(self, debtor: Debtor) -> Debtor:
        """Make one; as read back. A number that is there is `Refused("uniconta.key_exists")`."""
        ...

    def change_debtor(self, number: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Debtor:
        """Write these fields, never the number; see the top of this file."""
        ...


@runtime_checkable
class KeepsStock(Protocol):
    """Keeps items; rows bear no date of change."""

    def stock_items(self, cancel: Cancel) -> tuple[StockItem, ...]:
        """All of them, blocked and hidden ones too, in one call."""
        ...

    def items_by_number(self, numbers: Collection[str], cancel: Cancel) -> tuple[StockItem, ...]:
        """Fresh copies; what is gone is left out."""
        ...


@runtime_checkable
class TakesDebtorOrders(Protocol):
    """Takes orders. One is several calls, so a method that writes may end in its middle.

    `PartlyAccepted` names the order that is there without all its lines, `OutcomeUnknown` says that it may be
    there. Either way the next step is `complete_order`, never a second `make_order`.
    """

    def debtor_orders(self, cancel: Cancel) -> tuple[DebtorOrder, ...]:
        """All orders that are open, without lines, in one call; an invoiced one may be gone."""
        ...

    def orders_with(self, field: str, value: str, cancel: Cancel) -> tuple[DebtorOrder, ...]:
        """Those whose user-defined field is just this, with lines."""
        ...

    def orders_by_number(
        self, numbers: Collection[str], cancel: Cancel, *, lines: bool = True
    ) -> tuple[DebtorOrder, ...]:
        """Fresh copies; what is gone (invoiced and deleted by the books, or by a person) is left out."""
        ...

    def make_order(self, order: NewDebtorOrder) -> DebtorOrder:
        """Header, then all lines in one call; the order with lines as read back."""
        ...

    def complete_order(self, number: str, order: NewDebtorOrder) -> DebtorOrder:
        """Go on with an unfinished order: read its header and lines, send what is missing.

        `Conflict("uniconta.changed")` if it has lines that are not of this order.
        """
        ...

    def amend_order(self, number: str, order: NewDebtorOrder, before: DebtorOrder) -> DebtorOrder:
        """Make an order that is still as it was read, `before`, into another: only lines that differ.

        `Conflict("uniconta.changed")` if it is no longer that, `Refused("uniconta.locked")` if it may not be
        changed, `Refused("uniconta.invoiced")` once an invoice refers to it, `NoSuchTarget` if it is gone.
        """
        ...

    def standings(
        self, numbers: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[OrderStanding, ...]]:
        """What became of each order number, one standing for each invoice made of it since a day.

        An order that is still there and has no invoice has one standing, ORDERED; one that is neither there
        nor invoiced has one, DELETED. Paid and open are told by the ledger's open entries. A few calls for
        any number of orders.
        """
        ...


@runtime_checkable
class KeepsBookContacts(Protocol):
    """Keeps people at debtors; rows bear no date of change and no number."""

    def contacts(self, cancel: Cancel) -> tuple[BookContact, ...]:
        """All people at debtors, in one call; those of creditors and prospects are left out."""
        ...

    def add_contact(self, contact: BookContact) -> BookContact:
        """Make one; as read back. Has no key: look at `contacts` for `reference` after a lost answer."""
        ...

    def change_contact(
        self, contact: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> BookContact:
        """Write these fields, never the debtor; see the top of this file."""
        ...


@runtime_checkable
class KeepsEmployees(Protocol):
    """Keeps a register of employees; rows bear no date of change."""

    def employees(self, cancel: Cancel) -> tuple[Employee, ...]:
        """All of them, in one call."""
        ...

    def add_employee(self, employee: Employee) -> Employee:
        """Make one; as read back. A number that is there is `Refused("uniconta.key_exists")`."""
        ...

    def change_employee(self, number: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Employee:
        """Write these fields, never the number; see the top of this file."""
        ...

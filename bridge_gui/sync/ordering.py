"""What an adapter can do about sales orders: made in several calls, found by our mark, followed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol, runtime_checkable

from bridge_gui.accounting.ordering import (
    Category,
    NewOrder,
    Order,
    OrderProduct,
    OrderStanding,
    OrderTax,
    PayMethod,
)
from bridge_gui.web.waiting import Cancel


@runtime_checkable
class HasShelf(Protocol):
    """Has products in categories; names are not unique, so look first and ask where several fit."""

    def categories(self) -> tuple[Category, ...]:
        """All of them."""
        ...

    def add_category(self, name: str) -> Category:
        """Make one."""
        ...

    def products(self, ids: Collection[str], cancel: Cancel) -> tuple[OrderProduct, ...]:
        """Products by id, switched-off ones included; what is gone is left out."""
        ...

    def products_named(self, name: str) -> tuple[OrderProduct, ...]:
        """Those with exactly this name, case and outer blanks left aside."""
        ...

    def add_product(self, name: str, category: str, number: str = "") -> OrderProduct:
        """Make one in a category, by the category's id."""
        ...

    def order_taxes(self) -> tuple[OrderTax, ...]:
        """All tax codes, for sales and for purchases, by number."""
        ...

    def pay_methods(self) -> tuple[PayMethod, ...]:
        """The ways an order can have been paid already."""
        ...

    def base_currency(self) -> str:
        """The currency of the books."""
        ...


@runtime_checkable
class TakesOrders(Protocol):
    """Takes orders. One is several calls, so a method that writes may end in its middle.

    `PartlyAccepted` names the order that is there without all its lines, `OutcomeUnknown` says that it
    may be there. Either way the next step is `complete_order`, never a second `make_order`.
    """

    def orders_marked(
        self, marks: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[Order, ...]]:
        """For each mark the orders whose reference is just that, with lines, in any stage."""
        ...

    def orders_by_id(self, ids: Collection[str], cancel: Cancel, *, lines: bool = True) -> tuple[Order, ...]:
        """Fresh copies; what is gone is left out."""
        ...

    def orders_since(self, since: date, cancel: Cancel) -> tuple[Order, ...]:
        """All orders dated since a day, without lines."""
        ...

    def make_order(self, order: NewOrder) -> Order:
        """Header, lines one by one, then its stage; the order as read back."""
        ...

    def complete_order(self, ref: str, order: NewOrder) -> Order:
        """Go on with an unfinished order: its lines are read and only the missing ones sent, then its stage.

        `Conflict` if it has lines that are not of this order, or has left the stages in which it may change.
        """
        ...

    def amend_order(self, ref: str, order: NewOrder, before: Order) -> Order:
        """Make an order that is still as it was read, `before`, into another; only what differs is sent.

        `Conflict` if it is no longer that, or may not change any more.
        """
        ...

    def remove_order(self, ref: str, reference: str) -> None:
        """Delete an order that bears this mark; gone already is well. `Conflict` once it is invoiced."""
        ...

    def invoice_order(self, ref: str) -> Order:
        """Turn it into an invoice; its number may come later."""
        ...

    def order_url(self, ref: str) -> str:
        """Where a person opens it, empty if it cannot be told."""
        ...


@runtime_checkable
class TellsStanding(Protocol):
    """Can say what became of orders: invoiced, paid, credited."""

    def standings(self, orders: Sequence[Order], cancel: Cancel) -> Mapping[str, OrderStanding]:
        """What became of each, by the order's id; orders come as they were read just now."""
        ...

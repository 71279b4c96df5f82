"""What this bridge writes at either side, and the mark by which an order is found again."""

from __future__ import annotations

import re
from hashlib import sha256

from msgspec import Struct

from bridge_gui.accounting.ordering import NewOrder, OrderCustomer
from bridge_gui.accounting.rentals import RentalStanding
from bridge_gui.sync.step import LinkTo, Step

ORDER, CUSTOMER, PRODUCT, CATEGORY, STANDING = "order", "customer", "product", "category", "standing"
_MARK = re.compile(r"(?P<scope>[0-9a-z-]+)/(?P<source>[0-9A-Za-z._-]+)/(?P<ordinal>[1-9]\d{0,3})")
_PLAIN = re.compile(r"[0-9A-Za-z._-]{1,28}")


class Marking(Struct, frozen=True, kw_only=True):
    """What a mark says: which shop, which invoice basis, the how-manyeth order."""

    scope: str
    source: str
    ordinal: int


def mark_text(scope: str, source: str, ordinal: int) -> str:
    """An order's whole reference, at most fifty signs."""
    return f"{scope}/{source}/{ordinal}"


def read_mark(reference: str, scope: str) -> Marking | None:
    """The mark of this shop, None for any other reference."""
    found = _MARK.fullmatch(reference.strip())
    if found is None or found["scope"] != scope:
        return None
    return Marking(scope=scope, source=found["source"], ordinal=int(found["ordinal"]))


def source_id(told: str) -> str:
    """An id that fits into a mark: itself, or a short name for one that does not."""
    return told if _PLAIN.fullmatch(told) else f"x{sha256(told.encode()).hexdigest()[:16]}"


def place(kind: str, source: str, ordinal: int = 1) -> LinkTo:
    """The place of a link."""
    return LinkTo(kind=kind, source_id=source, ordinal=ordinal)


def bare(target: str) -> str:
    """24SevenOffice's own id of a customer, a product or a category; orders have theirs as it is."""
    return target.partition("-")[2]


class EnsureCategory(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.ensure_category"
):
    """See to it that a category is there."""

    called: str


class EnsureProduct(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.ensure_product"
):
    """See to it that the product is there that all lines are on."""

    called: str
    category: LinkTo


class EnsureCustomer(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.ensure_customer"
):
    """See to it that a customer is there."""

    customer: OrderCustomer


class RefreshCustomer(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.refresh_customer"
):
    """Bring a customer's address and telephone up to date."""

    customer: OrderCustomer
    at: LinkTo


class MakeOrder(Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.make_order"):
    """Make an order; customer and product are filled in from their links when it is written."""

    order: NewOrder
    customer: LinkTo
    product: LinkTo
    warnings: tuple[str, ...] = ()


class CompleteOrder(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.complete_order"
):
    """Go on with an order that is there in part."""

    order: NewOrder
    customer: LinkTo
    product: LinkTo


class AmendOrder(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.amend_order"
):
    """Make an order that stands as `planned_on` says into another."""

    order: NewOrder
    customer: LinkTo
    product: LinkTo


class RemoveOrder(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.remove_order"
):
    """Delete an order whose invoice basis was cancelled."""


class InvoiceOrder(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.invoice_order"
):
    """Turn an order into an invoice; never planned unless the user has switched it on."""


class CheckOrder(
    Step, frozen=True, kw_only=True, omit_defaults=True, tag="twentyfoursevenoffice.check_order"
):
    """Look at what became of an order; nothing is written."""


class TellShop(Step, frozen=True, kw_only=True, omit_defaults=True, tag="sharefox.tell_standing"):
    """Write on an invoice basis whether it is paid."""

    invoice: str
    standing: RentalStanding


OrderStep = MakeOrder | CompleteOrder | AmendOrder
STEPS: tuple[type[Step], ...] = (
    EnsureCategory, EnsureProduct, EnsureCustomer, RefreshCustomer, MakeOrder, CompleteOrder, AmendOrder,
    RemoveOrder, InvoiceOrder, CheckOrder, TellShop,
)  # fmt: skip

"""What became of orders, by the classic services: paid and when, what is open, and reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, total
from bridge_gui.accounting.ordering import Order, OrderStanding
from bridge_gui.vendors.twentyfoursevenoffice import assumed
from bridge_gui.vendors.twentyfoursevenoffice.soap import SoapClient
from bridge_gui.vendors.twentyfoursevenoffice.soap_xml import NO_AMOUNT, NO_NUMBER, Entry, OrderPaid
from bridge_gui.vendors.twentyfoursevenoffice.sums import Sums, judged, stands
from bridge_gui.web.waiting import Cancel, check

_REMINDERS = frozenset({"ReminderFee", "ReminderNote"})
_PAYING = frozenset({"Payment", "DifferenceOutbound", "DifferenceInbound", "Disbursment"})
# QUIRK: the live service has a kind that its description lacks, InvoiceLoss (twentyfoursevenoffice.md 4).
_KINDS = {
    "InvoiceCustomer": "billed",
    "CreditnoteCustomer": "credited",
    "InvoiceLoss": "lost",
    "CashSale": "billed",
}


Pair = tuple[Order, OrderPaid]


class Told(Struct, frozen=True, kw_only=True):
    """All entries that belong to one invoice; `group` are those that were matched with other invoices too."""

    entries: tuple[Entry, ...]
    group: tuple[Entry, ...] = ()

    @property
    def squared(self) -> bool:
        """Whether the invoices of the group are settled together."""
        return bool(self.group) and _near(total(one.amount for one in self.group), ZERO)


def classic_standings(
    client: SoapClient, orders: Sequence[Order], today: date, currency: str, cancel: Cancel
) -> Mapping[str, OrderStanding]:
    """What became of these invoiced orders; one that is not surely the same there is left out."""
    ids = [int(order.ref.id) for order in orders if order.ref.id.isdecimal()]
    told = {str(one.order_id): one for one in client.orders(ids)} if ids else {}
    same = [(order, told[order.ref.id]) for order in orders if _same(order, told.get(order.ref.id))]
    found = {}
    for both in _by_customer(same):
        check(cancel)
        entries = _entries(client, both, today)
        for order, paid in both:
            own = told_of(order, entries)
            if not own.entries and paid.customer_id != NO_NUMBER:
                # INFERRED: an entry may not name the customer that the order names.
                alone = replace(paid, customer_id=NO_NUMBER)
                own = told_of(order, _entries(client, [(order, alone)], today))
            found[order.ref.id] = _standing(order, paid, own, currency)
    return found


def told_of(order: Order, entries: Iterable[Entry]) -> Told:
    """Those of the invoice: by its number, by its payment reference, or matched with one of these.

    A credit note has a number of its own, a payment may have none; one payment may settle several invoices,
    and then nothing tells how much of it is whose.
    """
    entries = tuple(entries)
    own = tuple(one for one in entries if _bears(one, order))
    links = {one.link_id for one in own if one.link_id > 0}
    matched = tuple(one for one in entries if one.link_id in links and one not in own)
    if any(one.system_type == "InvoiceCustomer" for one in matched):
        return Told(entries=own, group=(*(one for one in own if one.link_id in links), *matched))
    return Told(entries=(*own, *matched))


def _standing(order: Order, paid: OrderPaid, told: Told, currency: str) -> OrderStanding:
    sums = sums_of(told.entries)
    if told.squared and sums.open > 0:
        last = sums_of(told.group).last
        sums = replace(sums, paid=sums.paid + sums.open, last=last)
    found = judged(order, sums, own=order.currency == currency)
    if order.method:
        # QUIRK: such an order is booked as paid at once, and owes nothing (0.60.1 text of the spec).
        found = stands(order, DocumentState.PAID, paid=order.total)
    reminders = [one.day for one in told.entries if one.system_type in _REMINDERS]
    settled = found.state is DocumentState.PAID
    return replace(
        found, reminded=max(reminders, default=None),
        paid_on=(paid.paid_on or found.paid_on) if settled else None,
        sure=found.sure and _agrees(found, paid, told),
    )  # fmt: skip


def _agrees(found: OrderStanding, paid: OrderPaid, told: Told) -> bool:
    """Whether the order's own word, the marks of open entries and the sums say the same."""
    done = found.state in (DocumentState.PAID, DocumentState.CREDITED)
    if paid.paid_on is not None:
        return done
    if told.group and not told.squared:
        return False
    billed = [one for one in told.entries if one.system_type == "InvoiceCustomer"]
    still = any(one.open for one in billed)
    return still is not done if billed else True


def sums_of(entries: Iterable[Entry]) -> Sums:
    """What was billed, credited, paid and lost; fees for reminders, and what was paid for them, left out."""
    by_kind = dict.fromkeys(("billed", "credited", "paid", "lost", "fees"), ZERO)
    days: list[date] = []
    for one in entries:
        kind = _kind(one)
        by_kind[kind] += one.amount
        days += [one.day] if kind == "paid" and one.amount < 0 else []
    sums = Sums(
        billed=by_kind["billed"], credited=-by_kind["credited"], paid=-by_kind["paid"], lost=-by_kind["lost"],
        last=max(days, default=None),
    )  # fmt: skip
    for_fees = min(max(by_kind["fees"], ZERO), max(-sums.open, ZERO))
    return replace(sums, paid=sums.paid - for_fees)


def _kind(one: Entry) -> str:
    if one.system_type in _REMINDERS:
        return "fees"
    if one.system_type in _PAYING:
        return "paid"
    return _KINDS.get(one.system_type, "paid" if one.amount < 0 else "billed")


def _bears(one: Entry, order: Order) -> bool:
    reference = order.payment_reference
    return one.invoice_no == order.invoice or bool(reference and one.ocr == reference)


def _same(order: Order, told: OrderPaid | None) -> bool:
    """Whether both ways speak of one order: its number, its invoice's, and what it comes to."""
    if told is None or str(told.invoice_id) != order.invoice:
        return False
    return told.order_total_inc_vat == NO_AMOUNT or _near(told.order_total_inc_vat, order.total)


def _near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= assumed.TOLERANCE


def _by_customer(same: Iterable[Pair]) -> list[list[Pair]]:
    """Together what one question to the ledger tells; where no customer is told, each order alone."""
    found: dict[tuple[int, str], list[Pair]] = {}
    for order, told in same:
        alone = order.ref.id if told.customer_id == NO_NUMBER else ""
        found.setdefault((told.customer_id, alone), []).append((order, told))
    return list(found.values())


def _entries(client: SoapClient, both: Sequence[Pair], today: date) -> list[Entry]:
    """The customer's entries around these invoices, or those of the one invoice."""
    order, told = both[0]
    days = [order.invoice_day or order.day for order, _ in both]
    first, last = min(days) - assumed.BEFORE, max(*days, today) + assumed.AFTER
    if told.customer_id == NO_NUMBER:
        return client.entries(first, last, InvoiceNo=order.invoice)
    return client.entries(first, last, CustomerId=told.customer_id)

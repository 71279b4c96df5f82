"""From an invoice basis to the order it becomes: pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import structs
from msgspec.structs import replace

from bridge_gui.accounting.ordering import NewOrder
from bridge_gui.accounting.rentals import RentalInvoice
from bridge_gui.bridges.sharefox_twentyfourseven.lines import lines_of
from bridge_gui.bridges.sharefox_twentyfourseven.people import Party
from bridge_gui.bridges.sharefox_twentyfourseven.rules import ON_INVOICE, Rules
from bridge_gui.bridges.sharefox_twentyfourseven.steps import mark_text
from bridge_gui.errors import CannotMap

_WORDS = {
    "no": ("Kontakt", "Sharefox ordre {order}, faktura {number}"),
    "sv": ("Kontakt", "Sharefox order {order}, faktura {number}"),
    "da": ("Kontakt", "Sharefox ordre {order}, faktura {number}"),
    "en": ("Contact", "Sharefox order {order}, invoice {number}"),
}
"""The words that Bridge adds, in the shop's language; things rented are called what the shop calls them."""


def order_of(invoice: RentalInvoice, party: Party, ordinal: int, rules: Rules) -> NewOrder:
    """The order, its customer's id and its lines' product still open; `CannotMap` says why there is none."""
    if invoice.currency != rules.currency:
        raise CannotMap("invoice.currency", currency=invoice.currency, home=rules.currency)
    lines = lines_of(invoice, rules)
    if not lines:
        raise CannotMap("invoice.no_lines")
    contact, note = _WORDS.get(rules.language, _WORDS["en"])
    method = rules.method_of(invoice.method)
    return NewOrder(
        customer=party.customer, day=invoice.day, currency=invoice.currency,
        reference=mark_text(rules.scope, invoice.id, ordinal), lines=lines, stage=rules.stage,
        delivery=invoice.first, days_to_pay=_days(invoice.day, invoice.due),
        memo=f"{contact}: {party.person}" if party.person else "",
        note=note.format(order=invoice.order_number or invoice.order, number=invoice.number),
        contact=party.person, method="" if method == ON_INVOICE else method,
    )  # fmt: skip


def worth(invoice: RentalInvoice, rules: Rules) -> Decimal:
    """What an invoice basis comes to: as the shop says, else what its lines come to."""
    return invoice.gross if invoice.gross is not None else invoice.totals(inclusive=rules.inclusive).total


def said_of(invoice: RentalInvoice) -> RentalInvoice:
    """An invoice basis without what says nothing of its contents: when it changed, whether it is paid."""
    return replace(invoice, changed=None, paid=None)


class Due(RentalInvoice, frozen=True, kw_only=True):
    """An invoice basis whose order is there and is still to be billed: what a lost call must not forget."""

    to_bill: bool = True


def due_of(invoice: RentalInvoice) -> Due:
    """What stands on a link until the order is billed."""
    return Due(**structs.asdict(said_of(invoice)))


def _days(day: date, due: date | None) -> int | None:
    return max(0, (due - day).days) if due is not None else None

"""From a deal and what is known of its invoices to steps: pure."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillContact, NewBill
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import plain
from bridge_gui.bridges.pipedrive_xero.billing import Customer, Offer, bill_of, warnings_of
from bridge_gui.bridges.pipedrive_xero.rules import Rules
from bridge_gui.bridges.pipedrive_xero.steps import (
    INVOICE,
    EnsureCustomer,
    MakeBill,
    RefreshCustomer,
    customer_of,
    mark_text,
    place,
)
from bridge_gui.errors import CannotMap, Param
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Held, Known, Skip
from bridge_gui.sync.step import Step

LEAVE, ANYWAY = "leave", "invoice_anyway"
_GONE = (DocumentState.DELETED, DocumentState.VOIDED)


def plan_offer(offer: Offer, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """A deal becomes one invoice by itself; what happens to either of them later is for a person to say."""
    made = [link for link in known.links if link.kind == INVOICE]
    if not made:
        return _first(offer, known, rules)
    last = made[-1]
    if not offer.triggered or last.source_content in (None, _content(offer)):
        return []
    if known.answer == LEAVE or last.state in _GONE:
        return []
    number = last.target.number or last.target.id if last.target else ""
    return Held(code="deal.changed", params={"invoice": number}, choices=(LEAVE,))


def _first(offer: Offer, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """The one invoice that a deal gets by itself."""
    if not offer.triggered:
        return Skip(code="deal.not_yet", params={"title": offer.title})
    if offer.currency not in rules.books.currencies:
        raise CannotMap("deal.currency", currency=offer.currency)
    if offer.customer is None:
        raise CannotMap("deal.no_customer", title=offer.title)
    _writable(rules)
    bill = bill_of(offer, 1, rules)
    if known.answer != ANYWAY and any(warnings_of(offer, bill)) and not _repeats(offer):
        said: dict[str, Param] = {
            "value": plain(offer.value),
            "total": plain(bill.totals.total),
            "currency": offer.currency,
        }
        return Held(code="deal.total_differs", params=said, choices=(ANYWAY,))
    chosen = rules.contacts.get(offer.customer.key, "")
    customer = replace(offer.customer, key=whose(offer.customer.key, chosen))
    return steps_of(offer, customer, bill, 1, rules, chosen=chosen)


def _repeats(offer: Offer) -> bool:
    """Whether a deal's value counts periods that this invoice does not."""
    return any(line.repeats for line in offer.contents.lines if line.counted)


def _writable(rules: Rules) -> None:
    """The books take an invoice of today in the state that is wanted."""
    books = rules.books
    if books.locked_until is not None and rules.today <= books.locked_until:
        raise CannotMap("books.locked", until=books.locked_until.isoformat())
    if rules.state is DocumentState.AWAITING_PAYMENT and not books.may_approve:
        raise CannotMap("books.may_not_approve")


def steps_of(
    offer: Offer,
    customer: Customer,
    bill: NewBill,
    ordinal: int,
    rules: Rules,
    *,
    chosen: str = "",
    fresh: bool = False,
) -> list[Step]:
    """The customer, what is to be brought up to date there, and the invoice."""
    contact = replace(customer.contact, number=f"{rules.scope}-{customer.key}")
    steps: list[Step] = [_ensure(customer.key, contact, rules, chosen, fresh=fresh)]
    if rules.update_contacts:
        steps.append(_refresh(customer.key, contact, rules))
    steps.append(_make(offer, customer, bill, ordinal, rules))
    return steps


def whose(key: str, chosen: str) -> str:
    """The place of a customer: the deal's own organization or person, or somebody a person chose for it."""
    return f"{key}-{chosen}" if chosen else key


def _ensure(key: str, contact: BillContact, rules: Rules, chosen: str, *, fresh: bool) -> Step:
    return EnsureCustomer(
        name="customer", link=customer_of(key), lane=f"customer:{key}", mark=contact.number, ensures=True,
        day=rules.today, number=contact.name, party=contact.name, contact=contact, chosen=chosen,
        fresh=fresh,
    )  # fmt: skip


def _refresh(key: str, contact: BillContact, rules: Rules) -> Step:
    """Planned once for each thing there is to say of a customer."""
    said = digest_of(msgspec.json.encode(contact)).rsplit(":", 1)[-1][:12]
    link = customer_of(key)
    return RefreshCustomer(
        name=f"refresh:{said}", link=link, lane=f"customer:{key}", mark=contact.number, creates=False,
        needs=(link,), day=rules.today, number=contact.name, party=contact.name, contact=contact,
        customer=link,
    )  # fmt: skip


def _make(offer: Offer, customer: Customer, bill: NewBill, ordinal: int, rules: Rules) -> Step:
    link = customer_of(customer.key)
    return MakeBill(
        name=f"invoice:{ordinal}", link=place(offer.id, ordinal), lane=f"deal:{offer.id}",
        mark=mark_text(rules.scope, offer.id, ordinal), needs=(link,), sources=(offer.id,), day=bill.day,
        number=offer.title, party=customer.contact.name, total=bill.totals.total, currency=bill.currency,
        source_content=_content(offer), bill=bill, customer=link,
    )  # fmt: skip


def _content(offer: Offer) -> bytes:
    """What of a deal an invoice says; whether it is won, and its name, change nothing of that."""
    said = (offer.currency, offer.customer, offer.contents)
    return canonical(said)

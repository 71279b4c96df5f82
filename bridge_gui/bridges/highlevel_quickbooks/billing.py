"""From an invoice marked sent to an invoice at the books, and what becomes of it later: pure."""

from __future__ import annotations

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.crm import CrmInvoice, CrmInvoiceState, CrmPayment, Person
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import ZERO, plain
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.accounting.selling import NewSale, SaleKind
from bridge_gui.bridges.highlevel_quickbooks.amounts import Charged, discount_of, sums_of
from bridge_gui.bridges.highlevel_quickbooks.customers import customer_at, customer_key
from bridge_gui.bridges.highlevel_quickbooks.paying import LEAVE, plan_payments
from bridge_gui.bridges.highlevel_quickbooks.planning import (
    ensured,
    made,
    named,
    needed_items,
    sale_of,
    writable,
)
from bridge_gui.bridges.highlevel_quickbooks.rules import INVOICES, Rules
from bridge_gui.bridges.highlevel_quickbooks.shown import Shown, frame_of, read_shown, says
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    INVOICE,
    NUMBER_LENGTH,
    ChangeSale,
    UnlinkPayment,
    VoidSale,
    place,
)
from bridge_gui.errors import CannotMap
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from bridge_gui.sync.step import Step

VOID, OVERWRITE = "void", "overwrite"
_GONE = (DocumentState.VOIDED, DocumentState.DELETED)
_SENT = (
    CrmInvoiceState.SENT,
    CrmInvoiceState.PROCESSING,
    CrmInvoiceState.PARTLY_PAID,
    CrmInvoiceState.PAID,
)


class Billed(Struct, frozen=True, kw_only=True):
    """What of an invoice the books depend on: itself, and the payments that the CRM lists for it."""

    invoice: CrmInvoice
    payments: tuple[CrmPayment, ...] = ()


def billed_of(invoice: CrmInvoice, payments: tuple[CrmPayment, ...]) -> Billed:
    """An invoice without what changes nothing."""
    mine = [
        replace(one, changed=one.made, whole=True, raw_source="")
        for one in sorted(payments, key=lambda one: (one.at, one.id))
        if one.live and one.state is PaymentState.RECEIVED
    ]
    return Billed(invoice=replace(invoice, changed=invoice.made, url=""), payments=tuple(mine))


def plan_billed(billed: Billed, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """One invoice for one invoice; what becomes of either is followed, or asked about."""
    invoices = [link for link in known.links if link.kind == INVOICE]
    if not invoices:
        out = _left_out(billed)
        return out if out is not None else _first(billed, known, rules)
    link, state = invoices[-1], billed.invoice.state
    if link.state in _GONE:
        return _gone(billed, link, known)
    if state is CrmInvoiceState.VOIDED:
        return _voided(billed, link, known)
    if state is CrmInvoiceState.DELETED:
        return _asked_to_void("invoice.deleted", billed, link, known)
    if state not in _SENT:
        return []
    changed = _changed(billed, link, known, rules)
    return changed if isinstance(changed, Held) else _and_payments(changed, billed, known, rules)


def invoice_of(invoice: CrmInvoice, rules: Rules) -> NewSale:
    """The invoice at the books, its customer still open; `CannotMap` says why there cannot be one."""
    currency = invoice.currency
    discount = invoice.discount
    off = discount_of(discount, invoice.lines, invoice.discount_total, currency)
    charged = Charged(
        lines=invoice.lines, total=invoice.total, currency=currency, item=rules.item(INVOICES),
        tax=invoice.tax, discount=off, discounted=discount.products if discount else (),
        extras=invoice.extras,
    )  # fmt: skip
    sale = sale_of(
        SaleKind.INVOICE, sums_of(charged, rules), source=invoice.id, ordinal=1, day=invoice.day,
        currency=currency, rules=rules,
    )  # fmt: skip
    number = invoice.number if rules.books.own_numbers else ""
    if len(number) > NUMBER_LENGTH:
        raise CannotMap("invoice.number_long", long=number, length=NUMBER_LENGTH)
    return replace(sale, number=number, due=invoice.due, email=invoice.person.email)


def said(invoice: CrmInvoice) -> bytes:
    """What of an invoice stands on the document; whether it is paid changes nothing of that."""
    bare = replace(invoice, state=CrmInvoiceState.SENT, paid=ZERO, changed=invoice.made, url="")
    return canonical(bare)


def _left_out(billed: Billed) -> Skip | None:
    invoice = billed.invoice
    if not invoice.live:
        return Skip(code="invoice.test")
    if invoice.state is CrmInvoiceState.DELETED:
        return Skip(code="invoice.deleted_before")
    if invoice.state not in _SENT:
        return Skip(code=f"invoice.{invoice.state.value}")
    if any(payment.booked for payment in billed.payments):
        return Skip(code="invoice.booked_by_highlevel")
    return Skip(code="invoice.zero") if not invoice.total else None


def _first(billed: Billed, known: Known, rules: Rules) -> list[Step] | Held:
    invoice = billed.invoice
    writable(invoice.day, invoice.currency, rules)
    sale = invoice_of(invoice, rules)
    steps: list[Step] = ensured(invoice.person, sale, rules)
    steps.append(
        made(
            sale, invoice.person, kind=INVOICE, source=invoice.id, ordinal=1, content=said(invoice),
            lane=f"invoice:{invoice.id}", rules=rules,
        )
    )  # fmt: skip
    return _and_payments(steps, billed, known, rules)


def _and_payments(steps: list[Step], billed: Billed, known: Known, rules: Rules) -> list[Step] | Held:
    paid = plan_payments(billed, known, rules)
    return paid if isinstance(paid, Held) else [*steps, *paid]


def _gone(billed: Billed, link: LinkView, known: Known) -> list[Step] | Held:
    """A person took the invoice away at the books: it is not made again behind their back."""
    same = link.source_content in (None, said(billed.invoice)) and billed.invoice.state in _SENT
    ended = billed.invoice.state not in _SENT
    if ended or known.answer == LEAVE or (same and not billed.invoice.paid):
        return []
    return Held(code="invoice.gone_in_books", params=_params(link), choices=(LEAVE,))


def _voided(billed: Billed, link: LinkView, known: Known) -> list[Step] | Held:
    """Voided at the CRM: voided at the books too; where money is on it a person is asked first."""
    shown = read_shown(link.target_content)
    if shown is None or shown.payments or shown.remaining != shown.total:
        return _asked_to_void("invoice.void_paid", billed, link, known)
    return _void(billed, link, shown)


def _asked_to_void(code: str, billed: Billed, link: LinkView, known: Known) -> list[Step] | Held:
    if known.answer == LEAVE:
        return []
    if known.answer != VOID:
        return Held(code=code, params=_params(link), choices=(VOID, LEAVE))
    return _void(billed, link, read_shown(link.target_content))


def _void(billed: Billed, link: LinkView, shown: Shown | None) -> list[Step]:
    """Payments are taken off first, then it is voided; it is never deleted."""
    payments = shown.payments if shown is not None else ()
    steps: list[Step] = [_unlink(billed, link, payment) for payment in payments]
    invoice = billed.invoice
    steps.append(
        VoidSale(
            name="void", link=place(INVOICE, invoice.id), lane=f"invoice:{invoice.id}", creates=False,
            mark=invoice.id, planned_on="" if payments else digest_of(link.target_content or b""),
            target=link.target, sources=(invoice.id,), day=invoice.day, number=invoice.number,
            party=named(invoice.person), sale_kind=SaleKind.INVOICE.value,
        )
    )  # fmt: skip
    return steps


def _unlink(billed: Billed, link: LinkView, payment: str) -> Step:
    invoice = billed.invoice
    return UnlinkPayment(
        name=f"unlink:{payment}", link=place(INVOICE, invoice.id), lane=f"invoice:{invoice.id}",
        creates=False, mark=payment, target=link.target, sources=(invoice.id,), day=invoice.day,
        number=invoice.number, party=named(invoice.person), payment=payment,
    )  # fmt: skip


def _changed(billed: Billed, link: LinkView, known: Known, rules: Rules) -> list[Step] | Held:
    """An invoice edited at the CRM is written anew; one that a person changed at the books is asked about."""
    invoice, content = billed.invoice, said(billed.invoice)
    if link.source_content == content:
        return []
    wanted, shown = invoice_of(invoice, rules), read_shown(link.target_content)
    before = _before(link)
    moves = before is not None and not _same_person(before.person, invoice.person)
    if moves and _has_money(shown):
        if known.answer != LEAVE:
            asked = _params(link) | {"customer": named(invoice.person)}
            return Held(code="invoice.customer_changed", params=asked, choices=(LEAVE,))
        moves = False
    if shown is not None and says(shown, wanted) and not (moves or _readdressed(before, invoice, shown)):
        return []
    if not _as_we_left_it(link, shown, rules):
        if known.answer == LEAVE:
            return []
        if known.answer != OVERWRITE:
            return Held(code="invoice.changed_in_books", params=_params(link), choices=(OVERWRITE, LEAVE))
    _may_change(wanted, shown, rules)
    needed = [one for one in ensured(invoice.person, wanted, rules) if moves or one.name != "customer"]
    return [*needed, _change(billed, link, wanted, content, moves=moves)]


def _before(link: LinkView) -> CrmInvoice | None:
    """The invoice as it was last written, if that is known."""
    return json.decode(link.source_content, type=CrmInvoice) if link.source_content else None


def _same_person(one: Person, other: Person) -> bool:
    """The same contact, or two that were merged: one address is one customer at the books."""
    mail = one.email.strip().casefold()
    return customer_key(one) == customer_key(other) or (bool(mail) and mail == other.email.strip().casefold())


def _has_money(shown: Shown | None) -> bool:
    """Whether anything is paid on it, by whomever: it cannot simply go to another customer."""
    return shown is None or bool(shown.payments) or shown.remaining != shown.total


def _readdressed(before: CrmInvoice | None, invoice: CrmInvoice, shown: Shown) -> bool:
    """Whether an invoice nobody has paid is to be mailed elsewhere now."""
    mail = invoice.person.email
    return before is not None and mail not in ("", before.person.email) and not _has_money(shown)


def _as_we_left_it(link: LinkView, shown: Shown | None, rules: Rules) -> bool:
    """Whether the document at the books still says what was last written."""
    before = _before(link)
    if before is None or shown is None:
        return False
    try:
        return says(shown, invoice_of(before, rules))
    except CannotMap:
        return False


def _may_change(wanted: NewSale, shown: Shown | None, rules: Rules) -> None:
    """Neither day may lie in a closed period, and what is paid already must have room."""
    writable(wanted.day, wanted.currency, rules)
    if shown is None:
        return
    writable(shown.day, wanted.currency, rules)
    paid = shown.total - shown.remaining
    if wanted.totals.total < paid:
        raise CannotMap(
            "invoice.below_paid", total=plain(wanted.totals.total), paid=plain(paid), currency=wanted.currency
        )


def _change(billed: Billed, link: LinkView, wanted: NewSale, content: bytes, *, moves: bool) -> Step:
    invoice = billed.invoice
    customer, items = customer_at(invoice.person), needed_items(wanted)
    needs = (*((customer,) if moves else ()), *items.values())
    return ChangeSale(
        name="change", link=place(INVOICE, invoice.id), lane=f"invoice:{invoice.id}", creates=False,
        mark=wanted.memo.split()[-1], needs=needs, target=link.target, sources=(invoice.id,),
        source_content=content, planned_on=frame_of(read_shown(link.target_content)), day=wanted.day,
        number=invoice.number, party=named(invoice.person), total=wanted.totals.total,
        currency=wanted.currency, sale=wanted, customer=customer, items=items,
        moves=moves,
    )  # fmt: skip


def _params(link: LinkView) -> dict[str, str | int | bool | None]:
    """The document at the books, for a sentence."""
    target = link.target
    return {"invoice": (target.number or target.id) if target is not None else ""}

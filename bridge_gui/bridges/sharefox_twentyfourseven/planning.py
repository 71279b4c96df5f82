"""From an invoice basis and what is known of its order to steps: pure."""

from __future__ import annotations

from msgspec import Struct, ValidationError, json

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.ordering import NewOrder
from bridge_gui.accounting.rentals import RentalInvoice, RentalState
from bridge_gui.bridges.sharefox_twentyfourseven.billing import due_of, order_of, said_of, worth
from bridge_gui.bridges.sharefox_twentyfourseven.making import amend, bill, common, complete, make, needed
from bridge_gui.bridges.sharefox_twentyfourseven.people import Party, party_of
from bridge_gui.bridges.sharefox_twentyfourseven.rules import LEAVE_OUT, Rules
from bridge_gui.bridges.sharefox_twentyfourseven.shown import (
    Shown,
    between,
    frame_of,
    read_shown,
    says,
    says_the_same,
    unfinished,
)
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    ORDER,
    RemoveOrder,
    mark_text,
    place,
)
from bridge_gui.errors import CannotMap, Param
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from bridge_gui.sync.step import Step

ANYWAY, LEAVE, OVERWRITE, REMOVE = "send_anyway", "leave", "overwrite", "remove"
CLOSED = (
    DocumentState.INVOICED, DocumentState.AWAITING_PAYMENT, DocumentState.PARTLY_PAID, DocumentState.PAID,
    DocumentState.CREDITED,
)  # fmt: skip


class _Wish(Struct, frozen=True):
    """Of a link's content only whether its order is still to be billed."""

    to_bill: bool = False


def plan_invoice(invoice: RentalInvoice, known: Known, rules: Rules) -> list[Step] | Held | Skip:
    """One order for one invoice basis; what becomes of either later is followed, or asked about."""
    orders = [link for link in known.links if link.kind == ORDER]
    if not orders:
        return _left_out(invoice, rules) or _first(invoice, known, rules)
    link = orders[-1]
    if link.state is DocumentState.DELETED:
        return _gone(invoice, link, known, rules)
    if invoice.state is RentalState.CANCELLED:
        return _cancelled(invoice, link, known, rules)
    return _again(invoice, link, known, rules)


def _left_out(invoice: RentalInvoice, rules: Rules) -> Held | Skip | None:
    """Why an invoice basis becomes no order, if so."""
    if invoice.state in (RentalState.DRAFT, RentalState.CANCELLED):
        return Skip(code=f"invoice.{invoice.state.value}")
    if rules.taken is not None and invoice.type is not rules.taken:
        return Skip(code="invoice.other_type", params={"kind": invoice.kind.replace("_", " ")})
    if worth(invoice, rules) < 0:
        return Held(code="invoice.negative", params=_amount(invoice, rules))
    method = rules.method_of(invoice.method)
    if method == LEAVE_OUT:
        return Skip(code="invoice.left_out", params={"method": invoice.method})
    if not method:
        raise CannotMap("invoice.method_unmapped", method=invoice.method)
    return None


def _first(invoice: RentalInvoice, known: Known, rules: Rules) -> list[Step] | Held:
    party = party_of(invoice.customer, rules.scope, rules.home)
    order = order_of(invoice, party, 1, rules)
    if held := _asks(invoice, party, order, known, rules):
        return held
    made = make(invoice, party, order, 1, rules)
    return [*needed(party, invoice, rules), made, *bill(invoice, 1, rules)]


def _asks(invoice: RentalInvoice, party: Party, order: NewOrder, known: Known, rules: Rules) -> Held | None:
    """What a person should look at before this goes; one word of theirs lets all of it through."""
    if known.answer == ANYWAY:
        return None
    return next(iter(_customer_asks(party, rules)), None) or _amount_asks(invoice, order)


def _customer_asks(party: Party, rules: Rules) -> list[Held]:
    name: dict[str, Param] = {"customer": party.customer.name}
    found = []
    if party.foreign and rules.ask_foreign:
        where = name | {"country": party.foreign}
        found.append(Held(code="customer.foreign", params=where, choices=(ANYWAY,)))
    if party.numberless and not party.foreign and rules.ask_number:
        found.append(Held(code="customer.numberless", params=name, choices=(ANYWAY,)))
    return found


def _amount_asks(invoice: RentalInvoice, order: NewOrder) -> Held | None:
    """The order's total against the shop's, to the øre."""
    if invoice.gross is None or order.totals.total == invoice.gross:
        return None
    said: dict[str, Param] = {
        "told": plain(invoice.gross), "total": plain(order.totals.total), "currency": invoice.currency,
    }  # fmt: skip
    return Held(code="invoice.total_differs", params=said, choices=(ANYWAY,))


def _again(invoice: RentalInvoice, link: LinkView, known: Known, rules: Rules) -> list[Step] | Held:
    """An order that is there: finished where it is not whole, amended where the invoice has changed."""
    if link.source_content == canonical(said_of(invoice)):
        return []
    due = _is_due(link, rules)
    if link.source_content == canonical(due_of(invoice)) and not due:
        return []
    party = party_of(invoice.customer, rules.scope, rules.home)
    order = order_of(invoice, party, link.ordinal, rules)
    shown = read_shown(link.target_content)
    if link.source_content is None and (shown is None or unfinished(shown, order)):
        rest = complete(invoice, party, order, link, rules)
        return [*needed(party, invoice, rules), rest, *bill(invoice, link.ordinal, rules)]
    if shown is not None and says(shown, order) and _same_customer(link, party, rules):
        return bill(invoice, link.ordinal, rules) if due else []
    return _changed(invoice, party, order, link, shown, known, rules)


def _same_customer(link: LinkView, party: Party, rules: Rules) -> bool:
    """Whether the order is for the customer it was written for, as far as is known."""
    if link.source_content is None:
        return True
    before = json.decode(link.source_content, type=RentalInvoice)
    try:
        return party_of(before.customer, rules.scope, rules.home).key == party.key
    except CannotMap:
        return False


def _is_due(link: LinkView, rules: Rules) -> bool:
    """Whether an open order is still to be billed: it was made to be, or only its mark is known of it."""
    if not rules.invoices or link.state not in (DocumentState.DRAFT, DocumentState.ORDERED):
        return False
    if link.source_content is None:
        return True
    try:
        return json.decode(link.source_content, type=_Wish).to_bill
    except ValidationError:
        return False


def _changed(
    invoice: RentalInvoice, party: Party, order: NewOrder, link: LinkView, shown: Shown | None, known: Known,
    rules: Rules,
) -> list[Step] | Held:  # fmt: skip
    """The two no longer say the same."""
    if known.answer == LEAVE:
        return []
    late = _too_late(invoice, party, order, link, shown, rules)
    if late is not None:
        return late
    if known.answer not in (OVERWRITE, ANYWAY) and not _as_we_left_it(link, shown, order, rules):
        return Held(code="order.changed_in_books", params=_params(link), choices=(OVERWRITE, LEAVE))
    if known.answer != ANYWAY and (asks := _amount_asks(invoice, order)):
        return asks
    due = _is_due(link, rules)
    amended = amend(invoice, party, order, link, shown, rules, due=due)
    return [
        *needed(party, invoice, rules),
        amended,
        *(bill(invoice, link.ordinal, rules) if due else ()),
    ]


def _too_late(
    invoice: RentalInvoice, party: Party, order: NewOrder, link: LinkView, shown: Shown | None, rules: Rules
) -> Held | None:
    """What no longer can be put right by writing the order anew."""
    if shown is not None and says_the_same(shown, order) and _same_customer(link, party, rules):
        amounts: dict[str, Param] = {"meant": plain(order.totals.total), "seen": plain(shown.total)}
        return Held(code="order.books_differ", params=_params(link) | amounts, choices=(LEAVE,))
    if link.state in CLOSED:
        return Held(code="invoice.changed_late", params=_params(link), choices=(LEAVE,))
    if worth(invoice, rules) < 0:
        return Held(code="invoice.negative", params=_amount(invoice, rules), choices=(LEAVE,))
    return None


def _as_we_left_it(link: LinkView, shown: Shown | None, order: NewOrder, rules: Rules) -> bool:
    """Whether the order still says what was last written, or was on its way to what is to be written."""
    if link.source_content is None or shown is None:
        return False
    before = json.decode(link.source_content, type=RentalInvoice)
    try:
        party = party_of(before.customer, rules.scope, rules.home)
        written = order_of(before, party, link.ordinal, rules)
    except CannotMap:
        return False
    return says(shown, written) or between(shown, written, order)


def _gone(invoice: RentalInvoice, link: LinkView, known: Known, rules: Rules) -> list[Step] | Held:
    """A person deleted the order: it is not made again behind their back."""
    if invoice.state is RentalState.CANCELLED or known.answer == LEAVE:
        return []
    if known.answer != ANYWAY:
        return Held(code="order.gone_in_books", params=_params(link), choices=(ANYWAY, LEAVE))
    party = party_of(invoice.customer, rules.scope, rules.home)
    ordinal = known.next_ordinal
    order = order_of(invoice, party, ordinal, rules)
    made = make(invoice, party, order, ordinal, rules)
    return [*needed(party, invoice, rules), made, *bill(invoice, ordinal, rules)]


def _cancelled(invoice: RentalInvoice, link: LinkView, known: Known, rules: Rules) -> list[Step] | Held:
    """Cancelled in the shop after it was sent: only a person knows what is true."""
    if known.answer == LEAVE:
        return []
    if link.state in CLOSED:
        return Held(code="invoice.cancelled_late", params=_params(link), choices=(LEAVE,))
    if known.answer != REMOVE:
        return Held(code="invoice.cancelled_after", params=_params(link), choices=(REMOVE, LEAVE))
    return [
        RemoveOrder(
            name="remove", creates=False, target=link.target,
            mark=mark_text(rules.scope, invoice.id, link.ordinal),
            planned_on=frame_of(read_shown(link.target_content)), link=place(ORDER, invoice.id, link.ordinal),
            **common(invoice),
        )
    ]  # fmt: skip


def _params(link: LinkView) -> dict[str, Param]:
    """The order at the books, for a sentence."""
    target = link.target
    return {"order": (target.number or target.id) if target is not None else ""}


def _amount(invoice: RentalInvoice, rules: Rules) -> dict[str, Param]:
    return {"total": plain(worth(invoice, rules)), "currency": invoice.currency}

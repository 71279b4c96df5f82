"""Documents at the books as they are kept and compared: what a person reads of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.selling import NewSale, Payment, Sale
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Written


class Shown(Struct, frozen=True, kw_only=True):
    """A sale; lines are text, quantity, price and amount. `payments` are the ids of those on an invoice."""

    day: date
    due: date | None
    number: str
    customer: str
    currency: str
    total: Decimal
    tax: Decimal
    discount: Decimal
    remaining: Decimal
    lines: tuple[tuple[str, Decimal, Decimal, Decimal], ...] = ()
    payments: tuple[str, ...] = ()


class ShownPayment(Struct, frozen=True, kw_only=True):
    """A payment of an invoice: what of it goes there."""

    day: date
    amount: Decimal
    currency: str
    method: str = ""
    deposit: str = ""


def shown_of(sale: Sale) -> bytes:
    """The comparable form of a sale."""
    lines = tuple((one.text, one.quantity, one.unit_price, one.amount(sale.currency)) for one in sale.lines)
    return canonical(
        Shown(
            day=sale.day, due=sale.due, number=sale.ref.number, customer=sale.contact_name,
            currency=sale.currency, total=sale.total, tax=sale.tax, discount=sale.discount,
            remaining=sale.remaining, lines=lines, payments=sale.payments,
        )
    )  # fmt: skip


def read_shown(content: bytes | None) -> Shown | None:
    """A sale as it was kept, None where nothing was."""
    return json.decode(content, type=Shown) if content else None


def shown_payment(payment: Payment, invoice: str) -> bytes:
    """The comparable form of a payment, as far as it concerns an invoice."""
    mine = [one.amount for one in payment.applied if one.invoice == invoice or not invoice]
    return canonical(
        ShownPayment(
            day=payment.day, amount=sum(mine, ZERO), currency=payment.currency, method=payment.method,
            deposit=payment.deposit,
        )
    )  # fmt: skip


def read_payment(content: bytes | None) -> ShownPayment | None:
    """A payment as it was kept."""
    return json.decode(content, type=ShownPayment) if content else None


def written_of(sale: Sale) -> Written:
    """What a write made, as the answer shows it."""
    return Written(ref=sale.ref, content=shown_of(sale), state=sale.state)


def view_of(sale: Sale) -> DocumentView:
    """What became of a sale."""
    gone = sale.state is DocumentState.DELETED
    return DocumentView(ref=sale.ref, state=sale.state, content=None if gone else shown_of(sale))


def payment_ref(payment: Payment) -> Ref:
    """A payment's place; the prefix tells its id from a sale's."""
    return Ref(id=f"payment-{payment.id}", number=payment.reference or payment.id)


def payment_written(payment: Payment, invoice: str) -> Written:
    """A payment as a write left it."""
    return Written(
        ref=payment_ref(payment), content=shown_payment(payment, invoice), state=payment_state(payment)
    )


def payment_state(payment: Payment) -> DocumentState:
    """How a payment stands."""
    if payment.deleted:
        return DocumentState.DELETED
    return DocumentState.VOIDED if payment.voided else DocumentState.POSTED


def says(shown: Shown, wanted: NewSale) -> bool:
    """Whether a sale at the books says what was wanted: number, days, lines, discount and total."""
    same = (shown.day, shown.currency, shown.total) == (wanted.day, wanted.currency, wanted.totals.total)
    due = wanted.due in (None, shown.due) and wanted.number in ("", shown.number)
    lines = [(_flat(text), amount) for text, _quantity, _price, amount in shown.lines]
    meant = [(_flat(line.text), line.amount(wanted.currency)) for line in wanted.lines]
    return same and due and lines == meant and shown.discount == wanted.discount


def _flat(text: str) -> str:
    """Words alone: books may tidy spaces and line ends."""
    return " ".join(text.split())


def frame_of(shown: Shown | None) -> str:
    """A short name for what a document says, whoever has paid of it and whatever its customer is called."""
    if shown is None:
        return ""
    return digest_of(canonical(replace(shown, remaining=ZERO, payments=(), customer="")))

"""Orders at the books as they are kept and compared: what a person reads of one, and what became of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillLine
from bridge_gui.accounting.documents import DocumentState, DocumentView
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.ordering import NewOrder, Order, OrderStage, OrderStanding
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Written

Row = tuple[str, Decimal, Decimal, Decimal, str, str]


class Standing(Struct, frozen=True, kw_only=True):
    """What became of an order, as far as it was asked about."""

    invoice: str = ""
    due: date | None = None
    open: Decimal = ZERO
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    paid_on: date | None = None
    reminded: date | None = None
    sure: bool = True


class Shown(Struct, frozen=True, kw_only=True):
    """An order; lines are text, quantity, price, discount, product and tax code, not `whole` without them."""

    day: date
    stage: OrderStage
    customer: str
    name: str
    currency: str
    reference: str
    net: Decimal
    tax: Decimal
    total: Decimal
    memo: str = ""
    method: str = ""
    lines: tuple[Row, ...] = ()
    changed: str = ""
    whole: bool = True
    standing: Standing = Standing()


def shown_of(order: Order, standing: OrderStanding | None = None) -> Shown:
    """What a person reads of an order."""
    return Shown(
        day=order.day, stage=order.stage, customer=order.customer, name=order.customer_name,
        currency=order.currency, reference=order.reference, net=order.net, tax=order.tax, total=order.total,
        memo=order.memo, method=order.method, lines=rows_of(order.lines),
        changed=order.changed.isoformat() if order.changed else "",
        whole=order.whole,
        standing=_standing(order, standing),
    )  # fmt: skip


def rows_of(lines: tuple[BillLine, ...]) -> tuple[Row, ...]:
    """Lines as they are compared: without ids, in an order of their own."""
    return tuple(sorted(map(_row, lines), key=str))


def read_shown(content: bytes | None) -> Shown | None:
    """An order as it was kept, None where nothing was."""
    return json.decode(content, type=Shown) if content else None


def written_of(order: Order, standing: OrderStanding | None = None) -> Written:
    """What a write made, as it was read back."""
    state = standing.state if standing is not None else order.state
    return Written(ref=order.ref, content=canonical(shown_of(order, standing)), state=state)


def view_of(order: Order, shown: Shown, state: DocumentState) -> DocumentView:
    """What became of an order."""
    return DocumentView(ref=order.ref, state=state, content=canonical(shown))


def says(shown: Shown, wanted: NewOrder) -> bool:
    """Whether an order says what was wanted: day, currency, method, each line once, and the total."""
    return says_the_same(shown, wanted) and shown.total == wanted.totals.total


def says_the_same(shown: Shown, wanted: NewOrder) -> bool:
    """As `says`, whatever the books make of it."""
    meant = (wanted.day, wanted.currency, wanted.method)
    if (shown.day, shown.currency, shown.method) != meant:
        return False
    return _lines(shown.lines) == _wanted(wanted) if shown.whole else shown.total == wanted.totals.total


def unfinished(shown: Shown, wanted: NewOrder) -> bool:
    """Whether an order is a part of what was wanted and nothing else: a draft on its way."""
    if shown.stage is not OrderStage.DRAFT or shown.currency != wanted.currency:
        return False
    rest = wanted.stage is not OrderStage.DRAFT
    if not shown.whole:
        return rest or shown.total != wanted.totals.total
    missing = _wanted(wanted)
    missing.subtract(_lines(shown.lines))
    return (rest or any(missing.values())) and all(count >= 0 for count in missing.values())


def between(shown: Shown, before: NewOrder, wanted: NewOrder) -> bool:
    """Whether an order is on its way from one content to another: lines are added first, then taken off."""
    if not shown.whole or shown.day not in (before.day, wanted.day):
        return False
    old, new, there = _wanted(before), _wanted(wanted), _lines(shown.lines)
    added, left = there - old, there - new
    return (not old - there and not added - (new - old)) or (not new - there and not left - (old - new))


def frame_of(shown: Shown | None) -> str:
    """A short name for what an order says, whatever became of it and whatever its customer is called now."""
    if shown is None:
        return ""
    bare = replace(shown, changed="", standing=Standing(), name="", stage=OrderStage.DRAFT, whole=True)
    return digest_of(canonical(bare))


def _wanted(wanted: NewOrder) -> Counter[tuple[object, ...]]:
    return _lines(rows_of(wanted.lines))


def _lines(rows: tuple[Row, ...]) -> Counter[tuple[object, ...]]:
    """Words and amounts, whichever product; a number is the same however many zeros it is written with."""
    return Counter(
        (" ".join(text.split()), quantity.normalize(), price.normalize(), discount.normalize(), tax)
        for text, quantity, price, discount, _product, tax in rows
    )


def _row(line: BillLine) -> Row:
    return (line.text, line.quantity, line.unit_price, line.discount, line.item, line.tax)


def _standing(order: Order, told: OrderStanding | None) -> Standing:
    if told is None:
        return Standing(invoice=order.invoice, due=order.due)
    return Standing(
        invoice=told.invoice or order.invoice, due=told.due or order.due, open=told.open, paid=told.paid,
        credited=told.credited, paid_on=told.paid_on, reminded=told.reminded,
        sure=told.sure,
    )  # fmt: skip

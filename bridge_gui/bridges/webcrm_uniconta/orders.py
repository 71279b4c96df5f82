"""The flow of orders: a delivery with its lines becomes a debtor order and is followed until it is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import json
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.trade import DebtorOrder, NewDebtorOrder
from bridge_gui.bridges.webcrm_uniconta.deliveries import Deliveries
from bridge_gui.bridges.webcrm_uniconta.goods import read_shelf
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.parties import MARK, Debtors
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.sold import (
    Sold,
    check_lines,
    figures_new,
    figures_there,
    order_of,
    telling_of,
)
from bridge_gui.bridges.webcrm_uniconta.standing import Standing
from bridge_gui.bridges.webcrm_uniconta.steps import (
    DEBTOR,
    ORDER,
    TOLD,
    AmendOrder,
    MakeOrder,
    TellDelivery,
    bare,
    named,
    place,
    read_order_mark,
)
from bridge_gui.bridges.webcrm_uniconta.telling import Teller
from bridge_gui.errors import NoSuchTarget, Param, Refused
from bridge_gui.sync.debtors import TakesDebtorOrders
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import (
    Absent,
    Finding,
    Flow,
    Found,
    Held,
    Known,
    LinkView,
    Marked,
    Page,
    Plan,
    Record,
    Several,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step, mark_of
from bridge_gui.web.waiting import Cancel

OVERWRITE, LEAVE, AGAIN, CREDITED = "sales", "leave", "post_again", "credited"
_OPEN = (DocumentState.ORDERED, None)


class Orders(Flow):
    """Deliveries to debtor orders."""

    key, kind = "orders", ORDER

    def __init__(
        self,
        context: BridgeContext,
        rules: Rules,
        looks: Looks,
        deliveries: Deliveries,
        standing: Standing,
        debtors: Debtors,
    ) -> None:
        self._context = context
        self._books: TakesDebtorOrders = context.books
        self._rules = rules
        self._looks = looks
        self._deliveries = deliveries
        self._teller = Teller(context.sales, rules, context.cancel)
        self._standing = standing
        self._debtors = debtors

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Deliveries that changed, and those whose order is open: a changed line does not show by itself."""
        if self._rules.orders:
            for records in self._deliveries.changed(since, self._standing.open(), cancel):
                yield Page(records=tuple(records))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        if not ids:
            return []
        return self._deliveries.with_gone([bare(one) for one in ids], self._standing.open(), cancel)

    def plan(self, record: Record, known: Known) -> Plan:
        """One order for each delivery, changed as long as it is not invoiced."""
        sold: Sold = record.content
        links = [link for link in known.links if link.kind == ORDER]
        if sold.gone:
            return _removed(links, known)
        if not links:
            return self._first(record, sold, 1, known)
        link = links[-1]
        if link.state is DocumentState.DELETED:
            if known.answer == AGAIN:
                return self._first(record, sold, known.next_ordinal, known)
            number = link.target.number if link.target else ""
            return [] if known.answer == LEAVE else _held("order.vanished", number, (AGAIN, LEAVE))
        return self._amended(record, sold, link, known)

    def _first(self, record: Record, sold: Sold, ordinal: int, known: Known) -> list[Step] | Held | Skip:
        if not sold.ready:
            return Skip(code="order.not_yet")
        if not sold.lines:
            return Held(code="order.no_lines")
        if sold.waits:
            return Held(code=sold.waits, params={"fields": sold.why})
        order = self._order(record, sold, ordinal)
        if order.net < 0:
            return _credit(order, known)
        check_lines(sold, read_shelf(self._context.notes))
        make = MakeOrder(
            name="order", link=place(ORDER, record.id, ordinal), mark=mark_of(record.id, ordinal),
            needs=(place(DEBTOR, sold.organisation),), order=order, debtor=place(DEBTOR, sold.organisation),
            **_said(record, sold, order),
        )  # fmt: skip
        return [make, self._tell(record, sold, ordinal)]

    def _amended(self, record: Record, sold: Sold, link: LinkView, known: Known) -> list[Step] | Held | Skip:
        """What becomes of an order that is there."""
        wanted = self._order(record, sold, link.ordinal)
        before = _before(link, sold)
        expected = self._order(record, before, link.ordinal) if before is not None else None
        moved = before is not None and before.organisation != sold.organisation
        if expected == wanted and not moved:
            return []
        number = link.target.number if link.target else ""
        if link.state not in _OPEN:
            return [] if known.answer == LEAVE else _held("order.invoiced_already", number, (LEAVE,))
        was = json.decode(link.target_content, type=DebtorOrder) if link.target_content else None
        edited = (
            expected is not None
            and was is not None
            and figures_new(expected, self._rules) != figures_there(was, self._rules)
        )
        if edited and known.answer != OVERWRITE:
            return [] if known.answer == LEAVE else _held("order.edited", number, (OVERWRITE, LEAVE))
        if not sold.lines:
            return Held(code="order.no_lines")
        if wanted.net < 0:
            return _credit(wanted, known)
        check_lines(sold, read_shelf(self._context.notes))
        amend = AmendOrder(
            name="amend", link=place(ORDER, record.id, link.ordinal), mark=mark_of(record.id, link.ordinal),
            creates=False, there=link.target.id if link.target else "", order=wanted,
            debtor=place(DEBTOR, sold.organisation),
            was=was if expected is not None else None, needs=(place(DEBTOR, sold.organisation),),
            **_said(record, sold, wanted),
        )  # fmt: skip
        return [amend, self._tell(record, sold, link.ordinal)]

    def _order(self, record: Record, sold: Sold, ordinal: int) -> NewDebtorOrder:
        return order_of(sold, mark_of(record.id, ordinal), self._rules)

    def _tell(self, record: Record, sold: Sold, ordinal: int) -> Step:
        """Number and margin go to the delivery once the order is there."""
        order = place(ORDER, record.id, ordinal)
        return TellDelivery(
            name="tell", link=place(TOLD, record.id, ordinal), creates=False, lane=f"{TOLD}:{record.id}",
            needs=(order,), order=order, delivery=record.id, telling=telling_of(sold, "ordered"),
            sources=(record.id,), day=record.day, number=record.number, party=record.party,
        )  # fmt: skip

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Orders by their mark; deliveries by what they say."""
        return [self._find(step, cancel) for step in steps]

    def _find(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, TellDelivery):
            return self._teller.find(step)
        assert isinstance(step, (MakeOrder, AmendOrder))
        found = self._books.orders_with(self._rules.order_field, step.mark, cancel)
        if len(found) > 1:
            return Several(refs=tuple(_ref(order) for order in found))
        if not found:
            return self._gone(step, cancel)
        order = found[0]
        debtor = step.targets.get(step.debtor.name)  # none where the customer has lost its debtor meanwhile
        equal = figures_there(order, self._rules) == figures_new(step.order, self._rules)
        equal = equal and (debtor is None or order.debtor == bare(debtor))
        return Found(ref=_ref(order), equal=equal, content=shown(order), state=DocumentState.ORDERED)

    def _gone(self, step: MakeOrder | AmendOrder, cancel: Cancel) -> Finding:
        """An order that is not among the open ones may have been invoiced meanwhile."""
        target = step.target.id if step.target is not None else ""
        if not target:
            return Absent()
        state, invoice = self._standing.of(bare(target), cancel)
        if state is DocumentState.DELETED:
            return Absent(gone=True)
        return Found(ref=Ref(id=target, number=invoice or bare(target)), equal=True, state=state)

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Make or change an order, or tell webcrm of it."""
        del key
        if isinstance(step, TellDelivery):
            return self._teller.tell(step, self._context.clock.now())
        assert isinstance(step, (MakeOrder, AmendOrder))
        wanted = replace(step.order, debtor=self._debtor(step))
        self._standing.wrote()
        with self._looks.writing():
            if isinstance(step, MakeOrder):
                return self._written(self._books.make_order(wanted))
            return self._amend(step, wanted, target)

    def _debtor(self, step: MakeOrder | AmendOrder) -> str:
        """The debtor's number, if it is still that of the customer: no order goes to whoever has it now."""
        debtor = step.targets[step.debtor.name]
        there = self._debtors.cards([debtor], self._context.cancel)
        if not there:
            raise Refused("order.debtor_gone", debtor=bare(debtor))
        if there[0].extra[MARK] != step.debtor.source_id:
            raise Refused("order.other_debtor", debtor=there[0].number, name=there[0].party)
        return bare(debtor)

    def choose(self, step: Step) -> Ref | None:
        """The order that a change goes to."""
        return Ref(id=step.there) if isinstance(step, AmendOrder) and step.there else None

    def _amend(self, step: AmendOrder, wanted: NewDebtorOrder, target: Ref | None) -> Written:
        if target is None:
            raise Refused("order.not_open", number=step.number)
        number = bare(target.id)
        try:
            if step.was is None:
                return self._written(self._books.complete_order(number, wanted))
            return self._written(self._books.amend_order(number, wanted, step.was))
        except NoSuchTarget as error:
            state, invoice = self._standing.of(number, self._context.cancel)
            if state is DocumentState.DELETED:
                raise NoSuchTarget("order.not_found", target=target.id) from error
            raise Refused("order.invoiced_meanwhile", invoice=invoice) from error

    def _written(self, order: DebtorOrder) -> Written:
        return Written(ref=_ref(order), content=shown(order), state=DocumentState.ORDERED)

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        """What has become of orders that are open or not paid yet."""
        return self._standing.follow(links, cancel)

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Orders that bear our mark; what was invoiced and taken away by Uniconta bears none any more."""
        del since
        for order in self._books.debtor_orders(cancel):
            mark = read_order_mark(order.fields.get(self._rules.order_field, ""))
            if mark is not None:
                found = Found(ref=_ref(order), equal=True, state=DocumentState.ORDERED)
                yield Marked(
                    source_id=mark[0], kind=ORDER, ordinal=mark[1], found=found,
                    day=order.day or self._rules.today, total=order.net, currency=order.currency,
                )  # fmt: skip


def _before(link: LinkView, sold: Sold) -> Sold | None:
    """What the order was made of last; that an employee has become known since is no change."""
    before = json.decode(link.source_content, type=Sold) if link.source_content else None
    if before is not None and not before.employee:
        return replace(before, employee=sold.employee)
    return before


def shown(order: DebtorOrder) -> bytes:
    """An order as it is kept: without what changes by itself."""
    return canonical(replace(order, changed=None, whole=True, ref=Ref(id=order.ref.id)))


def _ref(order: DebtorOrder) -> Ref:
    return Ref(id=named(ORDER, order.ref.id), number=order.ref.number or order.ref.id, url=order.ref.url)


def _held(code: str, number: str, choices: tuple[str, ...]) -> Held:
    return Held(code=code, params={"order": number}, choices=choices)


def _removed(links: Sequence[LinkView], known: Known) -> Plan:
    """A delivery that is no longer in webcrm: its order stays, and is shown as long as it is open."""
    link = links[-1] if links else None
    if link is None or link.state not in _OPEN or known.answer == LEAVE:
        return []
    return _held("delivery.removed", link.target.number if link.target else "", (LEAVE,))


def _credit(order: NewDebtorOrder, known: Known) -> Held | Skip:
    """A credit: an order is none, and nothing of the interface we use makes a credit note."""
    if known.answer == CREDITED:
        return Skip(code="order.credited_by_hand")
    params: dict[str, Param] = {"total": str(order.net), "currency": order.currency}
    return Held(code="order.negative", params=params, choices=(CREDITED,))


def _said(record: Record, sold: Sold, order: NewDebtorOrder) -> dict[str, Any]:
    """What both kinds of order steps say of themselves."""
    return {
        "lane": f"{ORDER}:{record.id}", "source_content": canonical(sold), "sources": (record.id,),
        "day": record.day, "number": record.number, "party": record.party, "total": order.net,
        "currency": order.currency,
    }  # fmt: skip

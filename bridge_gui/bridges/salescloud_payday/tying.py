"""Tie-out: what SalesCloud sold and what Payday's ledger shows, per payment method and VAT rate.

Revenue is compared with VAT included: the sales accounts and the output-VAT accounts of a rate are one key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.entries import read_content
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.sales import OrderState, PaymentMethod, SaleOrder
from bridge_gui.bridges.salescloud_payday.draft_lines import BILLED, Billed
from bridge_gui.bridges.salescloud_payday.draft_lines import read_content as read_billed
from bridge_gui.bridges.salescloud_payday.orders import record_of
from bridge_gui.bridges.salescloud_payday.rules import Rules
from bridge_gui.bridges.salescloud_payday.steps import ENTRY, REVERSAL, read_day, read_mark
from bridge_gui.bridges.salescloud_payday.tying_keys import TieKeys
from bridge_gui.errors import Passing
from bridge_gui.store.rows import LinkRow
from bridge_gui.sync.capabilities import LedgerLine, SellsOrders, ShowsLedger
from bridge_gui.sync.step import LinkTo
from bridge_gui.sync.tieout import Amounts, Booked, Meant, Sold
from bridge_gui.web.waiting import Cancel


class Ties:
    """The two reads of this bridge."""

    def __init__(
        self, sales: SellsOrders, books: ShowsLedger, rules: Rules, accounts: Iterable[LedgerAccount],
        methods: Iterable[PaymentMethod],
    ) -> None:  # fmt: skip
        self._sales = sales
        self._books = books
        self._rules = rules
        self._keys = TieKeys(rules, accounts, books.sales_tax_accounts(), methods, books.receivables)
        self.keys = self._keys.all

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """Every order closed in the period."""
        begin, end = _midnight(first, self._rules.zone), _midnight(last + timedelta(days=1), self._rules.zone)
        found: dict[str, SaleOrder] = {}
        settled = True
        for page in self._sales.closed_orders(begin, end, cancel):
            settled = settled and page.settled
            found.update({order.id: order for order in page.orders})
        if not settled:
            raise Passing("tieout.sales_moving")
        for order in found.values():
            yield Sold(flow="orders", record=record_of(order, self._rules), amounts=self._amounts(order))

    def booked(self, first: date, last: date, cancel: Cancel) -> Iterator[Booked]:
        """Everything in Payday's ledger in the period, one document and day at a time."""
        documents: dict[tuple[str, date], list[LedgerLine]] = {}
        for line in self._books.ledger(first, last, cancel):
            # What a customer pays for an invoice is no sale, though it may go under the invoice's id.
            document = line.number if line.kind == "payment" else line.document
            documents.setdefault((document, line.day), []).append(line)
        for (document, day), lines in documents.items():
            place = next(filter(None, (self._place(line.text) for line in lines)), None)
            amounts = _added((self._key(line, place), line.amount) for line in lines)
            number = next((line.number for line in lines if line.number), "")
            yield Booked(
                document=document, day=day, number=number, place=place, amounts=self._signed(amounts)
            )

    def _key(self, line: LedgerLine, place: LinkTo | None) -> str:
        """The key of a ledger line; what customers owe counts on an invoice or an entry of ours."""
        if line.account == self._keys.receivables and (place is not None or line.kind == "invoice"):
            return self._keys.on_account
        return self._keys.of_code(line.account)

    def meant(self, link: LinkRow) -> Meant | None:
        """What an entry of ours was meant to hold, or a sale on an invoice, whenever that is sent."""
        content = link.source_content or link.target_content
        if link.kind == BILLED and (billed := read_billed(content)) is not None:
            return Meant(day=None, amounts=self._signed(_added(self._billed(billed))))
        if link.kind not in (ENTRY, REVERSAL) or not content:
            return None
        entry = read_content(content)
        amounts = _added((self._keys.of_id(line.account), line.amount) for line in entry.lines)
        return Meant(day=entry.day or link.day, amounts=self._signed(amounts))

    def _billed(self, billed: Billed) -> Iterator[tuple[str, Decimal]]:
        yield self._keys.on_account, billed.total
        for line in billed.lines:
            yield self._keys.of_rate(line.rate), -line.gross(self._rules.currency)

    def _amounts(self, order: SaleOrder) -> Amounts:
        """What an order should do to the books, as the till tells it; nothing once it was cancelled."""
        if order.state is OrderState.CANCELLED:
            return {}
        name = _in_currency(order, self._rules)
        paid = ((name(self._keys.of_method(one.method)), one.amount) for one in order.received)
        sold = (
            (name(self._keys.gift_cards if line.gift_card else self._keys.of_rate(line.rate)), -line.gross)
            for line in order.lines
        )
        return self._signed(_added((*paid, *sold, *self._rounded(order))))

    def _rounded(self, order: SaleOrder) -> Iterator[tuple[str, Decimal]]:
        """The rounding difference, where the settings allow it."""
        difference = order.paid - order.lines_total
        if difference and self._rules.rounding is not None and abs(difference) <= self._rules.limit:
            yield self._keys.rounding, -difference

    def _signed(self, amounts: Amounts) -> Amounts:
        """From debit positive to each key's own sign, zeros left out."""
        credit = {key.name for key in self.keys if key.credit}
        return {name: -one if name in credit else one for name, one in amounts.items() if one}

    def _place(self, text: str) -> LinkTo | None:
        """Which of our documents a text's mark names; another shop's days are not ours."""
        mark = read_mark(text)
        day = read_day(mark.source_id) if mark else None
        if mark is None or (day and day[1] != self._rules.scope):
            return None
        kind = REVERSAL if mark.reversal else ENTRY
        return LinkTo(kind=kind, source_id=mark.source_id, ordinal=mark.ordinal)


def _added(amounts: Iterable[tuple[str, Decimal]]) -> Amounts:
    sums: Amounts = {}
    for name, amount in amounts:
        sums[name] = sums.get(name, ZERO) + amount
    return sums


def _in_currency(order: SaleOrder, rules: Rules) -> Callable[[str], str]:
    """Amounts in another currency are never added to those in krónur."""
    foreign = order.currency != rules.currency
    return lambda name: f"{name} ({order.currency})" if foreign else name


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)

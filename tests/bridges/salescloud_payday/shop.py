"""A small shop for tests: orders in one line, the rules of a default company, and books that remember."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec

from bridge_gui.accounting.documents import DocumentState, JournalLine, LedgerAccount, Ref
from bridge_gui.accounting.entries import balances, content_of
from bridge_gui.accounting.sales import (
    Buyer,
    MethodKind,
    OrderState,
    PaymentMethod,
    PaymentState,
    SaleLine,
    SaleOrder,
    SalePayment,
)
from bridge_gui.bridges.salescloud_payday.draft_steps import DRAFT_STEPS
from bridge_gui.bridges.salescloud_payday.orders import record_of
from bridge_gui.bridges.salescloud_payday.rules import Rules, rules_of
from bridge_gui.bridges.salescloud_payday.steps import JOURNAL_STEPS, REVERSAL, PostJournal, ReverseJournal
from bridge_gui.sync.flow import Group, Known, LinkView, Part, Record
from bridge_gui.sync.step import decoder, encode
from bridge_gui.vendors.payday.payloads import TAX_CODES

DAY = date(2026, 11, 20)
STEPS = (*JOURNAL_STEPS, *DRAFT_STEPS)
CARD = PaymentMethod(id="m-card", title="Kort (posi)", kind=MethodKind.CARD)
CASH = PaymentMethod(id="m-cash", title="Reiðufé", kind=MethodKind.CASH)
GIFT = PaymentMethod(id="m-gift", title="Gjafakort", kind=MethodKind.GIFT_CARD)
ON_ACCOUNT = PaymentMethod(id="m-invoice", title="Í reikning", kind=MethodKind.ON_ACCOUNT)
AUR = PaymentMethod(id="m-aur", title="Aur", kind=MethodKind.OTHER)

CHART = tuple(
    LedgerAccount(id=f"a-{code}", code=code, name=name)
    for code, name in (
        ("1100", "Sala með 24% VSK"),
        ("1110", "Sala með 11% VSK"),
        ("1120", "Velta undanþegin VSK"),
        ("3201", "Kort (posi)"),
        ("3202", "Reiðufé"),
        ("4300", "Útskattur 24%"),
        ("4310", "Útskattur 11%"),
        ("4480", "Gjafakort"),
        ("5990", "Námundun"),
    )
)
CODES = {account.id: account.code for account in CHART}
MAPPED = {"m-card": "a-3201", "m-cash": "3202", "m-gift": "4480"}


def rules(methods: dict[str, str] | None = None, **settings: str) -> Rules:
    answers = {"gift_card_account": "4480"} | settings
    return rules_of(
        answers,
        MAPPED if methods is None else methods,
        accounts=CHART,
        taxes=TAX_CODES,
        zone=ZoneInfo("Atlantic/Reykjavik"),
        scope="5c09e1",
    )


def line(gross: int, rate: int | None = 24, *, gift_card: bool = False) -> SaleLine:
    return SaleLine(
        text="Vara", gross=Decimal(gross), rate=None if rate is None else Decimal(rate), gift_card=gift_card
    )


def paid(
    amount: int, method: PaymentMethod = CARD, state: PaymentState = PaymentState.RECEIVED
) -> SalePayment:
    return SalePayment(method=method, amount=Decimal(amount), state=state)


def order(
    lines: Iterable[SaleLine],
    payments: Iterable[SalePayment],
    *,
    number: str = "10443",
    day: date = DAY,
    state: OrderState = OrderState.CLOSED,
    currency: str = "ISK",
    total: int | None = None,
    buyer: Buyer | None = None,
) -> SaleOrder:
    lines = tuple(lines)
    worth = sum((one.gross for one in lines), Decimal(0)) if total is None else Decimal(total)
    return SaleOrder(
        id=f"0d000000-0000-4000-8000-{number:0>12}",
        number=number,
        state=state,
        closed=datetime(day.year, day.month, day.day, 12, 1, 40, tzinfo=UTC),
        currency=currency,
        total=worth,
        lines=lines,
        payments=tuple(payments),
        buyer=buyer,
    )


def coffee(amount: int = 620, number: str = "10443", **more: object) -> SaleOrder:
    """A plain order: one line at 11 %, paid by card."""
    return order([line(amount, 11)], [paid(amount)], number=number, **more)


def record(sold: SaleOrder, by: Rules | None = None) -> Record:
    return record_of(sold, by or rules())


def amounts(lines: Iterable[JournalLine]) -> dict[str, Decimal]:
    """Amount by account code, with the tax key where there is one."""
    found: dict[str, Decimal] = {}
    for one in lines:
        name = CODES[one.account] + (f" {one.tax.key}" if one.tax else "")
        found[name] = found.get(name, Decimal(0)) + one.amount
    return found


class Books:
    """What a vendor would hold: takes steps through JSON, as the sync journal does, and gives links."""

    def __init__(self, *, shows_lines: bool = True) -> None:
        self.links: dict[tuple[str, int], LinkView] = {}
        self.written: list[PostJournal | ReverseJournal] = []
        self._shows = shows_lines

    def take(self, steps: Iterable[PostJournal | ReverseJournal]) -> None:
        for step in steps:
            step = decoder(STEPS).decode(encode(step))  # noqa: PLW2901 - what the journal keeps
            self.written.append(step)
            place = (step.link.kind, step.link.ordinal)
            assert place not in self.links, "a place is taken once"
            self.links[place] = LinkView(
                kind=step.link.kind, source_id=step.link.source_id, ordinal=step.link.ordinal,
                target=Ref(id=f"j{len(self.written)}"), source_content=step.source_content,
                target_content=content_of(step.entry.day, step.entry.lines) if self._shows else None,
                state=DocumentState.DRAFT if step.entry.draft else DocumentState.POSTED,
            )  # fmt: skip
            for ordinal, state in step.turns.items():
                self.turn(ordinal, state)

    def turn(self, ordinal: int, state: DocumentState) -> None:
        place = ("journal_entry", ordinal)
        self.links[place] = msgspec.structs.replace(self.links[place], state=state)

    @property
    def known(self) -> Known:
        in_order = sorted(self.links.values(), key=lambda link: (link.ordinal, link.kind == REVERSAL))
        return Known(links=tuple(in_order))

    @property
    def holds(self) -> dict[tuple[str, str], Decimal]:
        return balances(one for step in self.written for one in step.entry.lines)


def group(parts: dict[str, Part], group_id: str = f"{DAY}.5c09e1") -> Group:
    return Group(id=group_id, parts=dict(sorted(parts.items())))

"""The panels and the one action, as tabs, menus and the command line know them."""

from __future__ import annotations

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.bridges.sharefox_twentyfourseven.steps import ORDER
from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.panels import Column, ColumnKind, Filter, PanelSpec
from bridge_gui.sync.specs import Choice
from bridge_gui.wording.message import mark

ORDERS, RENTALS, CHECK_STATUS = "orders", "rentals", "check_status"
OURS, OVERDUE = "ours", "overdue"
_PERIODS = (
    Choice(key="30", title=mark("The last 30 days")),
    Choice(key="90", title=mark("The last 90 days")),
    Choice(key="365", title=mark("The last year")),
)
_SHOWN = (
    Choice(key=OURS, title=mark("Made by Bridge")),
    Choice(key="unpaid", title=mark("Not paid yet")),
    Choice(key=OVERDUE, title=mark("Overdue")),
)
_PERIOD = Filter(key="period", title=mark("Period"), choices=_PERIODS)

PANELS = (
    PanelSpec(
        key=ORDERS,
        title=mark("Orders"),
        columns=(
            Column(key="order", title=mark("Order"), width=9),
            Column(key="sharefox", title=mark("Sharefox"), width=9),
            Column(key="customer", title=mark("Customer")),
            Column(key="day", title=mark("Date"), kind=ColumnKind.DATE, width=11),
            Column(key="total", title=mark("Total"), kind=ColumnKind.MONEY, width=13),
            Column(key="state", title=mark("State"), kind=ColumnKind.STATE, width=15),
            Column(key="invoice", title=mark("Invoice"), width=10),
            Column(key="open", title=mark("To be paid"), kind=ColumnKind.MONEY, width=13),
            Column(key="note", title=mark("Note"), width=16, seldom=True),
        ),
        filters=(_PERIOD, Filter(key="shown", title=mark("Shown"), choices=_SHOWN)),
        search=mark("Search by customer, order or invoice"),
        text=mark("Every order in 24SevenOffice, with what its ledger says of the invoice."),
        empty=mark("No orders in this period."),
    ),
    PanelSpec(
        key=RENTALS,
        title=mark("Sharefox invoices"),
        columns=(
            Column(key="number", title=mark("Invoice"), width=10),
            Column(key="order", title=mark("Order"), width=12),
            Column(key="status", title=mark("Status"), kind=ColumnKind.STATE, width=12),
            Column(key="customer", title=mark("Customer")),
            Column(key="day", title=mark("Date"), kind=ColumnKind.DATE, width=11),
            Column(key="method", title=mark("Paid by"), width=12),
            Column(key="total", title=mark("Total"), kind=ColumnKind.MONEY, width=13),
            Column(key="note", title=mark("Note"), width=24, seldom=True),
        ),
        filters=(_PERIOD,),
        search=mark("Search by customer, order or invoice"),
        text=mark("Every invoice in Sharefox, of any type. What gives money back is shown and never sent."),
        empty=mark("No invoices in this period."),
        documents_of="rentals",
    ),
)

_STANDING = (
    DocumentState.DRAFT, DocumentState.ORDERED, DocumentState.INVOICED, DocumentState.AWAITING_PAYMENT,
    DocumentState.PARTLY_PAID, DocumentState.PAID, DocumentState.CREDITED,
)  # fmt: skip

ACTIONS = (
    ActionSpec(
        key=CHECK_STATUS, title=mark("Check status"), kinds=(ORDER,), flow="rentals", asks=False, many=True,
        states=tuple(state.value for state in _STANDING),
        why_not={"deleted": "order.is_deleted", "": "order.not_there"},
    ),
)  # fmt: skip

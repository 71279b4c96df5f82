"""The two panels as tabs and the command line know them before anything is opened."""

from __future__ import annotations

from bridge_gui.accounting.deals import DealState
from bridge_gui.sync.panels import Column, ColumnKind, Filter, PanelSpec
from bridge_gui.sync.specs import Choice
from bridge_gui.wording.message import mark

DEALS, INVOICES = "deals", "invoices"
_STATES = (
    Choice(key=DealState.OPEN.value, title=mark("Open")),
    Choice(key=DealState.WON.value, title=mark("Won")),
    Choice(key=DealState.LOST.value, title=mark("Lost")),
)
_AGES = (
    Choice(key="7", title=mark("In the last 7 days")),
    Choice(key="30", title=mark("In the last 30 days")),
    Choice(key="365", title=mark("In the last year")),
)
_PERIODS = (
    Choice(key="30", title=mark("The last 30 days")),
    Choice(key="90", title=mark("The last 90 days")),
    Choice(key="365", title=mark("The last year")),
)
PANELS = (
    PanelSpec(
        key=DEALS,
        title=mark("Deals"),
        columns=(
            Column(key="title", title=mark("Deal")),
            Column(key="state", title=mark("Status"), kind=ColumnKind.STATE, width=12),
            Column(key="stage", title=mark("Stage"), width=18),
            Column(key="value", title=mark("Value"), kind=ColumnKind.MONEY, width=14),
            Column(key="changed", title=mark("Changed"), kind=ColumnKind.DATE, width=12),
            Column(key="link", title=mark("In Pipedrive"), kind=ColumnKind.LINK, width=12),
        ),
        filters=(
            Filter(key="state", title=mark("Status"), choices=_STATES),
            Filter(key="pipeline", title=mark("Pipeline"), options="pipelines"),
            Filter(key="stage", title=mark("Stage"), options="stages"),
            Filter(key="changed", title=mark("Changed"), choices=_AGES),
        ),
        search=mark("Search deals"),
        empty=mark("No deals here. Change the filters, or look in Pipedrive whether you can see them."),
        opens="create_invoice",
        documents_of="deals",
    ),
    PanelSpec(
        key=INVOICES,
        title=mark("All invoices"),
        columns=(
            Column(key="number", title=mark("Number"), width=12),
            Column(key="contact", title=mark("Contact")),
            Column(key="day", title=mark("Date"), kind=ColumnKind.DATE, width=10),
            Column(key="due", title=mark("Due"), kind=ColumnKind.DATE, width=10),
            Column(key="total", title=mark("Total"), kind=ColumnKind.MONEY, width=13),
            Column(key="remaining", title=mark("To be paid"), kind=ColumnKind.MONEY, width=13),
            Column(key="state", title=mark("State"), kind=ColumnKind.STATE, width=16),
            Column(key="deal", title=mark("Deal"), width=6),
        ),
        filters=(Filter(key="period", title=mark("Period"), choices=_PERIODS),),
        search=mark("Search by contact, number or reference"),
        text=mark(
            "Every sales invoice in Xero, whoever made it. Those without a deal can be attached to one."
        ),
        empty=mark("No invoices in this period."),
    ),
)

"""HighLevel to QuickBooks Online: payments and invoices into the books, customers and reviews back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bridge_gui.bridges.highlevel_quickbooks.messages import MESSAGES
from bridge_gui.bridges.highlevel_quickbooks.panel_specs import ACTIONS, PANELS
from bridge_gui.bridges.highlevel_quickbooks.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.crm import KeepsPeople, SellsByCheckout, SendsInvoices, SendsWords
from bridge_gui.sync.selling import KeepsSales, KnowsBuyers, OffersSelling, TakesPayments
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, Role
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import BridgeContext


def _open(context: BridgeContext) -> OpenBridge:
    from bridge_gui.bridges.highlevel_quickbooks.opened import HighLevelQuickBooks

    return HighLevelQuickBooks(context)


def _steps() -> tuple[type, ...]:
    from bridge_gui.bridges.highlevel_quickbooks.steps import STEPS

    return STEPS


SPEC = BridgeSpec(
    key="highlevel_quickbooks",
    title=mark("HighLevel to QuickBooks"),
    sales="highlevel",
    books="quickbooks",
    settings=(*SETTINGS, *MAPPINGS),
    pages=PAGES,
    flows=("payments", "invoices", "contacts", "reviews"),
    apart=("payment", "payment.of_invoice", "payment.test", "invoice.test"),
    actions=ACTIONS,
    panels=PANELS,
    open=_open,
    steps=_steps,
    needs={
        Role.SALES: (NamesCompany, SellsByCheckout, SendsInvoices, KeepsPeople, SendsWords),
        Role.BOOKS: (NamesCompany, KeepsSales, TakesPayments, KnowsBuyers, OffersSelling),
    },
    every=timedelta(minutes=5),
    messages=MESSAGES,
    time_zone="Europe/London",
    demo={
        "settings.income_account": "4",
        "settings.deposit_account": "2",
        "settings.untold_tax": "2",
        "settings.reviews": "email",
        "settings.review_link": "https://g.page/r/example-studio/review",
        "mappings.items": {"invoice": "2", "order_form": "3", "membership": "3"},
        "mappings.deposits": {"stripe": "8"},
        "mappings.methods": {"stripe": "1", "manual": "2"},
        "mappings.tax_rates": {"20": "20.0% S", "5": "5.0% R", "0": "0.0% Z"},
    },
)

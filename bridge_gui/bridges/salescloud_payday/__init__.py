"""SalesCloud to Payday: orders become entries in the journal, sales on account go on draft invoices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bridge_gui.bridges.salescloud_payday.messages import MESSAGES
from bridge_gui.bridges.salescloud_payday.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.bridges.salescloud_payday.report_messages import REPORT_MESSAGES
from bridge_gui.bridges.salescloud_payday.report_questions import (
    REPORT_MAPPINGS,
    REPORT_SETTINGS,
    with_files,
)
from bridge_gui.sync.capabilities import (
    HasChart,
    KeepsJournal,
    NamesCompany,
    SellsOrders,
    ShowsLedger,
)
from bridge_gui.sync.files.questions import FIELDS
from bridge_gui.sync.invoicing import KeepsContacts, KeepsDrafts, TellsClosing
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, Role
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import BridgeContext


def _open(context: BridgeContext) -> OpenBridge:
    from bridge_gui.bridges.salescloud_payday.opened import SalesCloudPayday

    return SalesCloudPayday(context)


def _steps() -> tuple[type, ...]:
    from bridge_gui.bridges.salescloud_payday.draft_steps import DRAFT_STEPS
    from bridge_gui.bridges.salescloud_payday.steps import JOURNAL_STEPS

    return *JOURNAL_STEPS, *DRAFT_STEPS


SPEC = BridgeSpec(
    key="salescloud_payday",
    title=mark("SalesCloud to Payday"),
    sales="salescloud",
    books="payday",
    settings=(*FIELDS, *SETTINGS, *REPORT_SETTINGS, *MAPPINGS, *REPORT_MAPPINGS),
    pages=with_files(PAGES),
    open=_open,
    steps=_steps,
    needs={
        Role.SALES: (NamesCompany, SellsOrders),
        Role.BOOKS: (
            NamesCompany,
            HasChart,
            KeepsJournal,
            ShowsLedger,
            KeepsContacts,
            KeepsDrafts,
            TellsClosing,
        ),
    },
    every=timedelta(days=1),
    messages=(*MESSAGES, *REPORT_MESSAGES),
    time_zone="Atlantic/Reykjavik",
    currency="ISK",
    file_flows=("report_days",),
    demo={
        "settings.gift_card_account": "Gjafabréf",
        "settings.rounding_account": "Afrúnnun",
        "settings.rounding_limit": "2",
        "mappings.payment_methods": {
            name: name for name in ("Kort (posi)", "Reiðufé", "Gjafabréf", "Netgíró")
        },
    },
)

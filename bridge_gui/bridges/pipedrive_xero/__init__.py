"""Pipedrive to Xero: deals become invoices, and what becomes of those is followed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bridge_gui.bridges.pipedrive_xero.acts import ACTIONS
from bridge_gui.bridges.pipedrive_xero.messages import MESSAGES
from bridge_gui.bridges.pipedrive_xero.panel_specs import PANELS
from bridge_gui.bridges.pipedrive_xero.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.sync.billing import KeepsBills, KeepsCustomers, KeepsManyCustomers, SellsItems
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.deals import SellsDeals, TakesNotes
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, Role
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import BridgeContext


def _open(context: BridgeContext) -> OpenBridge:
    from bridge_gui.bridges.pipedrive_xero.opened import PipedriveXero

    return PipedriveXero(context)


def _steps() -> tuple[type, ...]:
    from bridge_gui.bridges.pipedrive_xero.steps import STEPS

    return STEPS


SPEC = BridgeSpec(
    key="pipedrive_xero",
    title=mark("Pipedrive to Xero"),
    sales="pipedrive",
    books="xero",
    settings=(*SETTINGS, *MAPPINGS),
    pages=PAGES,
    flows=("deals", "notes"),
    apart=("outside_invoice", "deal.not_yet"),
    actions=ACTIONS,
    panels=PANELS,
    open=_open,
    steps=_steps,
    needs={
        Role.SALES: (NamesCompany, SellsDeals, TakesNotes),
        Role.BOOKS: (NamesCompany, KeepsBills, KeepsCustomers, KeepsManyCustomers, SellsItems),
    },
    every=timedelta(hours=1),
    messages=MESSAGES,
    time_zone="Europe/Helsinki",
    demo={
        "settings.sign_in_guard": "two_factor",
        "settings.guard_confirmed_by": "Kirja Pitäjä",
        "settings.account": "200",
        "settings.automatic": "won",
        "settings.tax_number": "organization:45bf410f5b2baff2414d589fea324a720dfb8d85",  # "ALV-tunnus"
        "mappings.tax_rates": {"25.5": "OUTPUT", "13.5": "TAX001", "10": "TAX002", "0": "NONE"},
        "mappings.items": {name: name for name in ("Kuukausipalvelu", "Asiantuntijatyö", "Koulutuspäivä")},
    },
)

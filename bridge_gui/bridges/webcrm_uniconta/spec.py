"""webcrm with Uniconta: debtors, items, orders, contacts and employees, both ways."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bridge_gui.bridges.webcrm_uniconta.messages import MESSAGES
from bridge_gui.bridges.webcrm_uniconta.notices import NOTICES
from bridge_gui.bridges.webcrm_uniconta.panel_specs import ACTIONS, PANELS
from bridge_gui.bridges.webcrm_uniconta.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.debtors import (
    HasDailyCalls,
    HasLists,
    KeepsBookContacts,
    KeepsDebtors,
    KeepsEmployees,
    KeepsStock,
    TakesDebtorOrders,
)
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, Role
from bridge_gui.sync.trading import (
    HasOwnFields,
    HasUsers,
    KeepsDeliveries,
    KeepsOrganisations,
    KeepsPersons,
    KeepsPriceList,
)
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import BridgeContext


def _open(context: BridgeContext) -> OpenBridge:
    from bridge_gui.bridges.webcrm_uniconta.opened import WebcrmUniconta

    return WebcrmUniconta(context)


def _steps() -> tuple[type, ...]:
    from bridge_gui.bridges.webcrm_uniconta.steps import STEPS

    return STEPS


SPEC = BridgeSpec(
    key="webcrm_uniconta",
    title=mark("webcrm with Uniconta"),
    sales="webcrm",
    books="uniconta",
    settings=(*SETTINGS, *MAPPINGS),
    pages=PAGES,
    flows=(
        "organisations", "debtors", "items", "orders", "states", "users", "employees", "persons", "contacts",
    ),
    actions=ACTIONS,
    panels=PANELS,
    notices=NOTICES,
    open=_open,
    steps=_steps,
    needs={
        Role.SALES: (
            NamesCompany, HasOwnFields, KeepsOrganisations, KeepsPersons, HasUsers, KeepsPriceList,
            KeepsDeliveries,
        ),
        Role.BOOKS: (
            NamesCompany, HasDailyCalls, HasLists, KeepsDebtors, KeepsStock, TakesDebtorOrders,
            KeepsBookContacts, KeepsEmployees,
        ),
    },
    every=timedelta(minutes=1),
    messages=MESSAGES,
    time_zone="Europe/Copenhagen",
    currency="DKK",
    demo={
        "settings.schedule": "manual",
        "settings.join": "sure",
        "settings.pairs_first": "no",
        "settings.own_number": "OrganisationCustom1",
        "settings.own_invoice_email": "OrganisationCustom2",
        "settings.own_ean": "OrganisationCustom3",
        "settings.own_payment_terms": "OrganisationCustom4",
        "settings.own_group": "OrganisationCustom5",
        "settings.own_currency": "OrganisationCustom6",
        "settings.group": "INDL",
        "settings.terms": "8D",
        "settings.vat_group": "U25",
        "settings.unit_column": "3",
        "settings.delivery_margin": "DeliveryCustom1",
        "settings.delivery_percent": "DeliveryCustom2",
        "settings.delivery_invoice": "DeliveryCustom3",
        "settings.delivery_state": "DeliveryCustom4",
        "settings.numbering_off": "yes",
    },
)  # fmt: skip

"""Sharefox to 24SevenOffice: rental invoices become orders; whether they are paid comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bridge_gui.bridges.sharefox_twentyfourseven.messages import MESSAGES
from bridge_gui.bridges.sharefox_twentyfourseven.pages import PAGES
from bridge_gui.bridges.sharefox_twentyfourseven.panel_specs import ACTIONS, PANELS
from bridge_gui.bridges.sharefox_twentyfourseven.questions import MAPPINGS, SETTINGS
from bridge_gui.sync.billing import KeepsCustomers
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.ordering import HasShelf, TakesOrders, TellsStanding
from bridge_gui.sync.rentals import HearsPayments, RentsOut
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, Role
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.files.kind import FileKind
    from bridge_gui.sync.opening import BridgeContext


def _open(context: BridgeContext) -> OpenBridge:
    from bridge_gui.bridges.sharefox_twentyfourseven.opened import SharefoxTwentyFourSeven

    return SharefoxTwentyFourSeven(context)


def _steps() -> tuple[type, ...]:
    from bridge_gui.bridges.sharefox_twentyfourseven.steps import STEPS

    return STEPS


def _file_kind() -> FileKind:
    from bridge_gui.bridges.sharefox_twentyfourseven.export_kind import file_kind

    return file_kind()


SPEC = BridgeSpec(
    key="sharefox_twentyfourseven",
    title=mark("Sharefox to 24SevenOffice"),
    sales="sharefox",
    books="twentyfoursevenoffice",
    settings=(*SETTINGS, *MAPPINGS),
    pages=PAGES,
    flows=("rentals", "standings"),
    actions=ACTIONS,
    panels=PANELS,
    open=_open,
    steps=_steps,
    needs={
        Role.SALES: (NamesCompany, RentsOut, HearsPayments),
        Role.BOOKS: (NamesCompany, KeepsCustomers, HasShelf, TakesOrders, TellsStanding),
    },
    every=timedelta(hours=1),
    messages=MESSAGES,
    time_zone="Europe/Oslo",
    file_flows=("file_rentals",),
    file_kind=_file_kind,
    demo={
        "settings.orders_2": True,
        "settings.prices": "exclusive",
        "mappings.methods": {"Faktura": "on_invoice", "Kort": "Kort", "Kasse": "leave_out"},
    },
)

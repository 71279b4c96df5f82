"""webcrm: a Danish CRM with organisations, deliveries and a price list, by an application token."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.specs import Field, FieldKind, Role, VendorSpec
from bridge_gui.sync.trading import (
    HasOwnFields,
    HasUsers,
    KeepsDeliveries,
    KeepsOrganisations,
    KeepsPersons,
    KeepsPriceList,
)
from bridge_gui.vendors.webcrm.messages import MESSAGES
from bridge_gui.vendors.webcrm.terms import PRODUCTION, VENDOR
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.webcrm.adapter import WebcrmAdapter

    return WebcrmAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.webcrm.simulator import WebcrmSimulator

    return WebcrmSimulator


SPEC = VendorSpec(
    key="webcrm",
    title=VENDOR,
    role=Role.SALES,
    login="api_token",
    fields=(
        Field(
            key="token",
            kind=FieldKind.SECRET,
            label=mark("Application token"),
            help=mark("A webcrm administrator makes it under Configuration, Integration, API, REST."),
            pattern=r"\s*\S{16,}\s*",
            wrong=mark("An application token is one long word of letters, digits and dashes."),
        ),
        Field(
            key="name",
            kind=FieldKind.TEXT,
            label=mark("Name of the company"),
            help=mark("webcrm does not tell whose it is: this name tells your connections apart."),
            required=False,
        ),
    ),
    endpoints={"production": PRODUCTION},
    # 250 requests in any sixty seconds, per application token (webcrm.md 4): four a second stay below.
    pace=Pace(4.0),
    open=_open,
    simulator=_simulator,
    # INFERRED: no lag of readings is documented; a time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(
        NamesCompany,
        HasOwnFields,
        KeepsOrganisations,
        KeepsPersons,
        HasUsers,
        KeepsPriceList,
        KeepsDeliveries,
    ),
    messages=MESSAGES,
    site="https://webcrm.com",
)

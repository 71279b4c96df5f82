"""HighLevel: a CRM with a checkout and invoices, by a private integration of one location."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.crm import KeepsPeople, SellsByCheckout, SendsInvoices, SendsWords
from bridge_gui.sync.specs import Field, FieldKind, Role, VendorSpec
from bridge_gui.vendors.highlevel.messages import MESSAGES
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext

PRODUCTION = "https://services.leadconnectorhq.com"


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.highlevel.adapter import HighLevelAdapter

    return HighLevelAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.highlevel.simulator import HighLevelSimulator

    return HighLevelSimulator


SPEC = VendorSpec(
    key="highlevel",
    title="HighLevel",
    role=Role.SALES,
    login="api_token",
    fields=(
        Field(
            key="token",
            kind=FieldKind.SECRET,
            label=mark("Private integration's key"),
            help=mark("Shown once when the private integration is made; it begins with pit-."),
            pattern=r"\s*pit-\S+\s*",
            wrong=mark("The key begins with pit- and has no spaces."),
        ),
        Field(
            key="location",
            kind=FieldKind.TEXT,
            label=mark("Location id"),
            help=mark("In Settings, Business Profile, or in your browser's address after /location/."),
            pattern=r"\s*[0-9A-Za-z_-]{10,40}\s*",
            wrong=mark("A location id has about twenty letters and digits."),
        ),
    ),
    endpoints={"production": PRODUCTION},
    # 100 calls in ten seconds, and fewer for trial accounts: below eight a second (highlevel.md 4).
    pace=Pace(7.0),
    open=_open,
    simulator=_simulator,
    # INFERRED: searches lag by seconds; a time-out and a margin.
    settle_after=timedelta(seconds=240),
    capabilities=(NamesCompany, SellsByCheckout, SendsInvoices, KeepsPeople, SendsWords),
    messages=MESSAGES,
    site="https://app.gohighlevel.com",
    hosts=("app.gohighlevel.com", "*.gohighlevel.com", "*.leadconnectorhq.com"),
)

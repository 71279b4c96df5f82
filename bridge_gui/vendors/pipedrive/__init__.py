"""Pipedrive: a CRM whose deals become invoices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.deals import SellsDeals, TakesNotes
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.pipedrive.messages import MESSAGES
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.pipedrive.adapter import PipedriveAdapter

    return PipedriveAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.pipedrive.simulator import PipedriveSimulator

    return PipedriveSimulator


SPEC = VendorSpec(
    key="pipedrive",
    title="Pipedrive",
    role=Role.SALES,
    login="api_token",
    fields=(
        Field(
            key="domain",
            kind=FieldKind.TEXT,
            label=mark("Company address"),
            help=mark("What stands before .pipedrive.com in your browser when you are signed in."),
            pattern=r"(https://)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.pipedrive\.com)?/?",
            wrong=mark("Only the company's part, such as “example” of example.pipedrive.com."),
        ),
        Field(
            key="api_token",
            kind=FieldKind.SECRET,
            label=mark("API token"),
            help=mark("From Personal preferences > API. A new token there ends the old one at once."),
            pattern=r"\S+",
            wrong=mark("An API token has no spaces."),
        ),
    ),
    endpoints={"production": "https://api.pipedrive.com"},
    # The smallest plan takes 20 calls in two seconds from one token (pipedrive.md 4); some room for others.
    pace=Pace(8.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # INFERRED: whether reads lag writes is not told; read time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(NamesCompany, SellsDeals, TakesNotes),
    messages=MESSAGES,
    site="https://app.pipedrive.com",
)
